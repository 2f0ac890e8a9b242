// What is kept of an experiment and would be accepted by the trainer: whole records of the text that is here now.

import type { StageRecord } from '../experiment/evidence/record';
import type { Plan } from '../experiment/plan';
import type { BrowserStages } from '../storage/stages';
import { isOfStage, isOfText } from '../train/ledger';
import type { TextLibrary } from './text';

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
