// The only file that holds an encoder: plays captured dispatches, moves data in and out, keeps submissions short.

import type { Captured } from './pipeline';
import type { DeviceWatch } from './watch';

/** A copy from one place in a buffer to another, in bytes. */
export interface Copy {
  readonly from: GPUBuffer;
  readonly fromOffset: number;
  readonly to: GPUBuffer;
  readonly toOffset: number;
  readonly size: number;
}

/** The device's own clock at both ends of a pass: where it is written, and a buffer for the two 64-bit nanoseconds. */
export interface Stamps {
  readonly set: GPUQuerySet;
  readonly into: GPUBuffer;
}

/** What an encoder needs of a captured dispatch. */
export interface Playable extends Pick<Captured, 'pipeline' | 'group'> {
  readonly dispatch: Pick<Captured['dispatch'], 'grid'>;
}

/** One item of a submission: copies first, then a compute pass, then copies. */
export interface Play {
  readonly before: readonly Copy[];
  readonly dispatches: readonly Playable[];
  readonly stamps?: Stamps | null;
  readonly after: readonly Copy[];
}

function encodeCopies(encoder: GPUCommandEncoder, copies: readonly Copy[]): void {
  for (const { from, fromOffset, to, toOffset, size } of copies) {
    encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, size);
  }
}

/** Encodes `plays` in order and submits them at once. */
export function submit(device: GPUDevice, plays: readonly Play[]): void {
  const encoder = device.createCommandEncoder();
  for (const { before, dispatches, stamps, after } of plays) {
    encodeCopies(encoder, before);
    if (dispatches.length > 0) {
      const both = { beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
      const pass = encoder.beginComputePass(stamps ? { timestampWrites: { querySet: stamps.set, ...both } } : {});
      for (const { pipeline, group, dispatch } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(...dispatch.grid);
      }
      pass.end();
      if (stamps) encoder.resolveQuerySet(stamps.set, 0, 2, stamps.into, 0);
    }
    encodeCopies(encoder, after);
  }
  device.queue.submit([encoder.finish()]);
}

/**
 * Reads the first `floats` of a mappable buffer after everything submitted so far. A mapped read is the only proof
 * that work was done: other promises resolve even when the device is gone.
 */
export async function readBack(watch: DeviceWatch, buffer: GPUBuffer, floats: number): Promise<Float32Array> {
  await watch.guard(buffer.mapAsync(GPUMapMode.READ, 0, 4 * floats));
  const copy = new Float32Array(buffer.getMappedRange(0, 4 * floats).slice(0));
  buffer.unmap();
  watch.check();
  return copy;
}

/** What a submission should take, in milliseconds: long enough to keep the GPU busy, short enough for a smooth page. */
const TARGET_MS = 35;
/** What it must not take for long, whatever it did before: the machine has become slower. */
const MOST_MS = 150;

/**
 * How many steps go into one submission. Some browsers look for finished work only every 100 ms, which makes short
 * submissions look slow: so a longer one is tried, and kept when twice the steps take clearly less than twice the time.
 */
export class Pace {
  readonly #most: number;
  readonly #clock: () => number;
  #steps = 1;
  /** No more than this, because more took its full share of the time. */
  #ceiling: number;
  /** Milliseconds of the last submission of half the steps. */
  #half = Number.POSITIVE_INFINITY;
  #lastDone = Number.NEGATIVE_INFINITY;

  /** @param clock milliseconds */
  constructor(most: number, clock: () => number) {
    this.#most = most;
    this.#ceiling = most;
    this.#clock = clock;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Notes a submission; call the result when its read-back has arrived. */
  submitted(steps: number): () => void {
    const at = this.#clock();
    return () => {
      const now = this.#clock();
      const took = now - Math.max(at, this.#lastDone);
      this.#lastDone = now;
      // Shorter ones are the last of a series, and what was submitted before the last change says nothing about now.
      if (steps === this.#steps) this.#adapt(took);
    };
  }

  #adapt(took: number): void {
    const steps = this.#steps;
    if (took > MOST_MS || (took > TARGET_MS && took > 1.5 * this.#half)) {
      this.#ceiling = Math.max(1, Math.floor(steps / 2));
      this.#change(this.#ceiling, Number.POSITIVE_INFINITY);
    } else if (2 * steps <= this.#ceiling) {
      this.#change(2 * steps, took);
    } else if (steps < this.#ceiling && took < TARGET_MS) {
      this.#change(this.#ceiling, took);
    }
  }

  #change(steps: number, half: number): void {
    this.#steps = Math.min(steps, this.#most);
    this.#half = half;
  }
}
