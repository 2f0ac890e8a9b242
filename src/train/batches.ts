// Which text a step reads. Sequences are counted over the whole stage, so a step's batch depends on the stage, the
// seed and the step alone: not on pauses, on chunks or on who trains beside it.

import type { TextData } from '../data/text';
import type { PlanNode } from '../experiment/plan';
import { sequenceSource } from '../experiment/replay';

/** What of a node says which text it reads. */
type BatchNode = Pick<PlanNode, 'seed' | 'stage' | 'batch'> & { readonly model: Pick<PlanNode['model'], 'context'> };

/**
 * Writes the (B, T+1) token windows of one step of a stage at `out[offset]`. Old text is replayed in the order in which
 * the same seed saw it first, from its start.
 * @param step 0-based, within the stage
 */
export function nodeBatch(
  { seed, stage, batch, model: { context } }: BatchNode,
  step: number,
  data: TextData,
  out: Uint8Array,
  offset: number,
): void {
  const { corpus, skip = 0, replay } = stage.mixture;
  const fresh = data.source(corpus);
  const old = replay === null ? null : data.source(replay.corpus);
  const fraction = replay?.fraction ?? 0;
  for (let b = 0; b < batch; b++) {
    const place = sequenceSource(step * batch + b, fraction);
    const source = place.replay && old !== null ? old : fresh;
    source.trainWindow(seed, place.replay ? place.index : skip + place.index, context, out, offset + b * (context + 1));
  }
}
