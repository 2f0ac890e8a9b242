// Every text of the gallery and of the figures' pages. A student's words first, the paper's term after.

import type { Outcome } from '../../experiment/claims/claim';
import type { Known } from '../../experiment/figures/figure';
import type { QueueItem } from '../../store/figureQueue';

export const galleryWords = {
  title: 'What happens when a trained model meets new data?',
  lead: 'Each question is a figure of a paper. Open one and press Run: all its curves train on your own machine, together.',
  ran: 'trained here',
  planned: 'planned learning rates',
  mixed: 'planned learning rate, and the share of old text in each run',
} as const;

export const pageWords = {
  overSeeds: (n: number) => (n === 1 ? 'one seed' : `mean of ${n} seeds, each of them thin`),
  arms: 'Runs to train',
  all: 'all',
  partsLegend: 'Part of the figure',
  runParts: 'Train now',
  seeds: { title: 'Seeds', help: 'Three or more rule out chance' },
  model: { title: 'Model' },
  budget: { title: 'Training text', help: 'of the size of the full run' },
  early: (share: string) => `the first ${share} after the switch`,
  whole: 'whole run',
  window: 'How much is drawn',
  solo: (count: number) => `Only the ${count} runs of one claim are drawn.`,
  unsolo: 'show all',
  notOffered: (scale: string) => `needs size ${scale}, which this machine is not asked to train`,
  base: 'First the model learns the old text. The curves begin when it has ended, at the switch.',
  plan: {
    d0: 'The loss on old text after the switch is drawn here: how much is forgotten, and how much comes back.',
    d1: 'The loss on new text is drawn here: how much is learned.',
  },
  unknown: 'There is no such figure.',
  back: 'All figures',
} as const;

export const planWords = {
  title: 'Plan',
  stages: 'stages to train',
  reused: 'reused',
  tokens: 'tokens',
  memory: 'GPU memory',
  time: 'time here',
  evaluation: 'of it measuring losses',
  none: 'Choose a run to train.',
  trained: 'All of it is trained',
  unmeasured: 'not measured',
} as const;

export const queueWords: Readonly<Record<QueueItem['state'], string>> = {
  waiting: 'waiting',
  training: 'training',
  done: 'done',
  skipped: 'skipped',
  stopped: 'stopped',
  failed: 'failed',
};

export const runEndWords = {
  stopped: 'Stopped. What was computed is kept; Run trains the rest.',
  failed: 'The run has stopped with a fault. What was finished is kept; Run goes on from there.',
  skip: 'Skip',
  other: (what: string) => `${what} is training.`,
} as const;

/** Outcome in words, with a mark that does not need its colour. */
export const outcomeWords: Readonly<Record<Outcome | 'seen-once' | 'not-run', { mark: string; words: string }>> = {
  holds: { mark: '✓', words: 'holds here' },
  'no-difference': { mark: '=', words: 'no difference found' },
  reversed: { mark: '✕', words: 'reversed here' },
  'cannot-tell': { mark: '?', words: "can't tell yet" },
  'seen-once': { mark: '1', words: "seen once, can't tell yet" },
  'not-run': { mark: '○', words: 'not run yet' },
};

export const claimWords = {
  title: 'What the paper says, and whether it holds here',
  before: 'These claims are judged as soon as the runs that they need have ended. Their margins were fixed in advance.',
  show: 'Show on the chart',
  copy: 'Copy sentence',
  copied: 'Copied',
  refused: 'The browser refuses: select the text instead',
  why: 'Why could this fail at small scale?',
  paper: 'The paper',
  margin: 'A difference counts from',
  fragile: 'Expected to be fragile in models this small.',
  robust: 'Expected to show in models this small.',
} as const;

export const numbersWords = {
  title: 'Final losses beside the paper’s',
  caption: 'Final losses',
  final: (tokens: string) => `Here: all ${tokens} held-out tokens of each text after the last step, nats a byte.`,
  paperUnit: 'The paper: nats a subword token, so compare directions and shares, not losses.',
  here: 'here',
  paper: 'the paper',
  arm: 'run',
  d0: 'D0 old',
  d1: 'D1 new',
  average: 'average',
  forgetting: 'forgotten',
  removed: 'removed',
  cost: 'D1 cost',
  n: 'seeds',
  known: 'known from',
  notes:
    'Forgotten: D0 loss gained since the switch. Removed: share of the forgetting of the run without replay that is gone. D1 cost: D1 loss above that run’s.',
} as const;

export const knownWords: Readonly<Record<Known, string>> = {
  table: 'printed in a table',
  text: 'said in the text',
  figure: 'read off the figure',
};

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

/** Names short enough for the end of a line, where neither the id nor a number in it is one. */
const shortNames: Readonly<Record<string, string>> = {
  peak: 'no decay',
  'rewarm-half': '0.5×',
  'rewarm-double': '2×',
  base: 'old only',
  scratch: 'from scratch',
  'cosine-inf': 'inf. cosine',
  'invsqrt-inf': 'inf. root',
  'cosine-repeat': 'repeated',
};

/** What the plain re-warmed run is called beside its neighbours. */
function plainName(arms: readonly string[]): string {
  if (arms.some((arm) => arm.startsWith('replay-'))) return 'no replay';
  if (arms.some((arm) => arm.startsWith('warmup-'))) return '1 %';
  if (arms.some((arm) => arm.startsWith('from-'))) return 'from the end';
  return arms.includes('rewarm-half') ? '1×' : 're-warm';
}

/** @param arms all arms of the part */
export function shortName(arm: string, arms: readonly string[]): string {
  if (arm === 'rewarm') return plainName(arms);
  if (arm.startsWith('same-')) return `same, ${shortName(arm.slice(5), arms)}`;
  const [, kind, number] = /-?(anneal|replay|warmup|from)-(\dp?\d*)$/.exec(arm) ?? [];
  if (kind === 'anneal') return `annealed ${number}`;
  const percent = number && `${number.replace('p', '.')} %`;
  return percent ? (kind === 'from' ? `from ${percent}` : percent) : (shortNames[arm] ?? arm.replaceAll('-', ' '));
}
