// The same weights in the names and layout of Hugging Face's GPTNeoXForCausalLM, and back. Numbers are only
// moved, never changed, so a round trip is exact. Three things differ from our layout (src/engine/model.ts):
// queries, keys and values are interleaved head by head; matrices that we store as one are two; and the pairs
// that rotary embedding turns lie half a rotated part apart instead of side by side.

import type { ModelShape, ParameterTensor } from '../engine/model';
import { headSize, parameterLayout, rotaryDimensions } from '../engine/model';
import type { Tensor } from './safetensors';

/** The tensors are not those of this model; `message` is a plain sentence that names the tensor. */
export class HuggingFaceError extends Error {
  override readonly name = 'HuggingFaceError';
}

/** One Hugging Face tensor as equally long runs of consecutive numbers in our flat buffer. */
export interface HuggingFacePlace {
  readonly name: string;
  readonly shape: readonly number[];
  /** True when AdamW decays its numbers. */
  readonly decayed: boolean;
  /** Numbers in each run. */
  readonly run: number;
  /** First number of each run, in the order in which the Hugging Face tensor holds them. */
  readonly starts: readonly number[];
}

/** Buffers that older Hugging Face files hold beside the weights; they carry nothing that is learned. */
const ignoredName = /\.attention\.(bias|masked_bias|rotary_emb\.inv_freq)$/;

export function toHuggingFace(model: ModelShape, parameters: Float32Array): Map<string, Tensor> {
  const { size } = parameterLayout(model);
  if (parameters.length !== size) {
    throw new HuggingFaceError(`This model has ${size} parameters, but ${parameters.length} were given.`);
  }
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, run, starts } of huggingFacePlaces(model)) {
    const data = new Float32Array(run * starts.length);
    starts.forEach((start, i) => {
      data.set(parameters.subarray(start, start + run), i * run);
    });
    tensors.set(name, { shape, data });
  }
  return tensors;
}

export function fromHuggingFace(model: ModelShape, tensors: ReadonlyMap<string, Tensor>): Float32Array<ArrayBuffer> {
  const parameters = new Float32Array(parameterLayout(model).size);
  const places = huggingFacePlaces(model);
  for (const { name, shape, run, starts } of places) {
    const tensor = tensors.get(name);
    if (!tensor) throw new HuggingFaceError(`The tensor ${name} is missing.`);
    if (tensor.shape.join() !== shape.join()) {
      throw new HuggingFaceError(`The tensor ${name} has the shape [${tensor.shape}]; this model needs [${shape}].`);
    }
    starts.forEach((start, i) => {
      parameters.set(tensor.data.subarray(i * run, (i + 1) * run), start);
    });
  }
  const known = new Set(places.map((place) => place.name));
  for (const name of tensors.keys()) {
    if (!known.has(name) && !ignoredName.test(name)) {
      throw new HuggingFaceError(`The tensor ${name} has no place in this model.`);
    }
  }
  return parameters;
}

/** Where each Hugging Face tensor's numbers lie in our flat buffer; every parameter is in exactly one. */
export function huggingFacePlaces(model: ModelShape): HuggingFacePlace[] {
  const layout = parameterLayout(model);
  return layout.tensors.flatMap((tensor) => {
    const decayed = tensor.offset < layout.decayed;
    return tensorPlaces(model, tensor).map(({ name, shape, run, starts }) => ({ name, shape, decayed, run, starts }));
  });
}

type Place = Omit<HuggingFacePlace, 'decayed'>;

