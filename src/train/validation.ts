// The fixed windows on which losses are measured: the same for every arm, seed and step of an experiment.

import { CorpusError } from '../data/manifest';
import type { TextData } from '../data/text';
import type { Lockstep } from '../engine/engine';
import { type ReadingSet, readingsOf, setTokens } from '../experiment/readings';
import type { Experiment } from '../experiment/spec';

/** The windows of all readings of a set, one reading after another, so that one pass of the engine measures them all. */
export interface ValidationSet {
  /** (n, T+1) */
  readonly windows: Uint8Array;
  /** Windows of each reading; their sum is n. */
  readonly counts: readonly number[];
}

/** @throws CorpusError that names the place in the experiment */
export function validationSet(experiment: Experiment, set: ReadingSet, data: TextData): ValidationSet {
  const { evaluation, model } = experiment;
  const read = (corpus: string) => {
    try {
      return data.source(corpus).validationWindows(setTokens(experiment, set), model.context);
    } catch (error) {
      if (!(error instanceof CorpusError)) throw error;
      const place = Object.entries(evaluation).find(([, value]) => value === corpus)?.[0];
      throw new CorpusError(`evaluation.${place}: ${error.message}`, { cause: error });
    }
  };
  const parts = readingsOf(experiment)
    .filter((reading) => reading.set === set)
    .map(({ corpus }) => read(corpus));
  const windows = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    windows.set(part, offset);
    offset += part.length;
  }
  return { windows, counts: parts.map((part) => part.length / (model.context + 1)) };
}

/** Mean loss of every reading of the set for each run of the group: (R, readings). */
export async function validationLosses(lockstep: Lockstep, { windows, counts }: ValidationSet): Promise<number[][]> {
  const losses = await lockstep.evaluate(windows);
  let at = 0;
  return Array.from({ length: lockstep.shape.runs }, () =>
    counts.map((count) => {
      at += count;
      return mean(losses.subarray(at - count, at));
    }),
  );
}

/** In the order of the windows: the same bits every time. */
export function mean(values: Float64Array | Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
