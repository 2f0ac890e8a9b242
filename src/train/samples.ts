// Text written by finished stages after the same beginnings: one run in lockstep, whose weights are exchanged from stage to
// stage.

import type { Engine, Lockstep } from '../engine/engine';
import { parseForms } from '../engine/forms/forms';
import { sampling } from '../experiment/figures/prompts';
import { type PlanNode, shapeKey } from '../experiment/plan';
import type { CheckpointStore, StageResult } from './checkpoints';
import { sampleText } from './sample';
import { lockstepShape } from './shape';

export interface Written {
  /** Id of the plan node. */
  readonly node: string;
  /** What each prompt is continued with; null when the stage is not kept. */
  readonly texts: readonly string[] | null;
}

/** One result a stage, in the order asked for. Rejects with `EngineError` when the machine gives up, and when `signal` fires. */
export async function* writtenBy(
  nodes: readonly PlanNode[],
  prompts: readonly string[],
  engine: Engine,
  checkpoints: CheckpointStore,
  signal?: AbortSignal,
): AsyncGenerator<Written, void> {
  const bytes = prompts.map((prompt) => new TextEncoder().encode(prompt));
  let shape = '';
  let lockstep: Lockstep | null = null;
  try {
    for (const node of nodes) {
      // One at a time: together their weights could fill the memory.
      const result = await checkpoints.get(node.id);
      if (!result) {
        yield { node: node.id, texts: null };
        continue;
      }
      if (lockstep === null || shapeKey(node) !== shape) {
        lockstep?.destroy();
        lockstep = await opened(engine, node, prompts.length, result);
        shape = shapeKey(node);
      }
      lockstep.write(0, result.state);
      const written = await sampleText(lockstep, 0, bytes, sampling.length, { ...sampling, ...(signal && { signal }) });
      yield { node: node.id, texts: written.map(writtenText) };
    }
  } finally {
    lockstep?.destroy();
  }
}

/**
 * A model that writes bytes may break a character, or write one that moves a terminal's cursor: these show as the
 * replacement sign.
 */
export function writtenText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replaceAll(/(?![\n\r\t])\p{Cc}/gu, '\uFFFD');
}

/** With the kernels that trained the stage, so that nothing has to be measured first. */
function opened(engine: Engine, node: PlanNode, batch: number, { record }: StageResult) {
  return engine.open({ ...lockstepShape(node, 1, parseForms(record.maker?.kernels)), batch });
}
