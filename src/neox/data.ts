// Which texts a stage reads, as GPT-NeoX's lists of data sets and weights.

import type { CorpusName, EvaluationSpec, ModelSpec, Stage } from '../experiment/spec';
import type { Scaling } from './shapes';
import { paper } from './shapes';
import type { Section } from './yaml';

const path = (name: string) => `data/${name}_text_document`;
const plain = (corpus: CorpusName) => corpus.replace('/', '-');

/** The name under which a stage's own text is prepared: what earlier stages read is cut off its beginning. */
export function trainName({ steps, mixture: { corpus, skip = 0 } }: Stage, batch: number, scaling: Scaling): string {
  if (skip === 0) return plain(corpus);
  const left = Math.round((skip * scaling.iterations(steps) * scaling.batch) / (steps * batch));
  return `${plain(corpus)}-from-${left}`;
}

export const replayName = (corpus: CorpusName) => plain(corpus);
export const validationName = (corpus: CorpusName) => `${plain(corpus)}-valid`;

/** @param batch the experiment's own */
export function dataSection(stage: Stage, { d0, d1 }: EvaluationSpec, batch: number, scaling: Scaling): Section {
  const { replay, skip = 0 } = stage.mixture;
  const own = path(trainName(stage, batch, scaling));
  const says = ['GPT-NeoX shuffles each data set by the seed; the lab draws its windows in an order of its own.'];
  if (skip > 0) {
    says.push(
      'GPT-NeoX cannot begin inside a data set: cut what the earlier stages read off this one, as many windows as its name says.',
    );
  }
  if (replay) {
    says.push(
      `${100 * replay.fraction} % of the sequences are ${replay.corpus}: GPT-NeoX keeps the share over the run, not in each batch, and does not replay in the order in which the text was first read.`,
    );
  }
  says.push(
    'GPT-NeoX makes one loss of all validation paths, so old and new text cannot be two curves of one run: the old one is measured along the way (valid), the new one at the end (test).',
  );
  return {
    says,
    values: {
      'train-data-paths': replay ? [own, path(replayName(replay.corpus))] : [own],
      'train-data-weights': replay
        ? [1 - replay.fraction, replay.fraction].map((share) => Number(share.toFixed(9)))
        : [1],
      'valid-data-paths': [path(validationName(d0))],
      'valid-data-weights': [1],
      'test-data-paths': [path(validationName(d1))],
      'test-data-weights': [1],
      'data-impl': 'mmap',
    },
  };
}

export function evaluationSection(
  { points, denseSteps, curveTokens }: EvaluationSpec,
  { context }: ModelSpec,
  iterations: number,
  { name, batch }: Scaling,
): Section {
  if (name !== 'as-is') {
    const { interval, batches } = paper.evaluation;
    return {
      says: ['As often as in the paper, not as in the lab.'],
      values: { 'eval-interval': interval, 'eval-iters': batches },
    };
  }
  return {
    says: [
      `GPT-NeoX measures at one interval: it cannot measure after each of the first ${denseSteps} steps, as the lab does.`,
    ],
    values: {
      'eval-interval': Math.max(1, Math.round(iterations / points)),
      'eval-iters': Math.max(1, Math.ceil(curveTokens / (context * batch))),
    },
  };
}
