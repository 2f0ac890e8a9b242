// The Hugging Face layout: every number at its place by construction, exact there and back, and as PyTorch reads it.

import { describe, expect, it } from 'vitest';
import { headSize, type ModelShape, parameterLayout, rotaryDimensions } from '../../src/engine/model';
import { forwardLosses } from '../../src/engine/reference/model';
import {
  fromHuggingFace,
  HuggingFaceError,
  huggingFaceConfig,
  huggingFacePlaces,
  toHuggingFace,
} from '../../src/train/huggingface';
import { readSafetensors, writeSafetensors } from '../../src/train/safetensors';
import { readTorchFixture } from '../fixtures/torch';

const base: ModelShape = { vocabulary: 12, context: 8, width: 16, layers: 2, heads: 2, rotaryFraction: 0.5 };
const shapes: [string, ModelShape][] = [
  ['half of each head rotated', base],
  ['whole head rotated', { ...base, rotaryFraction: 1 }],
  ['nothing rotated', { ...base, rotaryFraction: 0, layers: 1 }],
  ['heads of 12, a quarter rotated', { ...base, width: 36, heads: 3, rotaryFraction: 0.25 }],
];

/** Every parameter's value is its own index, so a value tells where it came from (exact below 2^24). */
const indices = (model: ModelShape) => Float32Array.from({ length: parameterLayout(model).size }, (_, i) => i);

function offset(model: ModelShape, name: string, layer: number | null): number {
  const tensor = parameterLayout(model).tensors.find((t) => t.name === name && t.layer === layer);
  if (!tensor) throw new Error(name);
  return tensor.offset;
}

describe.each(shapes)('%s', (_, model) => {
  const { width: C, heads: H, layers: L } = model;
  const D = headSize(model);
  const rotated = rotaryDimensions(model);
  const tensors = toHuggingFace(model, indices(model));
  const at = (name: string, i: number) => tensors.get(name)?.data[i];

  it('is exact there and back', () => {
    expect(fromHuggingFace(model, tensors)).toEqual(indices(model));
  });

  it('has every parameter exactly once', () => {
    const seen = [...tensors.values()].flatMap((t) => [...t.data]).sort((a, b) => a - b);
    expect(seen).toEqual([...indices(model)]);
  });

  it('interleaves heads and places rotated pairs half a part apart', () => {
    for (let layer = 0; layer < L; layer++) {
      const weight = offset(model, 'in_proj.weight', layer);
      const bias = offset(model, 'in_proj.bias', layer);
      const name = `gpt_neox.layers.${layer}.attention.query_key_value`;
      for (let part = 0; part < 3; part++) {
        for (let h = 0; h < H; h++) {
          for (let ours = 0; ours < D; ours++) {
            const turned = part < 2 && ours < rotated;
            const theirs = !turned ? ours : ours % 2 === 0 ? ours / 2 : (ours - 1) / 2 + rotated / 2;
            const row = h * 3 * D + part * D + theirs;
            expect(at(`${name}.bias`, row)).toBe(bias + part * C + h * D + ours);
            expect(at(`${name}.weight`, row * C + 3)).toBe(weight + (part * C + h * D + ours) * C + 3);
          }
        }
      }
    }
  });

  it('splits the joint matrices', () => {
    const input = offset(model, 'in_proj.weight', 0);
    const output = offset(model, 'out_proj.weight', 0);
    const block = 'gpt_neox.layers.0';
    for (const [row, column] of [
      [0, 0],
      [1, 2],
      [C - 1, C - 1],
    ] as const) {
      expect(at(`${block}.mlp.dense_h_to_4h.weight`, row * C + column)).toBe(input + (3 * C + row) * C + column);
      expect(at(`${block}.attention.dense.weight`, row * C + column)).toBe(output + row * 5 * C + column);
      expect(at(`${block}.mlp.dense_4h_to_h.weight`, row * 4 * C + column)).toBe(output + row * 5 * C + C + column);
    }
    expect(at(`${block}.mlp.dense_h_to_4h.bias`, 1)).toBe(offset(model, 'in_proj.bias', 0) + 3 * C + 1);
    expect(at(`${block}.attention.dense.bias`, 1)).toBe(offset(model, 'attention.bias', 0) + 1);
    expect(at(`${block}.mlp.dense_4h_to_h.bias`, 1)).toBe(offset(model, 'mlp.bias', 0) + 1);
  });

  it('has the names and shapes of GPTNeoXForCausalLM', () => {
    const V = model.vocabulary;
    const expected: Record<string, number[]> = {
      'gpt_neox.embed_in.weight': [V, C],
      'gpt_neox.final_layer_norm.weight': [C],
      'gpt_neox.final_layer_norm.bias': [C],
      'embed_out.weight': [V, C],
    };
    for (let i = 0; i < L; i++) {
      const block = `gpt_neox.layers.${i}`;
      for (const norm of ['input_layernorm', 'post_attention_layernorm']) {
        expected[`${block}.${norm}.weight`] = [C];
        expected[`${block}.${norm}.bias`] = [C];
      }
      for (const [layer, out, inner] of [
        ['attention.query_key_value', 3 * C, C],
        ['attention.dense', C, C],
        ['mlp.dense_h_to_4h', 4 * C, C],
        ['mlp.dense_4h_to_h', C, 4 * C],
      ] as const) {
        expected[`${block}.${layer}.weight`] = [out, inner];
        expected[`${block}.${layer}.bias`] = [out];
      }
    }
    expect(Object.fromEntries([...tensors].map(([name, t]) => [name, t.shape]))).toEqual(expected);
  });

  it('decays matrices and nothing else', () => {
    for (const { name, shape, decayed } of huggingFacePlaces(model)) expect(decayed, name).toBe(shape.length === 2);
  });
});

