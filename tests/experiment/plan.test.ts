// The plan: shared beginnings are one node, the hash names everything that determines weights and curve and nothing
// else, and the stated costs follow from the nodes.

import { describe, expect, test } from 'vitest';
import { parameterCount } from '../../src/engine/model';
import { forwardFlops, parameters, trainingFlops, vocabulary } from '../../src/experiment/cost';
import { evaluationShare, evaluationSteps } from '../../src/experiment/evaluation';
import { armPath, needs, plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import { type Scale, scales } from '../../src/experiment/scales';
import type { Arm, Experiment, Stage } from '../../src/experiment/spec';

const weak = preset('weak', { scale: 'XS', seeds: [1] });

function withArm(experiment: Experiment, index: number, change: (arm: Arm) => Arm): Experiment {
  return { ...experiment, arms: experiment.arms.map((arm, i) => (i === index ? change(arm) : arm)) };
}

function withStage(experiment: Experiment, index: number, change: Partial<Stage>): Experiment {
  return withArm(experiment, 0, (arm) => ({
    ...arm,
    stages: arm.stages.map((stage, i) => (i === index ? { ...stage, ...change } : stage)),
  }));
}

const ids = (experiment: Experiment) => plan(experiment).nodes.map((node) => node.id);

test('the weak preset at XS', () => {
  const { nodes, tokens, evaluationTokens, flops, id } = plan(weak);
  const lines = nodes.map((node) => ({
    id: node.id,
    parent: needs(node)[0] ?? null,
    stage: node.stage.name,
    arms: node.arms.join(' '),
    evaluations: node.evaluateAt.length,
    tokensBefore: node.tokensBefore,
  }));
  expect({ id, lines, tokens, evaluationTokens, flops }).toMatchSnapshot();
});

describe('the graph', () => {
  test('three arms share one base per seed, parents come first', () => {
    const { nodes } = plan(preset('strong', { scale: 'S', seeds: [1, 2] }));
    expect(nodes.map((node) => [node.stageIndex, node.seed, node.arms.length])).toEqual([
      [0, 1, 3],
      [0, 2, 3],
      ...[1, 2, 1, 2, 1, 2].map((seed) => [1, seed, 1]),
    ]);
    nodes.forEach((node, i) => {
      const parent = nodes.findIndex((other) => needs(node).includes(other.id));
      if (node.stageIndex === 0) expect(node.start).toEqual({ kind: 'random' });
      else expect(parent).toBeLessThan(i);
      if (node.stageIndex > 0) expect(nodes[parent]?.seed).toBe(node.seed);
    });
  });

  test('equal arms are trained once, and arms of different depth share what they have in common', () => {
    const [first] = weak.arms;
    if (first === undefined) throw new Error('no arm');
    const twins = plan({
      ...weak,
      arms: [first, { ...first, id: 'twin' }, { ...first, id: 'base', stages: first.stages.slice(0, 1) }],
    });
    expect(twins.nodes.map((node) => node.arms)).toEqual([
      ['floor', 'twin', 'base'],
      ['floor', 'twin'],
    ]);
    expect(armPath(twins, 'twin', 1)).toHaveLength(2);
    expect(armPath(twins, 'base', 1)).toHaveLength(1);
  });
});

describe('content hashes', () => {
  test('names and labels do not count, and neither does the order of keys', () => {
    const renamed = withArm({ ...weak, name: 'Other', scale: 'custom' }, 0, (arm) => ({ ...arm, id: 'x', label: 'X' }));
    expect(ids(renamed)).toEqual(ids(weak));
    const turned = {
      ...weak,
      model: Object.fromEntries(Object.entries(weak.model).reverse()) as unknown as Experiment['model'],
    };
    expect(ids(turned)).toEqual(ids(weak));
  });

  const cosine = { kind: 'cosine', warmup: 0.01, peak: 1e-3, floor: 1e-4 } as const;
  test.each<[string, Experiment]>([
    ['width', { ...weak, model: { ...weak.model, width: 64 } }],
    ['rotary fraction', { ...weak, model: { ...weak.model, rotaryFraction: 0.25 } }],
    ['batch', { ...weak, batch: 8 }],
    ['seed', { ...weak, seeds: [2] }],
    ['evaluation tokens', { ...weak, evaluation: { ...weak.evaluation, curveTokens: 4096 } }],
    ['evaluation set', { ...weak, evaluation: { ...weak.evaluation, d1: 'german' } }],
    ['steps of the base', withStage(weak, 0, { steps: 299 })],
    ['schedule of the base', withStage(weak, 0, { schedule: cosine })],
    ['corpus of the base', withStage(weak, 0, { mixture: { corpus: 'bible', replay: null } })],
  ])('%s changes the arm from its base on', (_, other) => {
    const before = armPath(plan(weak), 'floor', 1).map((node) => node.id);
    const after = armPath(plan(other), 'floor', other.seeds[0] ?? 0).map((node) => node.id);
    expect(after).toHaveLength(2);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  test.each<[string, Partial<Stage>]>([
    ['optimizer reset', { optimizer: 'keep' }],
    ['replay', { mixture: { corpus: 'speeches', replay: { corpus: 'literature', fraction: 0.01 } } }],
    ['schedule', { schedule: { kind: 'constant', warmup: 0.01, peak: 6e-4 } }],
    ['steps', { steps: 301 }],
    ['schedule that goes on after it', { scheduleSteps: 600 }],
    ['place in the text', { mixture: { corpus: 'speeches', skip: 4800, replay: null } }],
  ])('%s of the second stage leaves the base alone', (_, change) => {
    const before = armPath(plan(weak), 'floor', 1).map((node) => node.id);
    const after = armPath(plan(withStage(weak, 1, change)), 'floor', 1).map((node) => node.id);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});

describe('cost', () => {
  test('tokens are steps times batch times context, of every node once', () => {
    expect(plan(weak).tokens).toBe(4 * 300 * 16 * 64);
    expect(plan(preset('weak', { scale: 'XS', seeds: [1, 2, 3] })).tokens).toBe(3 * 4 * 300 * 16 * 64);
  });

  const share = (scale: Scale, steps: number) => {
    const { tokens, evaluationTokens } = plan(preset('weak', { scale: scale.name, seeds: [1], steps }));
    const value = evaluationShare(scale.model, tokens, evaluationTokens);
    process.stdout.write(
      `evaluation at ${scale.name}, ${steps} steps a stage: ${(100 * value).toFixed(1)} % of training\n`,
    );
    return value;
  };

  test.each(Object.values(scales))('evaluation at $name costs less than 30 % of training', (scale) => {
    expect(share(scale, scale.steps)).toBeLessThan(0.3);
  });

  test.each(Object.values(scales))(
    'in stages a fifth as long at $name, less than 60 %: the final sets stay whole',
    (scale) => {
      expect(share(scale, scale.steps / 5)).toBeLessThan(0.6);
    },
  );

  test.each(Object.values(scales))('parameters at $name agree with the layout', (scale) => {
    expect(parameters(scale.model)).toBe(parameterCount({ ...scale.model, vocabulary }));
  });

  test('operations of a token, counted product by product', () => {
    const { width: C, layers: L, context: T } = scales.S.model;
    const products = [3 * C * C, C * C, 4 * C * C, 4 * C * C].map((weights) => 2 * weights);
    // Scores and weighted values: 2 C each for every position from the first to the token's own.
    const positions = Array.from({ length: T }, (_, t) => 4 * C * (t + 1)).reduce((a, b) => a + b) / T;
    const forward = L * (products.reduce((a, b) => a + b) + positions) + 2 * 256 * C;
    expect(forwardFlops(scales.S.model)).toBe(forward);
    expect(trainingFlops(scales.S.model)).toBe(3 * forward);
  });
});

describe('evaluation steps', () => {
  test('zero, each of the first steps, every ten up to a tenth, then evenly, and the end', () => {
    expect(evaluationSteps(100, { denseSteps: 3, points: 4 })).toEqual([0, 1, 2, 3, 10, 25, 50, 75, 100]);
    expect(evaluationSteps(400, { denseSteps: 2, points: 2 })).toEqual([0, 1, 2, 10, 20, 30, 40, 200, 400]);
    expect(evaluationSteps(10, { denseSteps: 0, points: 1 })).toEqual([0, 10]);
    expect(evaluationSteps(1, { denseSteps: 1, points: 3 })).toEqual([0, 1]);
  });

  test('a stage of 300 steps is measured about every 2.5 %', () => {
    const at = evaluationSteps(300, { denseSteps: 20, points: 40 });
    const gaps = at.slice(1).map((step, i) => step - (at[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(8);
    expect(at.slice(0, 23)).toEqual([...Array.from({ length: 21 }, (_, i) => i), 23, 30]);
  });

  test('a short stage is measured eight times or every five steps, and two of its first steps', () => {
    expect(evaluationSteps(15, { denseSteps: 20, points: 40 })).toEqual([0, 1, 2, 4, 6, 8, 9, 11, 13, 15]);
    expect(evaluationSteps(100, { denseSteps: 20, points: 40 }).filter((step) => step > 10)).toHaveLength(18);
  });
});
