// The fixed windows on which validation losses are measured: the same for every arm, seed and step of an experiment.

import { CorpusError } from '../data/manifest';
import type { TextData } from '../data/text';
import type { Lockstep } from '../engine/engine';
import type { Experiment } from '../experiment/spec';
import type { FinalLosses } from './events';

/** Windows of both sets, old data first, so that one pass of the engine measures both. */
export interface ValidationSet {
  /** (n0 + n1, T+1) */
  readonly windows: Uint8Array;
  /** n0, windows of old data. */
  readonly old: number;
  /** n1, windows of new data; 0 when both are the same corpus. */
  readonly fresh: number;
}

/** @throws CorpusError that names the place in the experiment */
export function validationSet(
  experiment: Experiment,
  size: 'curveTokens' | 'finalTokens',
  data: TextData,
): ValidationSet {
  const { evaluation, model } = experiment;
  const read = (place: 'd0' | 'd1') => {
    try {
      return data.source(evaluation[place]).validationWindows(evaluation[size], model.context);
    } catch (error) {
      if (error instanceof CorpusError)
        throw new CorpusError(`evaluation.${place}: ${error.message}`, { cause: error });
      throw error;
    }
  };
  const old = read('d0');
  const fresh = evaluation.d0 === evaluation.d1 ? new Uint8Array(0) : read('d1');
  const windows = new Uint8Array(old.length + fresh.length);
  windows.set(old);
  windows.set(fresh, old.length);
  const window = model.context + 1;
  return { windows, old: old.length / window, fresh: fresh.length / window };
}

/** Mean loss on old and new data of each run of the group. */
export async function validationLosses(lockstep: Lockstep, set: ValidationSet): Promise<FinalLosses[]> {
  const losses = await lockstep.evaluate(set.windows);
  const all = set.old + set.fresh;
  return Array.from({ length: lockstep.shape.runs }, (_, run) => {
    const own = losses.subarray(run * all, (run + 1) * all);
    const d0 = mean(own.subarray(0, set.old));
    return { d0, d1: set.fresh === 0 ? d0 : mean(own.subarray(set.old)) };
  });
}

/** In the order of the windows: the same bits every time. */
export function mean(values: Float64Array | Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
