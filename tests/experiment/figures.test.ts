// The figures as values: each parses, plans at every scale within the limits, and trains what the papers say.

import { describe, expect, test } from 'vitest';
import { figureIds, figures } from '../../src/experiment/figures';
import { contentHash } from '../../src/experiment/hash';
import { parseExperiment } from '../../src/experiment/parse';
import { armPath, plan } from '../../src/experiment/plan';
import { learningRate, stageRate } from '../../src/experiment/schedules';
import type { Arm, Experiment, ScaleName } from '../../src/experiment/spec';

const options = { scale: 'XS', seeds: [1, 2], budget: 1 } as const;
const experiment = (id: keyof typeof figures, part: number, scale: ScaleName = 'XS'): Experiment => {
  const found = figures[id].parts({ ...options, scale })[part]?.experiment;
  if (!found) throw new Error(`figure ${id} has no part ${part}`);
  return found;
};
const arm = (from: Experiment, id: string): Arm => {
  const found = from.arms.find((one) => one.id === id);
  if (!found) throw new Error(`no arm ${id}`);
  return found;
};
const nodes = (from: Experiment) => new Set(plan(from).nodes.map((node) => node.id));

describe.each(figureIds)('figure %s', (id) => {
  test.each(['XS', 'S', 'M', 'L'] as const)('at %s is a sound experiment for any budget', (scale) => {
    for (const budget of [1, 0.1]) {
      for (const part of figures[id].parts({ ...options, scale, budget })) {
        expect(parseExperiment(JSON.parse(JSON.stringify(part.experiment)))).toEqual(part.experiment);
        expect(part.references.filter((one) => !part.experiment.arms.some((a) => a.id === one))).toEqual([]);
      }
    }
  });

  test('says what it asks, in a sentence, and has its own claims', () => {
    const { question, watch, claims, measures } = figures[id];
    expect(question).toMatch(/^[A-Z].*\?$/);
    expect(watch).toMatch(/^[A-Z].*[.?]$/);
    expect(claims.length).toBeGreaterThan(0);
    expect(measures.length).toBeGreaterThan(0);
  });

  test('numbers of the paper belong to arms that are trained', () => {
    for (const {
      key,
      experiment: { arms },
    } of figures[id].parts(options)) {
      const names = arms.map((one) => one.id);
      for (const named of Object.keys(figures[id].paper[key]?.arms ?? {})) expect(names).toContain(named);
    }
  });
});

describe('what figures share', () => {
  test('after Figure 4, Figure 5 trains neither the base nor the run without replay nor the union', () => {
    for (const part of [0, 1]) {
      const four = nodes(experiment('4', part));
      const five = plan(experiment('5', part));
      for (const shared of ['rewarm', 'union'])
        for (const seed of options.seeds)
          for (const node of armPath(five, shared, seed)) expect(four.has(node.id)).toBe(true);
      expect(five.nodes.filter((node) => !four.has(node.id)).every((node) => node.arms[0]?.startsWith('replay'))).toBe(
        true,
      );
    }
  });

  test('Figures 3, 6 and 8 find their common runs in Figure 4, and Figure 9 its cosine', () => {
    const four = nodes(experiment('4', 0));
    const known = (id: keyof typeof figures, name: string) =>
      armPath(plan(experiment(id, 0)), name, 1).every((node) => four.has(node.id));
    expect([known('3', 'rewarm'), known('6', 'rewarm'), known('6', 'scratch'), known('8', 'floor')]).toEqual(
      Array(4).fill(true),
    );
    expect(known('9', 'scratch')).toBe(true);
    expect(known('7', 'rewarm')).toBe(true);
  });
});

