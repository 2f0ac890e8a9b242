// Text written by stages that are kept: one run in lockstep, whose weights are exchanged from stage to stage.

import type { Engine, Lockstep } from '../engine/engine';
import { sampling } from '../experiment/figures/prompts';
import { parseExperiment } from '../experiment/parse';
import type { Experiment } from '../experiment/spec';
import type { CheckpointStore, NodeResult } from '../train/checkpoints';
import { sampleText } from '../train/sample';
import { lockstepShape } from '../train/shape';
import type { LabCommand, LabEvent } from './protocol';

export type SampleCommand = Extract<LabCommand, { kind: 'sample' }>;

const gone = 'Some stages are no longer kept in this browser. Press Run to train them again, then write once more.';

/**
 * Pushes one `written` event a stage, in the order asked for; what was written before an abort stays.
 * @returns a sentence about what could not be written, or null
 */
export async function sample(
  { experiment, nodes, prompts }: SampleCommand,
  engine: Engine,
  checkpoints: CheckpointStore,
  push: (event: LabEvent) => void,
  signal: AbortSignal,
): Promise<string | null> {
  const bytes = prompts.map((prompt) => new TextEncoder().encode(prompt));
  let lockstep: Lockstep | null = null;
  let missing = false;
  try {
    for (const node of nodes) {
      if (signal.aborted) return 'Writing was stopped, because a run has started.';
      // One at a time: together their weights could fill the memory.
      const result = await checkpoints.get(node);
      missing ||= result === null;
      if (!result) continue;
      lockstep ??= await opened(engine, experiment, prompts.length, result);
      lockstep.write(0, result.state);
      const written = await sampleText(lockstep, 0, bytes, sampling.length, sampling);
      // A model that writes bytes may break a character; a broken one shows as the replacement sign.
      push({ kind: 'written', node, texts: written.map((text) => new TextDecoder().decode(text)) });
    }
  } finally {
    lockstep?.destroy();
  }
  return missing ? gone : null;
}

/** With the kernels that trained the stage, so that nothing has to be measured first. */
function opened(engine: Engine, experiment: Experiment, batch: number, { kernels = null }: NodeResult) {
  return engine.open({ ...lockstepShape(parseExperiment(experiment), 1, kernels), batch });
}
