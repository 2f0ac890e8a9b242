// Every text that the Lab and the figures share, but those of a schedule, which are in its own file (experiment/schedules/). A
// student's words first, the paper's term after.

import type { Shift } from '../experiment/compose';

import type { Known } from '../experiment/figures/figure';
import type { AtSwitch } from '../experiment/recipe/presets';

import type { StageName } from '../experiment/schedules/entry';
import type { ArmProgress, ArmState } from '../store/progress';
import type { QueueState } from '../store/session_state';

export const shiftWords: Readonly<Record<Shift, { label: string; from: string; to: string; help: string }>> = {
  none: {
    label: 'none',
    from: 'English books',
    to: 'more of them',
    help: 'The new data is another part of the same books (no shift).',
  },
  weak: {
    label: 'weak',
    from: 'English books',
    to: "presidents' speeches",
    help: 'The same language in another style (weak shift).',
  },
  strong: {
    label: 'strong',
    from: 'English books',
    to: 'German text',
    help: 'Another language (strong distribution shift).',
  },
};

export const switchWords: Readonly<Record<AtSwitch, { label: string; help: string }>> = {
  floor: { label: 'Stay low', help: 'Kept at its lowest value (constant η min).' },
  rewarm: { label: 'Raise and lower', help: 'Raised again, then lowered (re-warm, re-decay).' },
  peak: { label: 'Raise and stay', help: 'Raised again and kept there (constant η max).' },
  'infinite-cosine': { label: 'Hold, then lower', help: 'Held midway, lowered only at the end (infinite).' },
  'infinite-inverse-sqrt': {
    label: 'Hold, then lower',
    help: 'Held midway, lowered only at the end (infinite).',
  },
};

export const recipeWords = {
  shift: { title: 'Shift' },
  start: {
    title: 'Starts from',
    help: 'All arms begin with these weights instead of learning the old text first, and train on the new text alone.',
    leave: 'Start from random weights again',
  },
  schedule: { title: 'Learning rate at the switch', peak: 'Peak' },
  peakHelp: 'Peak on the new data, as a multiple of the first one (η max).',
  replay: { title: 'Replay', help: 'Old data in each batch (compute-equivalent).' },
  model: { title: 'Model' },
  seeds: { title: 'Seeds', help: 'More seeds, more sure' },
  budget: { title: 'Tokens', help: (tokens: string) => `${tokens} tokens in all. Fewer are faster.` },
  arms: 'Arms',
  refused: 'This link holds a recipe that cannot be trained. Ask for it again.',
} as const;

const stageWords: Readonly<Record<StageName, string>> = { first: 'old data', second: 'new data' };

export const scheduleWords = {
  stages: stageWords,
  plot: 'Learning rate over old and new data; every handle can be dragged or moved by arrow keys',
  shape: 'Shape both schedules',
  schedule: (stage: string) => `Schedule on the ${stage}`,
  cooldown: 'Cooldown',
  custom: 'Shaped by hand:',
  noStart: 'Begins on the constant. Move the end of the cooldown right for a warmup and a peak.',
  outside: (names: string) => `Outside the range the paper tested: ${names}.`,
} as const;

const armStateWords: Readonly<Record<ArmState, string>> = {
  waiting: 'waiting',
  training: 'training',
  done: '',
  reused: 'reused',
  failed: 'failed',
  stopped: 'stopped',
  part: 'begun',
};

/** How far a run is, with its seeds where only some of them have ended. */
export function armStateText({ state, ended, seeds }: ArmProgress): string {
  const some = `${ended} of ${seeds} seeds`;
  if (state === null) return '';
  if (ended === 0 || (state !== 'part' && state !== 'stopped')) return armStateWords[state];
  return state === 'part' ? some : `${armStateWords.stopped}, ${some}`;
}

export const panels = {
  new: {
    title: 'New data (D1): what it learns',
    plan: 'After the switch this loss falls: the model learns the new text.',
  },
  old: {
    title: 'Old data (D0): what it forgets',
    plan: 'Watch here: at the switch this loss jumps. Does it come back?',
  },
} as const;

export const figureWords = {
  question: 'What does a model forget when new data arrives?',
  unit: 'held-out loss, nats a byte',
  axis: 'nats',
  newPhase: 'new data begins',
  watch: 'At the switch, watch the chart of the old data: its loss jumps. Replay decides how much comes back.',
  stopped: 'Stopped. What was computed stays on the charts; Run trains the rest.',
  noShared: 'No seed has ended in all of these runs, so they do not compare yet.',
  next: 'Now change one thing, for example replay, and run it as a new arm.',
  showAll: 'show all',
  fit: 'fit',
  table: 'Table',
  chart: 'Chart',
} as const;

export const otherRunWords = {
  last: 'The last run was with',
  going: 'The run that trains now is with',
  shift: (shift: Shift) => `${shiftWords[shift].to} (${shift === 'none' ? 'no' : shiftWords[shift].label} shift)`,
  scale: (scale: string) => `model ${scale}`,
  budget: (share: number) => `${100 * share} % of the tokens`,
  start: (name: string | undefined) =>
    name === undefined ? 'random weights at first' : `the weights ${name} at first`,
  charts: 'The charts are of the recipe as it is now.',
  show: 'back to that run',
} as const;