describe('settings of the papers', () => {
  test('the union reads both texts in proportion, over the tokens of both', () => {
    const weak = arm(experiment('4', 0), 'union').stages[0];
    const strong = arm(experiment('4', 1), 'union').stages[0];
    expect(weak).toMatchObject({ steps: 600, mixture: { replay: { fraction: 0.5 } } });
    expect(strong).toMatchObject({ steps: 500, mixture: { replay: { fraction: 0.6 } } });
  });

  test('the strong shift trains two thirds as long on D1 as on D0', () => {
    expect(arm(experiment('5', 1), 'rewarm').stages.map((stage) => stage.steps)).toEqual([300, 200]);
  });

  test('an earlier checkpoint lies on the base, at 7 % and 19 % of its schedule', () => {
    const from = experiment('gupta-5', 0, 'S');
    const base = arm(from, 'rewarm').stages[0];
    for (const [id, steps] of [
      ['from-7', 70],
      ['from-19', 190],
    ] as const) {
      const part = arm(from, id).stages[0];
      expect(part?.steps).toBe(steps);
      if (!part || !base) throw new Error('no base');
      for (const step of [0, 9, steps - 1]) expect(stageRate(part, step)).toBe(stageRate(base, step));
    }
  });

  test('both sizes of Figure 7 take the same steps and batches, and differ in size and rate', () => {
    const [small, large] = [experiment('7', 0), experiment('7', 1)];
    expect([large.batch, large.model.context]).toEqual([small.batch, small.model.context]);
    expect(arm(large, 'union').stages[0]?.steps).toBe(arm(small, 'union').stages[0]?.steps);
    expect(large.model.width).toBe(2 * small.model.width);
    expect(large.scale).toBe('S');
  });

  test('all continued runs reset the optimizer at the border; only the anneal keeps it', () => {
    for (const id of figureIds) {
      for (const {
        experiment: { arms },
      } of figures[id].parts(options)) {
        for (const stage of arms.flatMap((one) => one.stages)) {
          expect(stage.optimizer).toBe(stage.name === 'anneal' ? 'keep' : 'reset');
        }
      }
    }
  });

  test('infinite schedules: constant midway, phases end at 1, 60, 85 and 100 %', () => {
    const schedule = arm(experiment('9', 0), 'invsqrt-inf').stages[0]?.schedule;
    if (!schedule) throw new Error('no schedule');
    const at = (share: number) => learningRate(schedule, 1000 * share, 1000);
    expect([at(0.01), at(0.6), at(0.85), at(1)].map((rate) => Number(rate.toPrecision(6)))).toEqual([
      6e-3, 3.3e-3, 3.3e-3, 6e-4,
    ]);
  });

  test('the trunk of Figure 10 never anneals, and each branch goes on where the trunk stopped reading', () => {
    const splits = experiment('10', 0);
    const steps = 100;
    for (const kind of ['cosine-inf', 'invsqrt-inf']) {
      const trunk = arm(splits, kind);
      expect(trunk.stages.map((stage) => stage.mixture.corpus)).toEqual(['speeches/1', 'speeches/2', 'speeches/3']);
      const rates = trunk.stages.map((stage) => stageRate(stage, steps - 1));
      expect(Math.min(...rates)).toBeGreaterThanOrEqual(3.3e-3);
      for (const split of [1, 2, 3]) {
        const branch = arm(splits, `${kind}-anneal-${split}`).stages;
        expect(branch.slice(0, -1)).toEqual(trunk.stages.slice(0, split));
        const last = branch.at(-1);
        expect(last).toMatchObject({ steps: 15, mixture: { corpus: `speeches/${split}`, skip: steps * splits.batch } });
        if (!last) throw new Error('no branch');
        expect(stageRate(last, 0)).toBeCloseTo(3.3e-3, 12);
        expect(stageRate(last, 15)).toBeCloseTo(6e-4, 12);
      }
    }
    expect(plan(splits).nodes.filter((node) => node.seed === 1)).toHaveLength(3 + 2 * 6);
  });
});

// Stages that were trained once, here or on another machine, are found again by these.
test('ids of the figures’ stages stay what they are', () => {
  const ids = (['XS', 'S', 'M', 'L'] as const).flatMap((scale) =>
    figureIds.flatMap((id) =>
      figures[id]
        .parts({ scale, seeds: [1], budget: 1 })
        .map((part) => `${scale} ${id} ${part.key} ${contentHash(plan(part.experiment).nodes.map((node) => node.id))}`),
    ),
  );
  expect(ids).toMatchSnapshot();
});
