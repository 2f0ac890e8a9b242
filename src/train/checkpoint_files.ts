// One checkpoint as the files that other programs load: the weights in Hugging Face's names, their configuration, and where they
// come from.

import type { ModelShape } from '../engine/model';
import type { PlanNode } from '../experiment/plan';
import type { Experiment } from '../experiment/spec';
import type { StageResult } from './checkpoints';
import { huggingFaceConfig, toHuggingFace } from './huggingface';
import { writeSafetensors } from './safetensors';

export interface TrainedStage {
  readonly node: PlanNode;
  readonly result: Pick<StageResult, 'record'>;
}

export interface Checkpoint {
  readonly experiment: Experiment;
  /** Of the program that trained it. */
  readonly version: string;
  readonly arm: string;
  readonly seed: number;
  /** Where on the arm's path: before the first step, after its first stage, after its last. */
  readonly at: 'init' | 'base' | 'final';
  /** The stages up to the checkpoint; none before the first step. */
  readonly stages: readonly TrainedStage[];
  readonly model: ModelShape;
  readonly parameters: Float32Array;
}

/** `pt` is the format that Hugging Face's loader asks for. */
export function weightsFile(model: ModelShape, parameters: Float32Array): Uint8Array<ArrayBuffer> {
  return writeSafetensors(toHuggingFace(model, parameters), { format: 'pt' });
}

/** The content of lab.json. */
function origin({ experiment, version, arm, seed, at, stages, model }: Checkpoint): object {
  const steps = stages.reduce((sum, { node }) => sum + node.stage.steps, 0);
  return {
    v: 1,
    experiment,
    arm,
    seed,
    at,
    stage: stages.at(-1)?.node.stage.name ?? null,
    step: steps,
    tokens: steps * experiment.batch * model.context,
    tokenizer: 'bytes: token 0 to 255 is the byte of that value',
    version,
    // One of each stage on the way: a run can be finished on another machine than it began on.
    adapters: stages.map(({ node, result }) => ({
      stage: node.stage.name,
      adapter: result.record.maker?.adapter ?? null,
    })),
    corpora: stages.at(-1)?.result.record.corpora ?? [],
  };
}

/** Names with their content: bytes, or a value to be written as JSON. */
export function checkpointFiles(
  checkpoint: Checkpoint,
): (readonly [name: string, content: Uint8Array<ArrayBuffer> | object])[] {
  const { model, parameters } = checkpoint;
  return [
    ['model.safetensors', weightsFile(model, parameters)],
    ['config.json', huggingFaceConfig(model)],
    ['lab.json', origin(checkpoint)],
  ];
}
