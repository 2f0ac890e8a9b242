// Text written by finished stages after the same beginnings: one run in lockstep, whose weights are exchanged from stage to
// stage.

import type { Engine, Lockstep } from '../engine/engine';
import { sampling } from '../experiment/figures/prompts';
import type { Experiment } from '../experiment/spec';
import type { CheckpointStore, NodeResult } from './checkpoints';
import { sampleText } from './sample';
import { lockstepShape } from './shape';

export interface Written {
  /** Content hash of the stage. */
  readonly node: string;
  /** What each prompt is continued with; null when the stage is not kept. */
  readonly texts: readonly string[] | null;
}

/** One result a stage, in the order asked for. Rejects with `EngineError` when the machine gives up. */
export async function* writtenBy(
  nodes: readonly string[],
  prompts: readonly string[],
  experiment: Experiment,
  engine: Engine,
  checkpoints: CheckpointStore,
): AsyncGenerator<Written, void> {
  const bytes = prompts.map((prompt) => new TextEncoder().encode(prompt));
  let lockstep: Lockstep | null = null;
  try {
    for (const node of nodes) {
      // One at a time: together their weights could fill the memory.
      const result = await checkpoints.get(node);
      if (!result) {
        yield { node, texts: null };
        continue;
      }
      lockstep ??= await opened(engine, experiment, prompts.length, result);
      lockstep.write(0, result.state);
      const written = await sampleText(lockstep, 0, bytes, sampling.length, sampling);
      // A model that writes bytes may break a character; a broken one shows as the replacement sign.
      yield { node, texts: written.map((text) => new TextDecoder().decode(text)) };
    }
  } finally {
    lockstep?.destroy();
  }
}

/** With the kernels that trained the stage, so that nothing has to be measured first. */
function opened(engine: Engine, experiment: Experiment, batch: number, { kernels = null }: NodeResult) {
  return engine.open({ ...lockstepShape(experiment, 1, kernels), batch });
}
