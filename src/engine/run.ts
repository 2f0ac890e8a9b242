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

/** One item of a submission: copies first, then a compute pass, then copies. */
export interface Play {
  readonly before: readonly Copy[];
  readonly dispatches: readonly Captured[];
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
  for (const { before, dispatches, after } of plays) {
    encodeCopies(encoder, before);
    if (dispatches.length > 0) {
      const pass = encoder.beginComputePass();
      for (const { pipeline, group, dispatch } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(...dispatch.grid);
      }
      pass.end();
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

/** How many steps go into one submission: as many as take about 35 ms, so that the page stays smooth. */
export class Pace {
  readonly #most: number;
  readonly #clock: () => number;
  #steps = 1;
  #lastDone = Number.NEGATIVE_INFINITY;

  /** @param clock milliseconds */
  constructor(most: number, clock: () => number) {
    this.#most = most;
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
      const each = (now - Math.max(at, this.#lastDone)) / steps;
      this.#lastDone = now;
      const fitting = each > 0 ? Math.floor(35 / each) : this.#most;
      this.#steps = Math.max(1, Math.min(this.#most, 2 * this.#steps, fitting));
    };
  }
}
