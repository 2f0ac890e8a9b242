// A whole measurement: the adapter's ceilings, then every case, then what they say together.

import { EngineError, type LockstepShape } from '../engine';
import type { Tuning } from '../forms/forms';
import type { WebGpuHost } from '../webgpu';
import { measureCeilings } from './probes';
import { type BenchReport, type BenchResult, bestMatmulOf, isHeadline, reportOf } from './report';
import { benchPair, benchStep } from './step';
import { KernelTimer } from './time';

/** What is to be measured; `scale` is the name of the model's size. */
export interface BenchCase {
  readonly scale: string;
  readonly shape: LockstepShape;
}

export interface BenchProgress {
  /** Cases that are done, and all of them. */
  readonly done: number;
  readonly total: number;
  /** What is measured now, in words. */
  readonly what: string;
}

export interface BenchListener {
  progress?(progress: BenchProgress): void;
  /** Hears the report each time it has grown. */
  report?(report: BenchReport): void;
  readonly signal?: AbortSignal;
}

/**
 * Measures the ceilings, then every case in order.
 * @returns the report, or null when `signal` ended it; what was measured until then was given to `report`
 */
export async function runBench(
  host: WebGpuHost,
  cases: readonly BenchCase[],
  { progress, report: heard, signal }: BenchListener = {},
): Promise<BenchReport | null> {
  const timer = new KernelTimer(host);
  let done = 0;
  const step = (place: string) => (what: string) => {
    signal?.throwIfAborted();
    progress?.({ done, total: cases.length, what: `${place}: ${what}` });
  };
  try {
    const ceilings = await measureCeilings(host, timer, step('ceiling'));
    const results: BenchResult[] = [];
    let report = reportOf(host.adapter, timer.by, ceilings, results);
    heard?.(report);
    const tunings = new Map<string, Tuning | null>();
    for (const { scale, shape } of cases) {
      const { runs } = shape;
      const say = step(`${scale}, R = ${runs}`);
      say('choosing kernels');
      // Anew, so that the bench shows what was measured now; once for all R, on which the choice does not depend.
      const tuning = tunings.has(scale) ? (tunings.get(scale) ?? null) : await host.tuning(shape, true);
      tunings.set(scale, tuning);
      const chosen = tuning ? { ...shape, kernels: tuning.kernels } : shape;
      const bench = await benchStep(host, timer, chosen, say);
      const again = { ...shape, kernels: bench.chosen };
      const pair = isHeadline({ scale, runs })
        ? await benchPair(host, timer, again, bestMatmulOf(bench.kernels).kernel, say)
        : null;
      results.push({ scale, runs, tried: tuning?.tried ?? [], pair, ...bench });
      done += 1;
      report = reportOf(host.adapter, timer.by, ceilings, [...results]);
      heard?.(report);
    }
    signal?.throwIfAborted();
    return report;
  } catch (error) {
    if (signal?.aborted && !(error instanceof EngineError)) return null;
    throw error;
  } finally {
    timer.destroy();
  }
}
