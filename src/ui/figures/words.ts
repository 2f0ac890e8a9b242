// Every text of the gallery and of the figures' pages. A student's words first, the paper's term after.

import type { RunCount } from '../../store/progress';

export const galleryWords = {
  title: 'What happens when a trained model meets new data?',
  lead: 'Each question is a figure of a paper. Open one and press Run: all its curves train on your own machine, together.',
  ran: 'trained here',
  /** Of the whole figure. @param seeds of each run, which are counted one by one */
  ended: ({ ended, all }: RunCount, seeds: number) =>
    ended === all ? 'all trained here' : `${ended} of ${all} trained here${seeds > 1 ? ', counting seeds' : ''}`,
  planned: 'planned learning rates',
  mixed: 'planned learning rate, and the share of old text in each run',
} as const;

export const pageWords = {
  /** @param counts ascending, of the curves that are drawn */
  overSeeds: (counts: readonly number[]) => {
    const [least, most] = [counts[0], counts.at(-1)];
    if (least === undefined || most === undefined) return '';
    if (most === 1) return 'one seed';
    return least === most
      ? `mean of ${most} seeds, each of them thin`
      : `means of ${least} to ${most} seeds, each of them thin`;
  },
  arms: 'Runs to train',
  column: { name: 'Runs to train', open: 'Runs' },
  all: 'all',
  partsLegend: 'Part of the figure',
  runParts: 'Train now',
  seeds: {
    title: 'Seeds',
    help: 'Three or more rule out chance. In a class, each begins elsewhere: all add up.',
    first: 'from',
    firstLabel: 'First seed',
  },
  model: { title: 'Model' },
  budget: { title: 'Training text', help: 'of the size of the full run' },
  early: (share: string) => `the first ${share} after the switch`,
  whole: 'whole run',
  window: 'How much is drawn',
  hidden: (hidden: number, all: number) => `${hidden} of ${all} runs ${hidden === 1 ? 'is' : 'are'} not drawn.`,
  unsolo: 'show all',
  notOffered: (scale: string) => `needs size ${scale}, which this machine is not asked to train`,
  base: 'First the model learns the old text. The curves begin when it has ended, at the switch.',
  plan: {
    old: 'The loss on old text after the switch is drawn here: how much is forgotten, and how much comes back.',
    new: 'The loss on new text is drawn here: how much is learned.',
  },
  back: 'All figures',
} as const;

export const claimWords = {
  title: 'What the paper says, and whether it holds here',
  before: 'These claims are judged as soon as the runs that they need have ended. Their margins were fixed in advance.',
  show: 'Show on the chart',
  copy: 'Copy sentence',
  why: 'Why could this fail at small scale?',
  paper: 'The paper',
  fragile: 'Expected to be fragile in models this small.',
  robust: 'Expected to show in models this small.',
} as const;

export const stripWords = {
  title: (source: string) => `The paper’s final losses (${source})`,
  ours: 'Final losses here',
  peaks: (source: string) => `The paper’s peaks (${source})`,
  ourPeaks: 'Peaks here',
  rise: 'D0 rise',
  open: 'Nothing has ended yet. The same runs appear here as they end.',
} as const;

export const sampleWords = {
  title: 'What does forgetting read like?',
  help: 'Each trained run goes on with the same beginnings. Nothing is chosen: the first 120 bytes, temperature 0.7, fixed random numbers.',
  note: 'German text is partly machine-translated and software messages; models this small write nonsense with the right letters.',
  write: 'Write samples',
  again: 'Write again',
  writing: 'Writing…',
  none: 'Train a run first: its weights write the text.',
  base: 'before the new data',
  old: 'old text',
  fresh: 'new text',
} as const;
