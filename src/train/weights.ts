// Weights out of a file that a person gives, to start training from: model.safetensors with the names of Hugging Face's
// GPTNeoXForCausalLM, and its config.json, which says what the names and shapes do not. They are known by the SHA-256 of their
// numbers and kept like a stage that nothing was measured of.

import { sha256 } from '../data/sha256';
import { parameterLayout, rotaryDimensions } from '../engine/model';
import { emptyRecord } from '../experiment/evidence/record';
import { modelRules } from '../experiment/rules';
import { scales } from '../experiment/scales';
import type { ModelSpec, ScaleName } from '../experiment/spec';
import type { StageResult } from './checkpoints';
import { fromHuggingFace, HuggingFaceError, huggingFaceConfig } from './huggingface';
import { withFreshOptimizer } from './initialize';
import { readSafetensors, SafetensorsError, type SafetensorsFile } from './safetensors';
import { modelShape } from './shape';

/** The files are no weights that this lab can start from; `message` is a plain sentence. */
class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** The sentence of a fault of the files; null for any other. */
export function weightsRefusal(error: unknown): string | null {
  const known = [WeightsError, SafetensorsError, HuggingFaceError].some((kind) => error instanceof kind);
  return known && error instanceof Error ? error.message : null;
}

export interface OpenedWeights {
  /** Of the numbers, in our order. */
  readonly sha256: string;
  readonly model: ModelSpec;
  /** Size of the lab that has this model; null for none. */
  readonly scale: ScaleName | null;
  readonly parameters: Float32Array;
}

/** Keys of config.json that must say what the kernels compute, where they are there. */
const fixed = [
  'vocab_size',
  'intermediate_size',
  'hidden_act',
  'layer_norm_eps',
  'use_parallel_residual',
  'tie_word_embeddings',
  'attention_bias',
  'rotary_emb_base',
] as const;

/**
 * @param config the value of config.json; null where only weights were given, which then must be of a size of the lab
 * @throws WeightsError, SafetensorsError or HuggingFaceError, each with a sentence
 */
export async function openWeights(file: Uint8Array, config: unknown): Promise<OpenedWeights> {
  const read = readSafetensors(file);
  const model = config === null ? modelOfTensors(read) : modelOfConfig(config);
  const [problem] = modelRules(model);
  if (problem)
    throw new WeightsError(`The model of these weights cannot be trained: ${problem.path[0]} ${problem.message}.`);
  const shape = modelShape(model);
  // Before memory is taken for it: the header says how much there is.
  const numbers = [...read.tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  const { size } = parameterLayout(shape);
  if (numbers < size) {
    throw new WeightsError(`These weights are ${numbers} numbers; the model of config.json has ${size}.`);
  }
  const parameters = fromHuggingFace(shape, read.tensors);
  const wrong = parameters.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new WeightsError('Among these weights is one that is not a number; nothing can be trained from them.');
  return {
    sha256: await sha256(new Uint8Array(parameters.buffer)),
    model,
    scale: Object.values(scales).find((scale) => sameModel(scale.model, model))?.name ?? null,
    parameters,
  };
}

/** True for models of the same weights: those may see contexts of any length. */
export function sameModel(a: ModelSpec, b: ModelSpec): boolean {
  const [one, other] = [modelShape(a), modelShape(b)];
  const sizes = (['width', 'layers', 'heads'] as const).every((key) => a[key] === b[key]);
  return sizes && rotaryDimensions(one) === rotaryDimensions(other);
}

/** Heads and rotary share are not in the tensors: those of the size that has the same width and depth. */
function modelOfTensors({ tensors }: SafetensorsFile): ModelSpec {
  const width = tensors.get('gpt_neox.embed_in.weight')?.shape[1] ?? 0;
  const layers = [...tensors.keys()].filter((name) => name.endsWith('.mlp.dense_4h_to_h.bias')).length;
  const scale = Object.values(scales).find(({ model }) => model.width === width && model.layers === layers);
  if (scale) return scale.model;
  throw new WeightsError(
    width === 0
      ? 'This file holds no weights of a GPT-NeoX model: the tensor gpt_neox.embed_in.weight is missing.'
      : 'Give config.json together with these weights: how many heads they have is said there alone.',
  );
}

function modelOfConfig(config: unknown): ModelSpec {
  if (typeof config !== 'object' || config === null) throw new WeightsError('config.json does not hold an object.');
  const said = new Map(Object.entries(config));
  const rope = new Map(Object.entries(said.get('rope_parameters') ?? {}));
  const number = (key: string, value: unknown): number => {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new WeightsError(`config.json does not say ${key} as a number.`);
  };
  const whole = (key: string) => {
    const value = number(key, said.get(key));
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new WeightsError(`In config.json, ${key} must be a whole number above 0.`);
  };
  const kind = said.get('model_type') ?? 'gpt_neox';
  if (kind !== 'gpt_neox') {
    throw new WeightsError(`config.json is of a model of the kind ${JSON.stringify(kind)}, not "gpt_neox".`);
  }
  const model = {
    width: whole('hidden_size'),
    layers: whole('num_hidden_layers'),
    heads: whole('num_attention_heads'),
    context: whole('max_position_embeddings'),
    rotaryFraction: number('rotary_pct', said.get('rotary_pct') ?? rope.get('partial_rotary_factor')),
  };
  const base = said.get('rotary_emb_base') ?? rope.get('rope_theta');
  if (base !== undefined) said.set('rotary_emb_base', base);
  const ours = huggingFaceConfig(modelShape(model));
  for (const key of fixed) {
    if (!said.has(key) || said.get(key) === ours[key]) continue;
    throw new WeightsError(
      `In config.json, ${key} is ${JSON.stringify(said.get(key))}; the lab's kernels compute ${JSON.stringify(ours[key])}.`,
    );
  }
  return { ...model, rotaryFraction: Math.min(1, model.rotaryFraction) };
}

/** As a store of stages keeps them, under their sum. */
export function weightsResult({ sha256: node, parameters }: OpenedWeights): StageResult {
  return { record: emptyRecord(node), state: withFreshOptimizer(parameters), losses: new Float32Array() };
}