export const chartWords = {
  controls: 'View of the charts',
  logX: { label: 'log x', help: 'Logarithmic x axis', key: 'K' },
  logY: { label: 'log y', help: 'Logarithmic y axis', key: 'L' },
  smooth: { label: 'smooth', help: 'Moving average in front of the raw line', key: 'M' },
  weight: { label: 'How smooth', help: 'Weight of the past in the moving average (EMA)' },
  x: {
    label: 'x:',
    help: 'What the x axis counts',
    tokens: 'tokens',
    steps: 'steps',
    seconds: 'seconds',
    noSeconds: 'These curves do not say how long they took.',
  },
  fit: { label: 'fit', help: 'Everything in sight again, key 0 in a chart' },
  clearPins: 'clear pins',
  only: 'only',
  alone: ', alone with Shift or a double click',
  runs: 'Runs on the charts',
  pinAnother: 'Pinned. Pin another place to compare.',
  noCommon: 'No curve has a value at both places.',
} as const;

export const runWords = {
  run: 'Run',
  runNew: 'Run as new arm',
  pause: 'Pause',
  resume: 'Resume',
  step: 'Step',
  stop: 'Stop',
  measuring: 'measuring this machine…',
  compiling: 'Compiling shaders',
  starting: 'Reading the text…',
  paused: 'paused',
  same: 'Change something to add an arm',
} as const;

export const planWords = {
  title: 'Plan',
  stages: 'stages to train',
  reused: 'reused',
  tokens: 'tokens',
  memory: 'GPU memory',
  time: 'time here',
  evaluation: 'of it measuring losses',
  together: 'runs at once, as memory allows',
  reads: (corpus: string) => `a stage reads ${corpus}`,
  none: 'Choose a run to train.',
  trained: 'All that is chosen is trained',
  unmeasured: 'not measured',
} as const;

export const queueWords: Readonly<Record<QueueState, string>> = {
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
  otherChoices: 'What trains now was started with other choices than those shown.',
} as const;

export const numbersWords = {
  title: 'Final losses beside the paper’s',
  caption: 'Final losses',
  final: (tokens: string) => `Here: all ${tokens} held-out tokens of each text after the last step, nats a byte.`,
  paperUnit: 'The paper: nats a subword token, so compare directions and shares, not losses.',
  here: 'here',
  paper: 'the paper',
  arm: 'run',
  n: 'seeds',
  known: 'known from',
} as const;

export const knownWords: Readonly<Record<Known, string>> = {
  table: 'printed in a table',
  text: 'said in the text',
  figure: 'read off the figure',
};

export const faultWords = {
  drawing: 'This page failed to draw.',
  gone: 'This page could not be fetched: the connection failed, or a newer version was put online.',
  goesOn: 'Your run goes on in the background.',
  kept: 'Finished stages are kept in this browser.',
  again: 'Try again',
  reload: 'Reload',
  reloadActive: 'Reload, which ends the run',
} as const;

export const fileWords = {
  open: 'Open files of results',
  tooLarge: 'is far larger than any results',
  wrongExperiment: (place: string) => `holds an experiment that is not right${place && `, at ${place}`}`,
  unreadable: 'could not be read',
  noReader: 'was not opened: a part of the page could not be fetched. Check the connection and try again, or reload',
  heading: 'Results from a file',
  lead: 'Drop files of results or links here, or choose them: what Export writes on any page, and results.json of the command line. Those of several people add up.',
  title: 'From a file',
  recipe: 'An experiment from a file',
  untrained: 'Settings alone: nothing of it has been trained yet.',
  untrainedNote: (name: string) => `Settings from ${name}`,
  size: 'size',
  seeds: 'seeds',
  texts: 'texts',
  stages: 'stages that ended',
  made: 'Made by',
  unknown: 'nobody who says so',
  apart: 'It is shown as it came, and stays apart from what is trained here.',
  note: (name: string) => `Read from ${name}`,
  here: (figure: string) => `${figure} on this machine`,
} as const;

export const keyWords = {
  title: 'Keys',
  on: 'Single keys work',
  onHelp: 'Each presses its button, where that can be seen. Off, none does anything by itself.',
  page: [
    ['Space', 'Run, pause or resume'],
    ['S', 'One training step, then pause'],
    ['N', 'Add the recipe as a new arm'],
    ['E', 'Export as a file'],
    ['T', 'Charts or tables'],
    ['K, L', 'Logarithmic x, y'],
    ['M', 'Smooth or raw curves'],
    ['P', 'Present, and back'],
    ['?', 'This list'],
  ],
  chart: 'In a chart, once it has the focus',
  chartKeys: [
    ['← →', 'Read values'],
    ['+ − 0', 'Zoom, and all again'],
    ['Enter', 'Pin, twice to compare'],
  ],
} as const;

export const startOverWords = {
  label: 'Back to the defaults',
  lab: 'Forgets this recipe and takes its arms off the charts. What was trained is kept.',
  figure: 'All runs of this figure; one seed and all of the text for every figure. What was trained is kept.',
} as const;

export const copyWords = {
  done: 'Copied',
  byHand: 'The browser does not let this page copy. The text is selected: press Ctrl and C, on a Mac ⌘ and C.',
} as const;
