// Which texts an experiment needs: what must be opened before it runs, and what a stored stage depends on.

import { measuredCorpora } from './readings';
import type { CorpusName, Experiment, Mixture } from './spec';

/** The corpora that a stage reads. */
export function mixtureCorpora({ corpus, replay }: Mixture): CorpusName[] {
  return replay === null ? [corpus] : [corpus, replay.corpus];
}

/** Every corpus that an experiment reads or is measured on, once each; old data first, then new. */
export function corpusNames(experiment: Experiment): CorpusName[] {
  const read = experiment.arms.flatMap(({ stages }) => stages.flatMap(({ mixture }) => mixtureCorpora(mixture)));
  return [...new Set([...measuredCorpora(experiment), ...read])];
}

/** Every place that names a text, and the name there. */
export function namedCorpora({ evaluation, arms }: Experiment): { place: string; name: CorpusName }[] {
  const measured = (['d0', 'd1'] as const).map((key) => ({ place: `evaluation.${key}`, name: evaluation[key] }));
  const read = arms.flatMap(({ stages }, a) =>
    stages.flatMap(({ mixture: { corpus, replay } }, i) => {
      const place = `arms[${a}].stages[${i}].mixture`;
      const own = { place: `${place}.corpus`, name: corpus };
      return replay === null ? [own] : [own, { place: `${place}.replay.corpus`, name: replay.corpus }];
    }),
  );
  return [...measured, ...read];
}