describe('tensors of another model', () => {
  const tensors = toHuggingFace(base, indices(base));

  it('a missing tensor is named', () => {
    const fewer = new Map(tensors);
    fewer.delete('embed_out.weight');
    expect(() => fromHuggingFace(base, fewer)).toThrow('The tensor embed_out.weight is missing.');
  });

  it('a wrong shape is named', () => {
    expect(() => fromHuggingFace({ ...base, vocabulary: 16 }, tensors)).toThrow(
      'The tensor gpt_neox.embed_in.weight has the shape [12,16]; this model needs [16,16].',
    );
  });

  it('an unknown tensor is named, old buffers are not', () => {
    const buffer = { shape: [1], data: new Float32Array(1) };
    const old = new Map(tensors).set('gpt_neox.layers.0.attention.rotary_emb.inv_freq', buffer);
    expect(fromHuggingFace(base, old)).toEqual(indices(base));
    expect(() => fromHuggingFace(base, old.set('lm_head.weight', buffer))).toThrow(/lm_head.weight has no place/);
  });

  it('a wrong number of parameters is refused', () => {
    expect(() => toHuggingFace(base, new Float32Array(3))).toThrow(HuggingFaceError);
  });
});

describe('config.json', () => {
  it('says what the kernels compute', () => {
    expect(huggingFaceConfig(base)).toMatchObject({
      model_type: 'gpt_neox',
      architectures: ['GPTNeoXForCausalLM'],
      vocab_size: 12,
      hidden_size: 16,
      intermediate_size: 64,
      num_hidden_layers: 2,
      num_attention_heads: 2,
      hidden_act: 'gelu_new',
      rotary_pct: 0.5,
      rotary_emb_base: 10000,
      layer_norm_eps: 1e-5,
      use_parallel_residual: true,
      tie_word_embeddings: false,
      max_position_embeddings: 8,
      torch_dtype: 'float32',
    });
  });

  it('has a rotary share that truncates to our rotated dimensions, for every head size', () => {
    for (let D = 4; D <= 64; D += 4) {
      for (let rotated = 0; rotated <= D; rotated += 2) {
        const model: ModelShape = { ...base, width: D, heads: 1, rotaryFraction: rotated / D };
        expect(rotaryDimensions(model)).toBe(rotated);
        const share = Number(huggingFaceConfig(model)['rotary_pct']);
        expect(Math.trunc(D * share)).toBe(rotated);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('PyTorch, in the Hugging Face layout', () => {
  const { model, weights, windows, loss } = readTorchFixture();
  const tensors = readSafetensors(writeSafetensors(toHuggingFace(model, weights))).tensors;
  const lossOf = (parameters: Float32Array) => {
    const perWindow = forwardLosses(model, parameters, windows[0] ?? new Uint8Array(0));
    return perWindow.reduce((a, b) => a + b) / perWindow.length;
  };

  // Both compute in float64 from equal weights; see tests/reference/torch.test.ts for the bound.
  it('finds the loss that the mapped weights give', () => {
    expect(Math.abs(lossOf(fromHuggingFace(model, tensors)) / loss - 1)).toBeLessThan(1e-12);
  });

  it.each<[string, ModelShape]>([
    ['rotated pairs left apart', { ...model, rotaryFraction: 0 }],
    ['heads not interleaved', { ...model, heads: 1, rotaryFraction: 0 }],
  ])('would notice %s', (_, wrong) => {
    expect(Math.abs(lossOf(fromHuggingFace(wrong, tensors)) / loss - 1)).toBeGreaterThan(1e-4);
  });
});
