// What is kept of an experiment and would be accepted by the trainer: whole records of the text that is here now.

import type { StageRecord } from '../experiment/evidence/record';
import { fileWeights, type Plan } from '../experiment/plan';
import type { BrowserStages } from '../storage/stages';
import { isOfStage, isOfText } from '../train/ledger';
import type { TextLibrary } from './text';

/** Why some of it cannot be trained: weights of a file that are not kept here. Null where all is there. */
export async function missingWeights({ nodes }: Plan, stages: BrowserStages): Promise<string | null> {
  const wanted = fileWeights(nodes);
  if (wanted.length === 0) return null;
  const kept = await stages.entries();
  const missing = wanted.filter((sha256) => !kept.has(sha256)).map((sha256) => sha256.slice(0, 12));
  if (missing.length === 0) return null;
  return `Runs start from weights that are not kept in this browser (${missing.join(', ')}). Drop their file here, model.safetensors with its config.json, and run again.`;
}

/** In the order of the plan. Reads the list of texts only where there is something to tell; rejects when that is not there. */
export async function keptRecords(plan: Plan, text: TextLibrary, stages: BrowserStages): Promise<StageRecord[]> {
  const entries = await stages.entries();
  const whole = plan.nodes.flatMap((node) => {
    const record = entries.get(node.id)?.record;
    return record && isOfStage(node, record) ? [record] : [];
  });
  if (whole.length === 0) return [];
  const now = await text.stamps();
  return whole.filter((record) => isOfText(record, now));
}
