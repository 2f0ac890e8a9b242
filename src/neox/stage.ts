// One stage of one seed as a configuration of GPT-NeoX: every argument that differs from its defaults, and beside it what
// could not be carried over.

import type { PlanNode } from '../experiment/plan';
import type { EvaluationSpec, ModelSpec } from '../experiment/spec';
import { dataSection, evaluationSection } from './data';
import { type NeoxSchedule, neoxSchedule } from './schedule';
import { paper, type Scaling } from './shapes';
import { commented, type Section, tame, type Value, yamlText } from './yaml';

/** The optimizer's numbers, as the trainer has them. */
export interface OptimizerNumbers {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly clip: number;
}

export interface StageConfig {
  readonly text: string;
  readonly iterations: number;
  /** Why GPT-NeoX's main branch cannot train it; null where it can. */
  readonly missing: string | null;
}

/** Where a stage's weights are written and where those are that it begins with. */
export interface Folders {
  readonly save: string;
  readonly load: string | null;
}

function modelSection(own: ModelSpec, { model: other, name }: Scaling): Section {
  const model = other ?? own;
  const bytes = name === 'as-is';
  const says = bytes
    ? [
        'The lab reads bytes, 256 of them; the nearest that GPT-NeoX has is CharLevelTokenizer, bytes with a head of 512 rows.',
      ]
    : [
        `In place of the arm's own model, ${own.layers} layers of width ${own.width}, all arms have the paper's.`,
        'The paper reads subwords (GPT-NeoX-20B), the lab bytes: losses are in other units.',
      ];
  return {
    says,
    values: {
      'num-layers': model.layers,
      'hidden-size': model.width,
      'num-attention-heads': model.heads,
      'seq-length': model.context,
      'max-position-embeddings': model.context,
      'pos-emb': 'rotary',
      'rotary-pct': model.rotaryFraction,
      norm: 'layernorm',
      'layernorm-epsilon': 1e-5,
      'no-weight-tying': true,
      gpt_j_residual: true,
      gpt_j_tied: false,
      output_layer_parallelism: 'column',
      'bias-gelu-fusion': true,
      init_method: 'small_init',
      output_layer_init_method: 'wang_init',
      'hidden-dropout': 0,
      'attention-dropout': 0,
      'make-vocab-size-divisible-by': 128,
      ...(bytes
        ? { 'tokenizer-type': 'CharLevelTokenizer' }
        : { 'tokenizer-type': 'HFTokenizer', 'vocab-file': 'data/20B_tokenizer.json' }),
    },
  };
}

function optimizerSection({ beta1, beta2, epsilon, weightDecay, clip }: OptimizerNumbers, lr: number): Section {
  return {
    says: ['GPT-NeoX calls it Adam; it decays weights as AdamW does, and neither biases nor LayerNorm, as the lab.'],
    values: {
      optimizer: { type: 'Adam', params: { lr, betas: [beta1, beta2], eps: epsilon } },
      'weight-decay': weightDecay,
      gradient_clipping: clip,
    },
  };
}

function batchSection({ name, batch }: Scaling): Section {
  if (name === 'as-is') {
    return {
      says: ['The lab computes in fp32. The number of GPUs must divide the batch.'],
      values: { train_batch_size: batch, precision: 'fp32', zero_optimization: { stage: 0 } },
    };
  }
  return {
    says: [
      `GPUs times ${paper.microBatch} must divide the batch; GPT-NeoX accumulates the rest. Set parallelism for the cluster at hand.`,
      'The paper trained in fp16, the lab in fp32.',
    ],
    values: {
      train_batch_size: batch,
      train_micro_batch_size_per_gpu: paper.microBatch,
      'pipe-parallel-size': 0,
      'model-parallel-size': 1,
      fp16: { enabled: true, loss_scale: 0, loss_scale_window: 1000, hysteresis: 2, min_loss_scale: 1 },
      zero_optimization: { stage: 1 },
      'checkpoint-activations': true,
    },
  };
}

function startSection({ save, load }: Folders, iterations: number, seed: number, { name }: Scaling): Section {
  const saving: Record<string, Value> = {
    save,
    'checkpoint-factor': name === 'as-is' ? iterations : Math.ceil(iterations / 10),
    'train-iters': iterations,
    seed,
  };
  const seeded = 'The seed gives neither the weights nor the order of text that it gives in the lab.';
  if (load === null) return { says: [`From random weights. ${seeded}`], values: saving };
  const says = [
    'From the weights at the end of an earlier stage, with fresh moments and iteration 0: finetune does all three. Not no_load_optim: GPT-NeoX had versions in which that left the run without a schedule of learning rates.',
    'Where load holds no checkpoint, GPT-NeoX begins from random weights and only prints so: run.sh looks first.',
    seeded,
  ];
  return { says, values: { load, finetune: true, ...saving } };
}

const weights =
  'GPT-NeoX does not read the file of weights that the lab starts from: convert it to a checkpoint of GPT-NeoX first (its tools/ckpts/convert_hf_to_sequential.py), and begin from that with load and finetune';

const kept =
  'GPT-NeoX cannot keep the optimizer and begin a new schedule: it loads both or, with finetune, neither, and counts on in iterations';

/** @param title which stage of which arms, in words */
export function stageConfig(
  { model, stage, seed, batch, start }: PlanNode,
  title: string,
  folders: Folders,
  evaluation: EvaluationSpec,
  scaling: Scaling,
  optimizer: OptimizerNumbers,
): StageConfig {
  const iterations = scaling.iterations(stage.steps);
  const impossible = start.kind === 'weights' ? weights : folders.load && stage.optimizer === 'keep' ? kept : null;
  if (impossible !== null) {
    const text = commented([title, `NOT EXPRESSIBLE, so this file has no arguments: ${impossible}.`]);
    return { text, iterations, missing: impossible };
  }
  const schedule: NeoxSchedule = neoxSchedule(stage, scaling);
  const sections: Section[] = [
    { says: [tame(title), ...scaling.says], values: {} },
    modelSection(model, scaling),
    optimizerSection(optimizer, schedule.peak),
    schedule.section,
    batchSection(scaling),
    dataSection(stage, evaluation, batch, scaling),
    evaluationSection(evaluation, model, iterations, scaling),
    startSection(folders, iterations, seed, scaling),
  ];
  return { text: yamlText(sections), iterations, missing: schedule.missing };
}
