// What is measured, declared: each reading is the mean loss of some weights on one validation set of a corpus. Every number
// that an evaluation holds belongs to one of them, in this order; another corpus is one more reading.

import type { CorpusName, Experiment } from './spec';

/** The two texts of a study: what may be forgotten, and what is to be learned (D0 and D1 of the papers). */
export type Measure = 'old' | 'new';

/** A loss on each text of a study, nats a token. */
export type Losses = Readonly<Record<Measure, number>>;

/** The small windows that curves are measured on, or the whole validation set at a stage's end. */
export type ReadingSet = 'curve' | 'final';

export interface Reading {
  /** Whose loss it is: `trained`, the weights that training moves. */
  readonly weights: 'trained';
  readonly corpus: CorpusName;
  readonly set: ReadingSet;
}

type Measured = Pick<Experiment, 'evaluation'>;

/** The corpus that a study calls its old or its new text. */
export function textOf({ evaluation }: Measured, measure: Measure): CorpusName {
  return measure === 'old' ? evaluation.d0 : evaluation.d1;
}

/** The corpora that losses are measured on, once each: old text, then new. */
export function measuredCorpora(experiment: Measured): CorpusName[] {
  return [...new Set([textOf(experiment, 'old'), textOf(experiment, 'new')])];
}

/** Every reading of an experiment. Values of an evaluation follow those of its set, in their order. */
export function readingsOf(experiment: Measured): Reading[] {
  return (['curve', 'final'] as const).flatMap((set) =>
    measuredCorpora(experiment).map((corpus): Reading => ({ weights: 'trained', corpus, set })),
  );
}

/** Of values in the order of the readings: the losses on a study's old and new text. Both are one where the text is. */
export function lossesOf(experiment: Measured, values: readonly number[]): Losses {
  const corpora = measuredCorpora(experiment);
  const value = (measure: Measure) => values[corpora.indexOf(textOf(experiment, measure))] ?? Number.NaN;
  return { old: value('old'), new: value('new') };
}

/** Tokens of a validation set, of which whole windows are read. */
export function setTokens({ evaluation }: Measured, set: ReadingSet): number {
  return set === 'curve' ? evaluation.curveTokens : evaluation.finalTokens;
}
