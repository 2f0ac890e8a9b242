// Times dispatches: medians of repeated samples, by the device's own clock where it has one that can be believed, else
// by the time from a submission to its read-back. Nothing that is computed depends on it.

import type { LockstepHost } from '../gpu/lockstep';
import { type Playable, readBack, type Stamps, submit } from '../gpu/run';

/** Median and extremes of repeated samples, milliseconds. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** `timestamps`: the device's clock around a pass. `submissions`: the page's clock around a submission and its answer. */
export type TimedBy = 'timestamps' | 'submissions';

const SAMPLES = 5;
/** Of what takes longer than `LONG_MS`, fewer will do: noise averages out within one. */
const SAMPLES_OF_LONG = 3;
const LONG_MS = 2000;
/** A sample repeats the work until it takes about this long, so that the clock's grain does not matter. */
const SAMPLE_MS = 20;
const MOST_REPEATS = 256;

/**
 * Milliseconds of one unit of work, several times.
 * @param measure does so many units at once and returns milliseconds a unit
 */
export async function samplesOf(measure: (count: number) => Promise<number>): Promise<number[]> {
  const first = await measure(1);
  const once = first > LONG_MS ? first : await measure(1);
  const repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round(SAMPLE_MS / once)));
  const samples: number[] = [];
  const count = once > LONG_MS ? SAMPLES_OF_LONG : SAMPLES;
  for (let i = 0; i < count; i++) samples.push(await measure(repeats));
  return samples;
}

/** The middle one, or the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** @param samples at least one */
export function timingOf(samples: readonly number[]): Timing {
  return { median: median(samples), least: Math.min(...samples), most: Math.max(...samples) };
}

/** Whether a device's clock agrees with the page's: never backwards, and not more time than passed outside. */
export function isCredible(device: number, page: number): boolean {
  return device >= 0 && device <= 1.1 * page + 0.2;
}

export class KernelTimer {
  readonly #host: Pick<LockstepHost, 'device' | 'watch' | 'clock'>;
  /** Gives the read-back something to wait for, where there are no timestamps. */
  readonly #mark: GPUBuffer;
  readonly #back: GPUBuffer;
  readonly #set: GPUQuerySet | null;
  #stamps: Stamps | null = null;

  constructor(host: Pick<LockstepHost, 'device' | 'watch' | 'clock'>) {
    this.#host = host;
    const { device } = host;
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.QUERY_RESOLVE;
    this.#mark = device.createBuffer({ label: 'bench mark', size: 16, usage });
    this.#back = device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const stamped = device.features.has('timestamp-query');
    this.#set = stamped ? device.createQuerySet({ type: 'timestamp', count: 2 }) : null;
    if (this.#set) this.#stamps = { set: this.#set, into: this.#mark };
  }

  get by(): TimedBy {
    return this.#stamps ? 'timestamps' : 'submissions';
  }

  /** Plays `list` once and returns its milliseconds; `count` times over, the milliseconds of one. */
  async play(list: readonly Playable[], count = 1): Promise<number> {
    const { device, watch, clock } = this.#host;
    const dispatches = new Array<readonly Playable[]>(count).fill(list).flat();
    const after = [{ from: this.#mark, fromOffset: 0, to: this.#back, toOffset: 0, size: 16 }];
    const begin = clock();
    submit(device, [{ before: [], dispatches, stamps: this.#stamps, after }]);
    const words = await readBack(watch, this.#back, 4);
    const page = clock() - begin;
    if (!this.#stamps) return page / count;
    const [start = 0n, end = 0n] = new BigInt64Array(words.buffer);
    const own = Number(end - start) / 1e6;
    if (isCredible(own, page)) return own / count;
    this.#stamps = null;
    return page / count;
  }

  async time(list: readonly Playable[]): Promise<Timing> {
    const timing = timingOf(await samplesOf((count) => this.play(list, count)));
    if (timing.median > 0) return timing;
    // A clock too coarse to see 256 of them is none.
    this.#stamps = null;
    return timingOf(await samplesOf((count) => this.play(list, count)));
  }

  destroy(): void {
    this.#mark.destroy();
    this.#back.destroy();
    this.#set?.destroy();
  }
}
