// Plays dispatch values on the test adapter with buffers of known content, and compares with derived tolerances.

import type { LockstepShape } from '../../src/engine/engine';
import { bufferWords } from '../../src/engine/gpu/buffers';
import type { Dispatch } from '../../src/engine/gpu/dispatch';
import { batchLength, packBatch } from '../../src/engine/gpu/kernels/embedding';
import { capture, PipelineCache } from '../../src/engine/gpu/pipeline';
import { readBack, submit } from '../../src/engine/gpu/run';
import { type Sizes, sizesOf } from '../../src/engine/gpu/sizes';
import { type DeviceWatch, watchDevice } from '../../src/engine/gpu/watch';
import { paperAdamW } from '../../src/engine/optimizer';
import { deviceNeeds } from '../../src/engine/webgpu';
import { testAdapter } from '../adapter';

/** Words appended to every buffer; a kernel that writes past its end changes them. */
const CANARY_WORDS = 64;
/** What stands wherever a test gives no content, as float32. */
export const CANARY = Math.fround(12345.678);

interface Bench {
  readonly device: GPUDevice;
  readonly cache: PipelineCache;
  readonly watch: DeviceWatch;
}

let bench: Promise<Bench> | undefined;

/** One device for all kernel tests of a file, and what was compiled on it. */
export function openBench(): Promise<Bench> {
  bench ??= (async () => {
    const adapter = await testAdapter();
    const device = await adapter.requestDevice(deviceNeeds(adapter));
    // Compiling, which is guarded too, takes a software adapter minutes on a machine that is busy with something else.
    return { device, cache: new PipelineCache(device), watch: watchDevice(device, 240) };
  })();
  return bench;
}

export type Words = Float32Array | Uint32Array;
type Content = Float32Array<ArrayBuffer>;

function makeBuffer(device: GPUDevice, name: string, length: number, input: Words | undefined): GPUBuffer {
  const content = new Float32Array(length + CANARY_WORDS).fill(CANARY);
  if (input) {
    if (input.length !== length) throw new RangeError(`${name} takes ${length} words, not ${input.length}`);
    new Uint32Array(content.buffer).set(new Uint32Array(input.buffer, input.byteOffset, input.length));
  }
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = device.createBuffer({ label: name, size: content.byteLength, usage });
  device.queue.writeBuffer(buffer, 0, content);
  return buffer;
}

/** Content of `buffer` without its tail, which must still be what `makeBuffer` wrote. */
async function contentOf({ device, watch }: Bench, buffer: GPUBuffer): Promise<Content> {
  const { size } = buffer;
  const back = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const copy = { from: buffer, fromOffset: 0, to: back, toOffset: 0, size };
  submit(device, [{ before: [copy], dispatches: [], after: [] }]);
  const content = await readBack(watch, back, size / 4);
  back.destroy();
  const length = size / 4 - CANARY_WORDS;
  if (content.subarray(length).some((word) => word !== CANARY)) {
    throw new Error(`${buffer.label} was written past its end`);
  }
  return content.slice(0, length);
}

/**
 * Plays `dispatches` once. Buffers named in `inputs` start with that content, all others with canaries everywhere, so
 * that a value which was not written shows. Returns the named `outputs`; throws if any canary tail has changed.
 * @param lengths words of buffers that are to differ from `bufferWords`
 */
