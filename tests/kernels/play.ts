// Plays dispatch values on the test adapter with buffers of known content, and compares with derived tolerances.

import { bufferWords } from '../../src/engine/buffers';
import type { Dispatch } from '../../src/engine/dispatch';
import { capture, PipelineCache } from '../../src/engine/pipeline';
import { readBack, submit } from '../../src/engine/run';
import { type Sizes, sizesOf } from '../../src/engine/sizes';
import { type DeviceWatch, watchDevice } from '../../src/engine/watch';
import type { LockstepShape } from '../../src/engine/engine';
import { paperAdamW } from '../../src/engine/optimizer';
import { testAdapter } from '../adapter';

/** Words appended to every buffer; a kernel that writes past its end changes them. */
const CANARY_WORDS = 64;
const CANARY = 12345.678;

export interface Bench {
  readonly device: GPUDevice;
  readonly cache: PipelineCache;
  readonly watch: DeviceWatch;
}

let bench: Promise<Bench> | undefined;

/** One device for all kernel tests of a file. */
export function openBench(): Promise<Bench> {
  bench ??= (async () => {
    const adapter = await testAdapter();
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const device = await adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
    return { device, cache: new PipelineCache(device), watch: watchDevice(device, 60) };
  })();
  return bench;
}

export type Words = Float32Array | Uint32Array;

/**
 * Plays `dispatches` once. Buffers named in `inputs` start with that content, all others with canaries everywhere, so
 * that a value which was not written shows. Returns the named `outputs`; throws if any canary tail has changed.
 */
export async function play(
  sizes: Sizes,
  dispatches: readonly Dispatch[],
  inputs: Readonly<Record<string, Words>>,
  outputs: readonly string[],
): Promise<Record<string, Float32Array>> {
  const { device, cache, watch } = await openBench();
  const names = new Set(dispatches.flatMap((d) => Object.values(d.bindings)));
  const words = bufferWords(sizes);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffers = new Map<string, GPUBuffer>();
  for (const name of names) {
    const length = words.get(name);
    if (length === undefined) throw new RangeError(`no buffer ${name}`);
    const content = new Float32Array(length + CANARY_WORDS).fill(CANARY);
    const input = inputs[name];
    if (input) new Uint32Array(content.buffer).set(new Uint32Array(input.buffer, input.byteOffset, input.length));
    const buffer = device.createBuffer({ label: name, size: content.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, content);
    buffers.set(name, buffer);
  }
  const { captured, uniforms } = await capture(device, cache, dispatches, buffers);
  submit(device, [{ before: [], dispatches: captured, after: [] }]);
  const results: Record<string, Float32Array> = {};
  for (const [name, buffer] of buffers) {
    const back = device.createBuffer({ size: buffer.size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    submit(device, [{ before: [{ from: buffer, fromOffset: 0, to: back, toOffset: 0, size: buffer.size }], dispatches: [], after: [] }]);
    const content = await readBack(watch, back, buffer.size / 4);
    const length = buffer.size / 4 - CANARY_WORDS;
    for (const tail of content.subarray(length)) {
      if (tail !== Math.fround(CANARY)) throw new Error(`${name} was written past its end`);
    }
    if (outputs.includes(name)) results[name] = content.slice(0, length);
    buffer.destroy();
    back.destroy();
  }
  uniforms.destroy();
  return results;
}

/** Shapes that are multiples of no tile, and one that is; R > 1 everywhere so that run strides are seen. */
export const shapes: readonly { readonly name: string; readonly shape: LockstepShape }[] = [
  { name: 'odd', shape: shapeOf({ runs: 2, batch: 3, context: 11, width: 12, heads: 3, layers: 2, vocabulary: 20 }) },
  { name: 'tall', shape: shapeOf({ runs: 3, batch: 5, context: 27, width: 20, heads: 1, layers: 1, vocabulary: 36 }) },
  { name: 'XS', shape: shapeOf({ runs: 2, batch: 4, context: 64, width: 32, heads: 4, layers: 2, vocabulary: 256 }) },
  { name: 'wide head', shape: shapeOf({ runs: 2, batch: 1, context: 9, width: 64, heads: 1, layers: 1, vocabulary: 12 }) },
];

interface Flat {
  runs: number;
  batch: number;
  context: number;
  width: number;
  heads: number;
  layers: number;
  vocabulary: number;
}

export function shapeOf({ runs, batch, ...model }: Flat): LockstepShape {
  return { model: { ...model, rotaryFraction: 0.5 }, runs, batch, optimizer: paperAdamW };
}

export { sizesOf };

/** Reproducible numbers in [-1, 1) from a 32-bit mixing function. */
export function noise(length: number, seed: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    let h = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
    h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
    return (((h ^ (h >>> 15)) >>> 0) / 2 ** 31 - 1) * scale;
  });
}

/** Unit roundoff of float32. */
export const EPS = 2 ** -24;

/**
 * Every element of `actual` within `tolerance(i)` of `expected`; a failure names the worst one and its share of the
 * budget. The share is printed when it passes, so that a slack tolerance shows too.
 */
export function expectWithin(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number | ((i: number) => number),
): void {
  if (actual.length !== expected.length) throw new Error(`${what}: length ${actual.length}, not ${expected.length}`);
  let worst = 0;
  let at = 0;
  for (let i = 0; i < expected.length; i++) {
    const budget = typeof tolerance === 'number' ? tolerance : tolerance(i);
    const share = Math.abs((actual[i] as number) - (expected[i] as number)) / budget;
    if (!(share <= worst)) {
      worst = share;
      at = i;
    }
  }
  const line = `${what}: worst element ${at} uses ${(100 * worst).toFixed(1)} % of its tolerance (${actual[at]}, twin ${expected[at]})`;
  if (!(worst <= 1)) throw new Error(line);
  console.log(line);
}
