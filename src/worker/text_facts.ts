// What a plan's text means for a run before any of it is fetched: how long it takes to come, and what is read more than once.

import { listedTokens } from '../data/text';
import type { Plan } from '../experiment/plan';
import { type Repeat, repeats } from '../experiment/repeats';
import type { TextLibrary } from './text';

interface TextFacts {
  readonly startSeconds: number;
  readonly repeats: readonly Repeat[];
}

/** Nothing is said where the list of texts is not there: the run will say why. */
export async function textFacts({ experiment, nodes }: Plan, text: TextLibrary): Promise<TextFacts> {
  try {
    const corpora = await text.stamps();
    return {
      startSeconds: await text.secondsFor(experiment),
      repeats: repeats(nodes, (name) => listedTokens(name, corpora)),
    };
  } catch {
    return { startSeconds: 0, repeats: [] };
  }
}
