// safetensors files: exact there and back, and every kind of damage refused with the one typed error.

import { describe, expect, it } from 'vitest';
import { readSafetensors, SafetensorsError, type Tensor, writeSafetensors } from '../../src/train/safetensors';

const tensors = new Map<string, Tensor>([
  ['a.weight', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, -0, 1e-42) }],
  ['scalar', { shape: [], data: Float32Array.of(7) }],
  ['empty', { shape: [0, 4], data: new Float32Array(0) }],
  ['odd "name" ü', { shape: [3], data: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1 / 3) }],
]);

/** A file with this header text and these bytes after it, with a true or a given length in front. */
function file(header: string, dataBytes: number, length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const one = (offsets: string, shape = '[1]', dtype = '"F32"') =>
  `{"w":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}}`;

describe('a written file', () => {
  const bytes = writeSafetensors(tensors, { format: 'pt', note: 'ä "quoted"' });

  it('gives the same tensors, bits and texts back', () => {
    const read = readSafetensors(bytes);
    expect(read.metadata).toEqual({ format: 'pt', note: 'ä "quoted"' });
    expect([...read.tensors.keys()]).toEqual([...tensors.keys()]);
    for (const [name, { shape, data }] of tensors) {
      const tensor = read.tensors.get(name);
      expect(tensor?.shape).toEqual(shape);
      expect(new Uint32Array(tensor?.data.buffer as ArrayBuffer)).toEqual(new Uint32Array(data.buffer));
    }
  });

  it('can be read from any place in a larger buffer', () => {
    const larger = Buffer.alloc(bytes.length + 5);
    larger.set(bytes, 3);
    const read = readSafetensors(larger.subarray(3, 3 + bytes.length));
    expect(read.tensors.get('a.weight')?.data).toEqual(tensors.get('a.weight')?.data);
  });

  it('starts its data at a multiple of 8 and pads the header with spaces', () => {
    for (const name of ['a', 'ab', 'abc', 'abcdefgh']) {
      const padded = writeSafetensors(new Map([[name, { shape: [1], data: Float32Array.of(1) }]]));
      const header = Number(new DataView(padded.buffer).getBigUint64(0, true));
      expect(header % 8).toBe(0);
      const text = new TextDecoder().decode(padded.subarray(8, 8 + header));
      expect(text).toMatch(/^\{.*\} {0,7}$/);
      expect(padded.length).toBe(8 + header + 4);
    }
  });

  it('holds what the format says, byte by byte', () => {
    const bytes = writeSafetensors(new Map([['w', { shape: [1], data: Float32Array.of(1) }]]));
    const header = '{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  ';
    expect(Buffer.from(bytes)).toEqual(
      Buffer.concat([Buffer.from([56, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(header), Buffer.from([0, 0, 0x80, 0x3f])]),
    );
  });
});

describe('tensors that cannot be written', () => {
  it.each([
    ['__metadata__', [1], /cannot be named __metadata__/],
    ['w', [2], /w has 1 numbers; its shape \[2\]/],
  ])('%s %j', (name, shape, message) => {
    expect(() => writeSafetensors(new Map([[name, { shape, data: Float32Array.of(1) }]]))).toThrow(message);
  });
});

describe('a file that is not right', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['empty', new Uint8Array(0), /0 bytes, too few/],
    ['header longer than the limit', file('{}', 0, 25_000_001n), /25000001 bytes; at most 25000000/],
    ['huge header length', file('{}', 0, 2n ** 64n - 1n), /at most 25000000/],
    ['header cut off', file('{}', 0, 3n), /ends inside its header/],
    ['not JSON', file('{"w":', 0), /not valid JSON/],
    ['not UTF-8', Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0x7d), /not valid JSON/],
    ['a list', file('[]', 0), /not a JSON object/],
    ['space before the object', file(' {}', 0), /not a JSON object/],
    ['metadata with a number', file('{"__metadata__":{"a":1}}', 0), /object of texts/],
    ['metadata not an object', file('{"__metadata__":[]}', 0), /object of texts/],
    ['entry not an object', file('{"w":3}', 0), /"w": its entry in the header is not an object/],
    ['another type', file(one('[0,2]', '[1]', '"BF16"'), 2), /its type is "BF16"; only "F32"/],
    ['shape with a fraction', file(one('[0,4]', '[0.5]'), 4), /shape is not a list of whole numbers/],
    ['negative shape', file(one('[0,4]', '[-1,-1]'), 4), /shape is not a list/],
    ['one offset', file(one('[0]'), 4), /not two whole numbers/],
    ['negative offset', file(one('[-4,0]'), 4), /not two whole numbers/],
    ['backward offsets', file(one('[4,0]'), 4), /span -4 bytes/],
    ['shape and offsets disagree', file(one('[0,8]'), 8), /span 8 bytes, but its shape \[1\] needs 4/],
    ['shape beyond every number', file(one('[0,4]', '[9007199254740991,9007199254740991,64]'), 4), /span 4 bytes/],
    ['data cut off', file(one('[0,4]'), 3), /ends at byte 4, but there are 3; the file was cut off/],
    ['data before the tensor', file(one('[4,8]'), 8), /comes after 4 bytes of no tensor/],
    ['data after the tensor', file(one('[0,4]'), 8), /4 bytes of no tensor/],
    [
      'overlap',
      file(
        '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        8,
      ),
      /"b" overlaps/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
    expect(() => readSafetensors(bytes)).toThrow(message);
  });
});

describe('damage anywhere', () => {
  const bytes = writeSafetensors(tensors, { format: 'pt' });
  const dataStart = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));

  function outcome(damaged: Uint8Array): 'read' | 'refused' {
    try {
      readSafetensors(damaged);
      return 'read';
    } catch (error) {
      if (error instanceof SafetensorsError) return 'refused';
      throw error;
    }
  }

  it('a cut at every length is refused', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(outcome(bytes.subarray(0, length)), `cut to ${length} bytes`).toBe('refused');
    }
  });

  it('every flipped bit is either refused or read, never another error', () => {
    let refused = 0;
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const damaged = bytes.slice();
      const at = bit >> 3;
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (bit & 7));
      if (outcome(damaged) === 'refused') refused++;
      // Numbers have no checksum in this format: a flip there must still be readable.
      if (at >= dataStart) expect(outcome(damaged)).toBe('read');
    }
    expect(refused).toBeGreaterThan(4 * dataStart);
  });
});
