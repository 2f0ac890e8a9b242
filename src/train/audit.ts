// Everything another program needs to repeat a training from its first weights and to compare every number: the
// tokens of each step in order, the learning rates, the optimizer's settings and what was recorded. The path of
// an arm is written as one sequence of steps, from the first step of its first stage to the checkpoint.

import type { TextData } from '../data/text';
import type { ModelShape } from '../engine/model';
import { parameterCount } from '../engine/model';
import type { AdamW } from '../engine/optimizer';
import type { PlanNode } from '../experiment/plan';
import { measuredCorpora, setTokens } from '../experiment/readings';
import { stageRate } from '../experiment/schedules';
import type { Experiment } from '../experiment/spec';
import { nodeBatch } from './batches';
import type { StageResult } from './checkpoints';
import { huggingFacePlaces } from './huggingface';

/** One finished stage on the way to the checkpoint. */
export interface AuditStage {
  readonly node: PlanNode;
  readonly result: StageResult;
}

export interface AuditInput {
  readonly experiment: Experiment;
  readonly model: ModelShape;
  readonly optimizer: AdamW;
  /** First stage first; none for the weights before the first step. */
  readonly stages: readonly AuditStage[];
  readonly data: TextData;
}

interface TokenFile {
  readonly file: string;
  readonly type: 'uint8';
  readonly shape: readonly number[];
}

/** The content of audit.json. Losses are means in nats a token; steps count from 0 along the whole path. */
export interface AuditDescription {
  readonly v: 2;
  readonly model: ModelShape;
  readonly parameters: number;
  readonly initialWeights: string;
  /** [steps, B, T+1]: of each window the first T tokens are inputs, the last T targets. */
  readonly batches: TokenFile;
  /**
   * What every evaluation measures, in the order of its values: the windows of a corpus, [n, T+1]. The measurements along the
   * curve use the first `curveWindows` of them.
   */
  readonly validation: readonly (TokenFile & { readonly corpus: string })[];
  readonly curveWindows: number;
  readonly optimizer: AdamW & {
    readonly name: 'AdamW';
    /** Hugging Face names of the parameters that decay; the others do not. */
    readonly decayed: readonly string[];
    /** Before these steps both moments and the step count of the bias correction are set to zero. */
    readonly resetBefore: readonly number[];
  };
  readonly learningRates: readonly number[];
  /** Loss of each step's batch before its update. */
  readonly trainLosses: readonly number[];
  readonly stages: readonly {
    readonly name: string;
    readonly firstStep: number;
    readonly steps: number;
    /** `step` counts the steps taken in this stage. On the first `curveWindows` validation windows. */
    readonly evaluations: readonly { readonly step: number; readonly values: readonly number[] }[];
    /** After the stage's last step, on all validation windows. */
    readonly final: readonly number[];
  }[];
}

export interface Audit {
  readonly description: AuditDescription;
  /** File name to content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const batchesFile = 'batches.bin';
export const initialWeightsFile = 'init.safetensors';
/** Describes the others. */
export const auditFile = 'audit.json';
const validationFile = (corpus: string) => `validation-${corpus.replace('/', '-')}.bin`;

/** Whether a name is that of a file which only an audit has. */
export function isAuditFile(name: string): boolean {
  return (
    name === auditFile ||
    name === batchesFile ||
    name === initialWeightsFile ||
    /^validation-[a-z0-9-]+\.bin$/.test(name)
  );
}

export function audit(input: AuditInput): Audit {
  const { experiment, model, stages, data } = input;
  const { batch } = experiment;
  const window = model.context + 1;
  const validation = measuredCorpora(experiment).map((corpus) => ({
    corpus,
    name: validationFile(corpus),
    windows: data.source(corpus).validationWindows(setTokens(experiment, 'final'), model.context),
  }));
  const tokens = trainingTokens(input);
  const stepCount = tokens.length / (batch * window);
  const file = (name: string, shape: readonly number[]): TokenFile => ({ file: name, type: 'uint8', shape });
  const description: AuditDescription = {
    v: 2,
    model,
    parameters: parameterCount(model),
    initialWeights: initialWeightsFile,
    batches: file(batchesFile, [stepCount, batch, window]),
    validation: validation.map(({ corpus, name, windows }) => ({
      corpus,
      ...file(name, [windows.length / window, window]),
    })),
    curveWindows: Math.ceil(setTokens(experiment, 'curve') / model.context),
    optimizer: {
      name: 'AdamW',
      ...input.optimizer,
      decayed: huggingFacePlaces(model).flatMap((place) => (place.decayed ? [place.name] : [])),
      resetBefore: stages.flatMap(({ node }, i) => (node.stage.optimizer === 'reset' ? [firstStep(stages, i)] : [])),
    },
    learningRates: stages.flatMap(({ node: { stage } }) =>
      Array.from({ length: stage.steps }, (_, step) => stageRate(stage, step)),
    ),
    trainLosses: stages.flatMap(({ result }) => [...result.losses]),
    stages: stages.map(({ node, result }, i) => ({
      name: node.stage.name,
      firstStep: firstStep(stages, i),
      steps: node.stage.steps,
      evaluations: result.record.evaluations.map(({ step, values }) => ({ step, values })),
      final: result.record.final ?? [],
    })),
  };
  return {
    description,
    files: new Map([[batchesFile, tokens], ...validation.map(({ name, windows }) => [name, windows] as const)]),
  };
}

function firstStep(stages: readonly AuditStage[], index: number): number {
  return stages.slice(0, index).reduce((steps, { node }) => steps + node.stage.steps, 0);
}

/** The windows of every step on the path: [steps, B, T+1]. */
function trainingTokens({ experiment, model, stages, data }: AuditInput): Uint8Array {
  const stepBytes = experiment.batch * (model.context + 1);
  const tokens = new Uint8Array(firstStep(stages, stages.length) * stepBytes);
  let offset = 0;
  for (const { node } of stages) {
    for (let step = 0; step < node.stage.steps; step++) {
      nodeBatch(node, step, data, tokens, offset);
      offset += stepBytes;
    }
  }
  return tokens;
}
