// Texts about results that somebody sent: who sent what, and how they compare with what is trained here.

import type { Compared, Difference } from '../../experiment/compare';
import type { Contribution } from '../../experiment/contributions';
import { seedsText } from '../format';

export const hereWords = {
  title: 'Trained here as well',
  run: 'Run it here…',
  again: 'Re-run it here…',
  help: 'Trains the same runs on this machine and draws them over these, which are dashed then.',
  none: 'Nothing of it is trained here yet.',
  trained: 'All of it is trained here',
} as const;

export const senderWords = {
  column: { name: 'What was opened', open: 'Senders' },
  title: 'Sent by',
  add: 'More of the same',
  addHelp: 'Drop or paste more links or files of these runs anywhere: seeds and runs of all add up.',
  paste: 'Paste links',
  open: 'Open links',
  remove: (name: string) => `Take ${name} out`,
  pooled: (senders: number) => `Results of ${senders} senders`,
  finals: 'Final losses, a mark for each seed',
  finalsHelp:
    'On the whole validation set after the last step. Marks that would lie on each other are stacked; the line is the mean.',
} as const;

/** At least so precise. */
const nats = (value: number) => (value < 0.00001 ? 'less than 0.00001' : Number(value.toPrecision(2)).toString());

const differenceWords: Readonly<Record<Difference, string>> = {
  engine: 'another engine',
  adapter: 'another graphics adapter',
  version: 'another version of Rewarm',
  text: 'another text',
};

function madeBy(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'Both say that the same engine made them: its driver may be another.';
  return `Made by ${differences.map((one) => differenceWords[one]).join(', ')}.`;
}

/** Half of the step that most links round losses along curves to. */
const rounding = 0.001;

/** How two trainings of the same compare; null where there is nothing to compare. */
export function comparedSentence({ stages, ended, identical, nats: apart, differences }: Compared): string | null {
  if (stages === 0) return null;
  if (identical && ended === stages) return 'Identical to the last bit.';
  const far = ended === stages ? '' : ' so far';
  if (identical) return `No difference${far}.`;
  const within = apart <= rounding * 1.0001 ? ', no more than a link rounds' : '';
  return `At most ${nats(apart)} nats apart${far}${within}. ${ended === 0 ? '' : madeBy(differences)}`.trim();
}

/** `3 seeds: 1, 2, 5`. */
export function seedsSentence(seeds: readonly number[]): string {
  if (seeds.length === 0) return 'no run that has ended';
  return seeds.length === 1 ? `seed ${seeds[0]}` : `${seedsText(seeds.length)}: ${seeds.join(', ')}`;
}

/** What of it was sent before; null where all is new. */
export function againSentence({ added, again }: Contribution): string | null {
  if (!again) return null;
  const { name, compared } = again;
  if (added === 0 && compared.identical) return `The same as ${name} to the last bit: it counts once.`;
  const much = added === 0 ? 'The same runs as' : 'Some of the same runs as';
  const sentence = compared.identical ? 'Identical to the last bit.' : comparedSentence(compared);
  return `${much} ${name}, which count once. ${sentence ?? ''}`.trim();
}
