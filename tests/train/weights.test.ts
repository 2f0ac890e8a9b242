// Training that starts from the weights of a file: exactly what goes on from those weights, and files that are none.

import { describe, expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan';
import { scales } from '../../src/experiment/scales';
import type { Arm } from '../../src/experiment/spec';
import { memoryCheckpoints } from '../../src/train/checkpoints';
import { huggingFaceConfig, toHuggingFace } from '../../src/train/huggingface';
import { initialState } from '../../src/train/initialize';
import { type Tensor, writeSafetensors } from '../../src/train/safetensors';
import { modelShape } from '../../src/train/shape';
import { openWeights, sameModel, weightsResult } from '../../src/train/weights';
import { arm, numbers, only, threeArms, tiny, trained } from './fixtures';

const experiment = tiny([arm('rewarm')]);
const shape = modelShape(experiment.model);
const config = huggingFaceConfig(shape);
const { parameters } = initialState(shape, 7);
const tensors = () => toHuggingFace(shape, parameters);
const file = (change: (all: Map<string, Tensor>) => void = () => undefined) => {
  const all = tensors();
  change(all);
  return writeSafetensors(all, { format: 'pt' });
};

/** The second stages alone, from weights. */
const from = (arms: readonly Arm[], sha256: string): Arm[] =>
  arms.map((one) => ({ ...one, init: { kind: 'weights', sha256 }, stages: one.stages.slice(1) }));

describe('a stage that starts from the weights of a file', () => {
  test('is the one that goes on from the same weights, bit for bit', async () => {
    const whole = tiny(threeArms, { seeds: [1, 2] });
    const before = await trained(whole);
    const nodes = plan(whole).nodes;
    const base = nodes.find(({ stageIndex, seed }) => stageIndex === 0 && seed === 2);
    const end = numbers(before, base?.id ?? '').state.parameters;
    const opened = await openWeights(writeSafetensors(toHuggingFace(shape, end)), config);
    const store = memoryCheckpoints();
    await store.put(weightsResult(opened), whole);
    const again = tiny(from(threeArms, opened.sha256), { seeds: [2] });
    const after = await trained(again, { checkpoints: store });
    expect(only(after.events, 'node-failed')).toEqual([]);
    for (const node of plan(again).nodes) {
      const [name] = node.arms;
      const old = nodes.find(({ arms, seed, stageIndex }) => arms.join() === name && seed === 2 && stageIndex === 1);
      const [a, b] = [numbers(after, node.id), numbers(before, old?.id ?? '')];
      expect(a.state).toEqual(b.state);
      expect(a.losses).toEqual(b.losses);
      expect(a.record.final).toEqual(b.record.final);
      // Measured anew where the other knew it from the end before.
      expect(a.record.evaluations).toEqual(b.record.evaluations);
    }
  });

  test('fails with a sentence where the weights are not kept, and others train', async () => {
    const [first, ...others] = threeArms;
    if (!first) throw new Error('there are three arms');
    const { events } = await trained(tiny([...from([first], 'ab'.repeat(32)), ...others]));
    expect(only(events, 'node-failed').map(({ message }) => message)).toEqual([
      "Arm 'floor', stage d1 starts from the weights abababababab, which are not kept here. Open their file, model.safetensors, and run it again.",
    ]);
    expect(only(events, 'node-finished')).toHaveLength(3);
  });

  test('fails where they are of another model', async () => {
    const opened = await openWeights(file(), config);
    const store = memoryCheckpoints();
    const other = tiny(from(threeArms, opened.sha256), { model: { ...experiment.model, layers: 2 } });
    await store.put(weightsResult(opened), other);
    const { events } = await trained(other, { checkpoints: store });
    expect(only(events, 'node-failed')[0]?.message).toMatch(/which are of another model\. Open their file/);
  });

  test('has another id than one from random weights, or from others', () => {
    const ids = [threeArms, from(threeArms, 'a'.repeat(64)), from(threeArms, 'b'.repeat(64))].map(
      (arms) => plan(tiny(arms)).nodes.at(-1)?.id,
    );
    expect(new Set(ids).size).toBe(3);
  });
});

describe('a file', () => {
  test('is read with its configuration, whatever its context and other keys are', async () => {
    const opened = await openWeights(file(), { ...config, max_position_embeddings: 4096, transformers_version: '9' });
    expect(opened.parameters).toEqual(parameters);
    expect(opened.model).toEqual({ ...experiment.model, context: 4096 });
    expect(sameModel(opened.model, experiment.model)).toBe(true);
    expect(sameModel(opened.model, { ...experiment.model, heads: 1 })).toBe(false);
    expect(opened.scale).toBeNull();
    expect(opened.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('of newer releases of transformers says its rotary numbers elsewhere', async () => {
    const { rotary_pct: share, rotary_emb_base: base, ...rest } = config;
    const rope = { rope_parameters: { partial_rotary_factor: share, rope_theta: base } };
    expect((await openWeights(file(), { ...rest, ...rope })).parameters).toEqual(parameters);
    const other = { rope_parameters: { partial_rotary_factor: share, rope_theta: 500 } };
    await expect(openWeights(file(), { ...rest, ...other })).rejects.toThrow(
      /rotary_emb_base is 500; .* compute 10000/,
    );
  });

  test.each(['XS', 'S'] as const)('of size %s needs no configuration', async (name) => {
    const model = modelShape(scales[name].model);
    const bytes = writeSafetensors(toHuggingFace(model, initialState(model, 1).parameters));
    expect(await openWeights(bytes, null)).toMatchObject({ scale: name, model: scales[name].model });
  });

  test.each<[string, object | null, RegExp]>([
    ['without a configuration', null, /^Give config\.json together with these weights/],
    ['of another kind of model', { ...config, model_type: 'llama' }, /of a model of the kind "llama", not "gpt_neox"/],
    ['of another activation', { ...config, hidden_act: 'gelu' }, /hidden_act is "gelu"/],
    ['of another vocabulary', { ...config, vocab_size: 50304 }, /vocab_size is 50304/],
    ['of sequential blocks', { ...config, use_parallel_residual: false }, /use_parallel_residual is false/],
    ['without a number', { ...config, hidden_size: '8' }, /does not say hidden_size as a number/],
    ['of no layers', { ...config, num_hidden_layers: 0 }, /num_hidden_layers must be a whole number above 0/],
    ['of more layers', { ...config, num_hidden_layers: 2 }, /These weights are \d+ numbers; .* has \d+/],
    ['of absurd size', { ...config, hidden_size: 4_000_000, intermediate_size: 16_000_000 }, /cannot be trained/],
    ['of odd heads', { ...config, num_attention_heads: 3 }, /cannot be trained: heads must split the width/],
    ['that is a list', [], /does not say hidden_size/],
  ])('%s is refused', async (_, said, why) => {
    await expect(openWeights(file(), said)).rejects.toThrow(why);
  });

  test('of a damaged kind is refused with its own sentence', async () => {
    await expect(
      openWeights(
        file((all) => all.delete('embed_out.weight')),
        config,
      ),
    ).rejects.toThrow(/numbers; the model/);
    const wrong = file((all) => all.set('embed_out.weight', { shape: [8, 256], data: new Float32Array(2048) }));
    await expect(openWeights(wrong, config)).rejects.toThrow(/embed_out\.weight has the shape \[8,256\]/);
    const spoiled = file((all) => all.get('embed_out.weight')?.data.fill(Number.NaN, 3, 4));
    await expect(openWeights(spoiled, config)).rejects.toThrow(/is one that is not a number/);
    await expect(openWeights(file().subarray(0, 500), config)).rejects.toThrow(/cut off/);
    await expect(openWeights(new TextEncoder().encode('{}'), null)).rejects.toThrow(/too few/);
  });
});
