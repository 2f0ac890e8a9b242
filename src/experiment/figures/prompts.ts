// What trained models are asked to continue, so that forgetting can be read: two beginnings in the manner of each text. The
// sentences are our own.

import type { CorpusName } from '../spec';

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

/** The prompts of a corpus, or of one of its splits. */
export function promptsOf(corpus: CorpusName): Prompt[] {
  const whole = corpus.split('/')[0];
  return prompts.filter((prompt) => prompt.corpus === whole);
}