/** What one of our tensors becomes: itself under another name, or the parts it joins. */
function tensorPlaces(model: ModelShape, tensor: ParameterTensor): Place[] {
  const C = model.width;
  const { offset, shape } = tensor;
  const block = `gpt_neox.layers.${tensor.layer}`;
  const whole = (name: string): Place[] => [{ name, shape, run: elements(shape), starts: [offset] }];
  switch (tensor.name) {
    case 'embed_in':
      return whole('gpt_neox.embed_in.weight');
    case 'embed_out':
      return whole('embed_out.weight');
    case 'final_ln.weight':
    case 'final_ln.bias':
      return whole(tensor.name.replace('final_ln', 'gpt_neox.final_layer_norm'));
    case 'ln1.weight':
    case 'ln1.bias':
      return whole(tensor.name.replace('ln1', `${block}.input_layernorm`));
    case 'ln2.weight':
    case 'ln2.bias':
      return whole(tensor.name.replace('ln2', `${block}.post_attention_layernorm`));
    case 'attention.bias':
      return whole(`${block}.attention.dense.bias`);
    case 'mlp.bias':
      return whole(`${block}.mlp.dense_4h_to_h.bias`);
    case 'in_proj.weight':
    case 'in_proj.bias': {
      const kind = tensor.name.slice('in_proj.'.length);
      const row = kind === 'weight' ? C : 1;
      const inner = shape.slice(1);
      const starts = queryKeyValueRows(model).map((r) => offset + r * row);
      const up = [offset + 3 * C * row];
      return [
        { name: `${block}.attention.query_key_value.${kind}`, shape: [3 * C, ...inner], run: row, starts },
        { name: `${block}.mlp.dense_h_to_4h.${kind}`, shape: [4 * C, ...inner], run: 4 * C * row, starts: up },
      ];
    }
    case 'out_proj.weight': {
      const starts = Array.from({ length: C }, (_, r) => offset + r * 5 * C);
      return [
        { name: `${block}.attention.dense.weight`, shape: [C, C], run: C, starts },
        { name: `${block}.mlp.dense_4h_to_h.weight`, shape: [C, 4 * C], run: 4 * C, starts: starts.map((s) => s + C) },
      ];
    }
    default:
      throw new HuggingFaceError(`The parameter ${tensor.name} has no Hugging Face name.`);
  }
}

/** For each row of Hugging Face's query_key_value ([head][query, key, value][dimension]) our row of in_proj. */
function queryKeyValueRows(model: ModelShape): number[] {
  const D = headSize(model);
  const rotated = rotaryDimensions(model);
  const rows: number[] = [];
  for (let head = 0; head < model.heads; head++) {
    for (const part of [0, 1, 2]) {
      for (let d = 0; d < D; d++) {
        const place = part < 2 && d < rotated ? neighbourPlace(d, rotated) : d;
        rows.push(part * model.width + head * D + place);
      }
    }
  }
  return rows;
}

/** Our place of rotated dimension d: pairs (i, i + rotated/2) become neighbours (2i, 2i + 1). */
function neighbourPlace(d: number, rotated: number): number {
  const half = rotated / 2;
  return d < half ? 2 * d : 2 * (d - half) + 1;
}

/** The content of config.json. Older and newer releases of transformers both read the rotary keys used here. */
export function huggingFaceConfig(model: ModelShape): Record<string, unknown> {
  return {
    architectures: ['GPTNeoXForCausalLM'],
    model_type: 'gpt_neox',
    vocab_size: model.vocabulary,
    hidden_size: model.width,
    num_hidden_layers: model.layers,
    num_attention_heads: model.heads,
    intermediate_size: 4 * model.width,
    hidden_act: 'gelu_new',
    max_position_embeddings: model.context,
    layer_norm_eps: 1e-5,
    use_parallel_residual: true,
    tie_word_embeddings: false,
    attention_bias: true,
    attention_dropout: 0,
    hidden_dropout: 0,
    rotary_pct: rotaryShare(model),
    rotary_emb_base: 10000,
    // Tokens are plain bytes: none of the 256 begins or ends a text.
    bos_token_id: null,
    eos_token_id: null,
    use_cache: true,
    torch_dtype: 'float32',
  };
}

/** A number p with int(head size * p) equal to our rotated dimensions, in double precision as Python computes it. */
function rotaryShare(model: ModelShape): number {
  const D = headSize(model);
  const rotated = rotaryDimensions(model);
  const exact = rotated / D;
  return Math.trunc(D * exact) === rotated ? exact : exact * (1 + 2 * Number.EPSILON);
}

function elements(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
