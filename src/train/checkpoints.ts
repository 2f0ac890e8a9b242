// Finished stages, kept by the content hash of their plan node. A result is stored whole or not at all; whoever keeps
// them (memory, the browser's storage, files) implements CheckpointStore.

import type { RunState } from '../engine/engine';
import type { KernelForms } from '../engine/forms/forms';
import type { Evaluation, FinalLosses } from './events';

/** A corpus as it was when it was trained on. */
export interface CorpusStamp {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Everything that remains of one trained stage. */
export interface NodeResult {
  readonly v: 1;
  /** Content hash of the plan node. */
  readonly node: string;
  /** At the stage's end. */
  readonly state: RunState;
  readonly evaluations: readonly Evaluation[];
  /** Training loss of every step, nats a token. */
  readonly losses: Float32Array;
  readonly final: FinalLosses;
  /** The text it was trained and measured on. When it is there and the text has changed since, the result is not used. */
  readonly corpora?: readonly CorpusStamp[];
  /** The forms of the kernels that trained it, which go on with it; null where there is only one. */
  readonly kernels?: KernelForms | null;
}

export interface CheckpointStore {
  get(node: string): Promise<NodeResult | null>;
  /** Must take effect whole or not at all. A rejection ends the training, so a full disk is better reported elsewhere. */
  put(result: NodeResult): Promise<void>;
}

/** Keeps results for as long as the page or process lives. */
export function memoryCheckpoints(): CheckpointStore {
  const results = new Map<string, NodeResult>();
  return {
    get: async (node) => results.get(node) ?? null,
    put: async (result) => {
      results.set(result.node, result);
    },
  };
}
