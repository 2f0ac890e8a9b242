// Reads and writes safetensors files: an 8-byte length, a JSON header, then the tensors' bytes. Only F32.
// A reader meets files from anywhere, so every length and offset is checked before it is used, and the one
// error it can throw is SafetensorsError with a sentence that can be shown. Numbers are little-endian, as is
// every machine that runs WebGPU or Node.

export interface Tensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}

export interface SafetensorsFile {
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Record<string, string>;
}

/** The file is not a safetensors file this program can read; `message` is a plain sentence. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

/** Longest header accepted, the limit other readers use too. */
const maxHeaderBytes = 25_000_000;
const lengthBytes = 8;
const metadataKey = '__metadata__';

/** Bytes of a file with these tensors, in the map's order. The data begins at a multiple of 8. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = Object.keys(metadata).length > 0 ? [[metadataKey, metadata]] : [];
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === metadataKey) throw new SafetensorsError(`A tensor cannot be named ${metadataKey}.`);
    if (elementCount(shape) !== data.length) {
      throw new SafetensorsError(
        `Tensor ${name} has ${data.length} numbers; its shape [${shape}] needs another count.`,
      );
    }
    entries.push([name, { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] }]);
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  if (headerBytes > maxHeaderBytes) {
    throw new SafetensorsError(`The header would have ${headerBytes} bytes; at most ${maxHeaderBytes} are allowed.`);
  }
  const start = lengthBytes + headerBytes;
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(json, lengthBytes);
  bytes.fill(0x20, lengthBytes + json.length, start);
  let offset = start;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** Tensors and metadata of a file; throws SafetensorsError on anything that is not exactly right. */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const header = readHeader(bytes);
  const data = bytes.subarray(lengthBytes + header.bytes);
  let metadata: Record<string, string> = {};
  const places: Place[] = [];
  for (const [name, value] of Object.entries(header.value)) {
    if (name === metadataKey) metadata = readMetadata(value);
    else places.push(readPlace(name, value));
  }
  checkPlaces(places, data.length);
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, begin, end } of places) {
    // A copy, because a Float32Array must begin at a multiple of 4 of its buffer.
    const numbers = new Float32Array((end - begin) / 4);
    new Uint8Array(numbers.buffer).set(data.subarray(begin, end));
    tensors.set(name, { shape, data: numbers });
  }
  return { tensors, metadata };
}

interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  /** First byte, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

function readHeader(bytes: Uint8Array): { bytes: number; value: object } {
  if (bytes.length < lengthBytes) {
    throw new SafetensorsError(`The file has ${bytes.length} bytes, too few for a safetensors file.`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, lengthBytes).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) {
    throw new SafetensorsError(`The header is said to have ${length} bytes; at most ${maxHeaderBytes} are accepted.`);
  }
  const headerBytes = Number(length);
  if (headerBytes > bytes.length - lengthBytes) {
    throw new SafetensorsError('The file ends inside its header; it was cut off.');
  }
  const text = bytes.subarray(lengthBytes, lengthBytes + headerBytes);
  if (text[0] !== 0x7b) throw new SafetensorsError('The header is not a JSON object; this is no safetensors file.');
  return { bytes: headerBytes, value: parseObject(text) };
}

function parseObject(text: Uint8Array): object {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    throw new SafetensorsError('The header is not valid JSON; the file is damaged.');
  }
  if (!isObject(value)) throw new SafetensorsError('The header is not a JSON object; this is no safetensors file.');
  return value;
}

function readMetadata(value: unknown): Record<string, string> {
  if (!isTexts(value)) throw new SafetensorsError(`${metadataKey} in the header must be an object of texts.`);
  return value;
}

function readPlace(name: string, value: unknown): Place {
  const wrong = (problem: string) => new SafetensorsError(`Tensor ${JSON.stringify(name)}: ${problem}`);
  if (!isObject(value)) throw wrong('its entry in the header is not an object.');
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  if (dtype !== 'F32') throw wrong(`its type is ${JSON.stringify(dtype)}; only "F32" can be read.`);
  if (!isCounts(shape)) throw wrong('its shape is not a list of whole numbers.');
  if (!isCounts(offsets) || offsets.length !== 2) throw wrong('its data_offsets are not two whole numbers.');
  const [begin = 0, end = 0] = offsets;
  const bytes = 4 * elementCount(shape);
  if (end - begin !== bytes) {
    throw wrong(`its offsets [${begin}, ${end}] span ${end - begin} bytes, but its shape [${shape}] needs ${bytes}.`);
  }
  return { name, shape, begin, end };
}

/** The tensors must cover the data without gaps and without overlaps. */
function checkPlaces(places: readonly Place[], dataBytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of [...places].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const tensor = `Tensor ${JSON.stringify(name)}`;
    if (begin < covered) throw new SafetensorsError(`${tensor} overlaps the tensor before it.`);
    if (begin > covered) throw new SafetensorsError(`${tensor} comes after ${begin - covered} bytes of no tensor.`);
    if (end > dataBytes) {
      throw new SafetensorsError(`${tensor} ends at byte ${end}, but there are ${dataBytes}; the file was cut off.`);
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    throw new SafetensorsError(`After the last tensor there are ${dataBytes - covered} bytes of no tensor.`);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function elementCount(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