export async function play<const Name extends string>(
  sizes: Sizes,
  dispatches: readonly Dispatch[],
  inputs: Readonly<Record<string, Words>>,
  outputs: readonly Name[],
  lengths: Readonly<Record<string, number>> = {},
): Promise<Record<Name, Content>> {
  const open = await openBench();
  const { device, cache } = open;
  const words = bufferWords(sizes);
  const buffers = new Map<string, { readonly buffer: GPUBuffer }>();
  for (const name of new Set(dispatches.flatMap((d) => Object.values(d.bindings)))) {
    const length = lengths[name] ?? words.get(name);
    if (length === undefined) throw new RangeError(`no buffer ${name}`);
    buffers.set(name, { buffer: makeBuffer(device, name, length, inputs[name]) });
  }
  for (const name of Object.keys(inputs)) {
    if (!buffers.has(name)) throw new RangeError(`${name} is given, but nothing binds it`);
  }
  const { captured, uniforms } = await capture(device, cache, dispatches, buffers);
  submit(device, [{ before: [], dispatches: captured, after: [] }]);
  const results: Partial<Record<string, Content>> = {};
  for (const [name, { buffer }] of buffers) {
    results[name] = await contentOf(open, buffer);
    buffer.destroy();
  }
  uniforms.destroy();
  for (const name of outputs) {
    if (!results[name]) throw new RangeError(`nothing binds ${name}`);
  }
  return results as Record<Name, Content>;
}

/** Where each of GELU's slopes (R,N,4C) lies in its buffer: blocks of four rows and four columns (prelude/slope.wgsl). */
export function slopePlaces({ R, N, C }: Sizes): number[] {
  const columns = 4 * C;
  const perRun = Math.ceil(N / 4) * 4 * columns;
  return Array.from({ length: R * N * columns }, (_, i) => {
    const column = i % columns;
    const row = Math.floor(i / columns) % N;
    const block = Math.floor(row / 4) * C + Math.floor(column / 4);
    return Math.floor(i / columns / N) * perRun + 16 * block + 4 * (row % 4) + (column % 4);
  });
}

interface Flat {
  runs: number;
  batch: number;
  context: number;
  width: number;
  heads: number;
  layers: number;
  vocabulary: number;
}

function shapeOf({ runs, batch, ...model }: Flat): LockstepShape {
  return { model: { ...model, rotaryFraction: 0.5 }, runs, batch, optimizer: paperAdamW };
}

/** Square, one thread wide and in between: none of them may change a bit of a product. Compiling them is slow. */
const workgroups: readonly (readonly [number, number])[] = [
  [8, 8],
  [1, 64],
  [4, 16],
];

/** Shapes that are multiples of no tile, and one that is; R > 1 everywhere so that run strides are seen. One tries other workgroups. */
export const shapes = [
  { name: 'odd', shape: shapeOf({ runs: 2, batch: 3, context: 11, width: 12, heads: 3, layers: 2, vocabulary: 20 }) },
  { name: 'tall', shape: shapeOf({ runs: 3, batch: 5, context: 27, width: 20, heads: 1, layers: 1, vocabulary: 36 }) },
  { name: 'XS', shape: shapeOf({ runs: 2, batch: 4, context: 64, width: 32, heads: 4, layers: 2, vocabulary: 256 }) },
  {
    name: 'wide head',
    shape: shapeOf({ runs: 2, batch: 1, context: 9, width: 64, heads: 1, layers: 1, vocabulary: 12 }),
  },
].map(({ name, shape }) => ({ name, shape, sizes: sizesOf(shape), workgroups: name === 'tall' ? workgroups : [] }));

/** The same product in another workgroup of WX x WY threads. */
export function withWorkgroup(
  dispatch: Dispatch,
  [WX, WY]: readonly [number, number],
  rows: number,
  columns: number,
): Dispatch {
  const x = Math.ceil(columns / (8 * WX));
  const y = Math.ceil(rows / (8 * WY));
  const { overrides, grid } = dispatch;
  // A weight gradient has one more row of workgroups, and is told where it begins.
  if (!('GROUPS_Y' in overrides)) return { ...dispatch, overrides: { ...overrides, WX, WY }, grid: [x, y, grid[2]] };
  return { ...dispatch, overrides: { ...overrides, WX, WY, GROUPS_X: x, GROUPS_Y: y }, grid: [x, y + 1, grid[2]] };
}

