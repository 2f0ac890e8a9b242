// Which texts an experiment needs: what must be opened before it runs, and what a stored stage depends on.

import type { CorpusName, Experiment, Mixture } from './spec';

/** The corpora that a stage reads. */
export function mixtureCorpora({ corpus, replay }: Mixture): CorpusName[] {
  return replay === null ? [corpus] : [corpus, replay.corpus];
}

/** Every corpus that an experiment reads or is measured on, once each; old data first, then new. */
export function corpusNames({ evaluation, arms }: Experiment): CorpusName[] {
  const read = arms.flatMap(({ stages }) => stages.flatMap(({ mixture }) => mixtureCorpora(mixture)));
  return [...new Set([evaluation.d0, evaluation.d1, ...read])];
}
