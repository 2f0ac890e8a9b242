// An experiment of one's own as a figure: the same charts, table and files, without a paper beside it.

import type { FigurePart } from '../part';
import type { Experiment } from '../spec';
import type { Figure } from './figure';

export const ownFigure: Figure = {
  id: 'own',
  name: 'Lab',
  source: '',
  question: 'What does a model forget when new data arrives?',
  watch: 'At the switch, watch the old data: its loss jumps. Does it come back?',
  origin: 'base',
  measures: ['new', 'old'],
  window: 1,
  parts: () => [],
  paper: {},
  columns: ['old', 'new', 'average', 'forgetting', 'learned'],
  claims: [],
};

/** Its only part. */
export function ownPart(experiment: Experiment): FigurePart {
  return { key: 'own', title: experiment.name, experiment, references: [] };
}