/** The same kernel with `lines` lines of workgroups where it has one, as it has when a line would be too long. */
export function inLines(dispatch: Dispatch, lines: number): Dispatch {
  const { grid, overrides } = dispatch;
  const x = Math.ceil(grid[0] / lines);
  const several = 'LINES' in overrides ? { LINES: lines } : {};
  return { ...dispatch, overrides: { ...overrides, LINE: 64 * x, ...several }, grid: [x, lines * grid[1], grid[2]] };
}

/** Reproducible numbers in [-scale, scale) from a 32-bit mixing function. */
export function noise(length: number, seed: number, scale = 1): Content {
  return Float32Array.from({ length }, (_, i) => {
    let h = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
    h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
    return (((h ^ (h >>> 15)) >>> 0) / 2 ** 31 - 1) * scale;
  });
}

/** A packed batch of random tokens below `tokens`, and its inputs and targets (R,N). */
export function batchOf(sizes: Sizes, seed: number, tokens = sizes.V) {
  const { R, B, T } = sizes;
  const windows = Uint8Array.from(noise(R * B * (T + 1), seed), (v) => Math.floor(((v + 1) / 2) * tokens));
  const batch = new Uint32Array(R * batchLength(sizes));
  for (let r = 0; r < R; r++) packBatch(sizes, windows, r * B * (T + 1), batch, r * batchLength(sizes));
  const inputs = windows.filter((_, i) => i % (T + 1) < T);
  const targets = windows.filter((_, i) => i % (T + 1) > 0);
  return { batch, inputs, targets };
}

/** `length` floats of run `r` from `offset` on, of a buffer with `stride` floats a run. */
export function ofRun(buffer: Content, stride: number, r: number, offset = 0, length = stride - offset): Content {
  return buffer.subarray(r * stride + offset, r * stride + offset + length);
}

/** What `twin` gives for each run, end to end. */
export function eachRun(R: number, twin: (r: number) => ArrayLike<number>): Float64Array {
  return Float64Array.from(Array.from({ length: R }, (_, r) => Array.from(twin(r))).flat());
}

/** Columns [begin, end) of `x` (rows, width). */
export function columns(x: ArrayLike<number>, width: number, begin: number, end: number): Float64Array {
  const rows = x.length / width;
  const count = end - begin;
  const part = new Float64Array(rows * count);
  for (let n = 0; n < rows; n++) {
    for (let c = 0; c < count; c++) part[n * count + c] = x[n * width + begin + c]!;
  }
  return part;
}

/** Unit roundoff of float32: relative error of one +, -, *, fma, or of a constant. */
export const EPS = 2 ** -24;

/** An operation may flush a result below 2^-126 to zero; no result here comes from more than 2^16 operations. */
const FLUSHED = 2 ** -110;

/**
 * Every element of `actual` within its tolerance of `expected`; a failure names the worst one and its share of the
 * budget. The share is printed when it passes, so that a slack tolerance shows too.
 * @param tolerances one for all, or one for each
 */
export function expectWithin(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerances: number | ArrayLike<number> | ((i: number) => number),
): void {
  if (actual.length !== expected.length) throw new Error(`${what}: length ${actual.length}, not ${expected.length}`);
  const toleranceOf =
    typeof tolerances === 'number'
      ? () => tolerances
      : typeof tolerances === 'function'
        ? tolerances
        : (i: number) => tolerances[i] ?? Number.NaN;
  let worst = -1;
  let at = 0;
  for (let i = 0; i < expected.length; i++) {
    const tolerance = toleranceOf(i) + FLUSHED;
    const share = Math.abs(actual[i]! - expected[i]!) / tolerance;
    if (!(share >= 0 && tolerance < Number.POSITIVE_INFINITY))
      throw new Error(`${what}: element ${i} is ${actual[i]}, twin ${expected[i]}`);
    if (share > worst) {
      worst = share;
      at = i;
    }
  }
  const share = `${(100 * worst).toFixed(1)} %`;
  const line = `${what}: worst element ${at} uses ${share} of its tolerance (${actual[at]}, twin ${expected[at]})`;
  if (!(worst >= 0 && worst <= 1)) throw new Error(line);
  console.log(line);
}
