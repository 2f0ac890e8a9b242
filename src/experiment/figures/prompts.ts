// What trained models are asked to continue, so that forgetting can be read: two beginnings in the manner of each text. The
// sentences are our own.

import { armPath, type Plan } from '../plan';
import { measuredCorpora } from '../readings';
import type { CorpusName, Experiment } from '../spec';

export interface Prompt {
  readonly corpus: CorpusName;
  readonly text: string;
}

const prompts: readonly Prompt[] = [
  { corpus: 'literature', text: 'The old man closed the door behind him and ' },
  { corpus: 'literature', text: '"I do not know," said she, ' },
  { corpus: 'speeches', text: 'My fellow citizens, the Congress of the United States ' },
  { corpus: 'speeches', text: 'The revenue of the Government during the year ' },
  { corpus: 'german', text: 'Der alte Mann schloss die Tür und ' },
  { corpus: 'german', text: 'Die Datei konnte nicht ' },
];

/** How text is drawn: bytes a prompt is continued with, and the share of chance in it. Fixed, so that it is the same again. */
export const sampling = { seed: 1, length: 120, temperature: 0.7 } as const;

/** The prompts for what an experiment is measured on: old text first, then new. */
export function promptsOf(experiment: Experiment): Prompt[] {
  const corpora = [...new Set(measuredCorpora(experiment).map((name) => name.split('/')[0]))];
  return corpora.flatMap((corpus) => prompts.filter((prompt) => prompt.corpus === corpus));
}

/** A finished stage that writes. */
export interface Writer {
  /** Content hash of the stage. */
  readonly node: string;
  /** Null for the base that runs go on from. */
  readonly arm: string | null;
}

/** The base that runs go on from, then the last stage of every arm, of the first seed; an arm that ends with the base is it. */
export function writersOf(plan: Plan): Writer[] {
  const { arms, seeds } = plan.experiment;
  const seed = seeds[0] ?? 1;
  const continued = arms.find(({ stages }) => stages.length > 1);
  const base = continued && armPath(plan, continued.id, seed)[0];
  const writers: Writer[] = base ? [{ node: base.id, arm: null }] : [];
  for (const { id } of arms) {
    const last = armPath(plan, id, seed).at(-1);
    if (last && !writers.some(({ node }) => node === last.id)) writers.push({ node: last.id, arm: id });
  }
  return writers;
}
