// Has stages that are kept write text, and tells each as it comes.

import type { Engine } from '../engine/engine';
import { parseExperiment } from '../experiment/parse';
import { plan } from '../experiment/plan';
import type { CheckpointStore } from '../train/checkpoints';
import { writtenBy } from '../train/samples';
import type { LabCommand, LabEvent } from './protocol';

export type SampleCommand = Extract<LabCommand, { kind: 'sample' }>;

const gone = 'Some stages are no longer kept in this browser. Press Run to train them again, then write once more.';

/**
 * Pushes one `written` event a stage, in the order of the plan; rejects soon after `signal` fires.
 * @returns a sentence about what could not be written, or null
 */
export async function sample(
  { experiment, nodes, prompts }: SampleCommand,
  engine: Engine,
  checkpoints: CheckpointStore,
  push: (event: LabEvent) => void,
  signal: AbortSignal,
): Promise<string | null> {
  let missing = false;
  const planned = plan(parseExperiment(experiment)).nodes.filter(({ id }) => nodes.includes(id));
  for await (const { node, texts } of writtenBy(planned, prompts, engine, checkpoints, signal)) {
    if (texts) push({ kind: 'written', node, texts });
    else missing = true;
  }
  return missing ? gone : null;
}
