// Finished stages, kept by the id of their plan node: what a stage has shown, and its weights. A result is stored whole or
// not at all; whoever keeps them (memory, the browser's storage, files) implements CheckpointStore.

import type { RunState } from '../engine/engine';
import type { StageRecord } from '../experiment/evidence/record';
import type { Experiment } from '../experiment/spec';

/** Everything that remains of one trained stage. */
export interface StageResult {
  readonly record: StageRecord;
  /** At the stage's end. */
  readonly state: RunState;
  /** Training loss of every step, nats a token. */
  readonly losses: Float32Array;
}

export interface CheckpointStore {
  get(node: string): Promise<StageResult | null>;
  /**
   * Must take effect whole or not at all. A rejection ends the training, so a full disk is better reported elsewhere.
   * @param experiment that it was trained for, whose name may be kept with it
   */
  put(result: StageResult, experiment: Experiment): Promise<void>;
}

/** Keeps results for as long as the page or process lives. */
export function memoryCheckpoints(): CheckpointStore {
  const results = new Map<string, StageResult>();
  return {
    get: async (node) => results.get(node) ?? null,
    put: async (result) => {
      results.set(result.record.node, result);
    },
  };
}
