// Weights that the person opens: read, judged by the sizes that the page trains, and kept among the stages.

import type { BrowserStages } from '../storage/stages';
import { openWeights, weightsRefusal, weightsResult } from '../train/weights';
import type { LabCommand, LabReply } from './protocol';

export type WeightsCommand = Extract<LabCommand, { kind: 'open-weights' }>;

const otherSize = 'They are of a model of none of the sizes here; the command line trains it: run --weights.';

async function kept({ file, config, name }: WeightsCommand, stages: BrowserStages): Promise<LabReply> {
  const opened = await openWeights(file, config === null ? null : JSON.parse(config));
  const { sha256, scale } = opened;
  if (scale === null) return { kind: 'refused', message: otherSize };
  stages.show([sha256]);
  await stages.put(weightsResult(opened), { name, scale });
  return { kind: 'weights', sha256, scale };
}

export async function keepWeights(command: WeightsCommand, stages: BrowserStages): Promise<LabReply> {
  try {
    return await kept(command, stages);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'refused', message: 'config.json is not valid JSON.' };
    const message = weightsRefusal(error);
    if (message === null) throw error;
    return { kind: 'refused', message };
  }
}
