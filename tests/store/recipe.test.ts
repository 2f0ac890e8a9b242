// The recipe store: what makes an arm an arm, slots that last, and the way from a recipe to an experiment.

import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../../src/experiment/parse';
import { plan } from '../../src/experiment/plan';
import { scales } from '../../src/experiment/scales';
import { learningRate } from '../../src/experiment/schedule';
import { toExperiment } from '../../src/store/experiment';
import { armName, shortArmNames } from '../../src/store/naming';
import { rateAt, rateCurves } from '../../src/store/rates';
import {
  type ArmRecipe,
  type AtSwitch,
  armId,
  armOfDraft,
  canonicalArm,
  createRecipeStore,
  sameSetting,
} from '../../src/store/recipe';

const recipe = (change: Partial<ArmRecipe> = {}): ArmRecipe => ({
  atSwitch: 'rewarm',
  peakMultiple: 1,
  warmupPercent: 1,
  replayPercent: 0,
  ...change,
});
const switches: readonly AtSwitch[] = ['floor', 'rewarm', 'peak', 'infinite-cosine', 'infinite-inverse-sqrt'];
const setting = { shift: 'weak', scale: 'XS', seeds: [1], budget: 1 } as const;

describe('arms', () => {
  test('adding the same draft twice adds one arm', () => {
    const store = createRecipeStore();
    const first = store.getState().addDraft();
    expect(store.getState().addDraft()).toBe(first);
    expect(store.getState().arms).toHaveLength(1);
  });

  test('settings that a schedule does not use make no other arm', () => {
    const store = createRecipeStore();
    store.getState().change({ atSwitch: 'floor' });
    store.getState().addDraft();
    store.getState().change({ peakMultiple: 2, warmupPercent: 5 });
    expect(armOfDraft(store.getState())?.id).toBe('floor');
    store.getState().change({ replayPercent: 5 });
    expect(armOfDraft(store.getState())).toBeUndefined();
  });

  test('an arm keeps its slot when another is removed, and the free slot is used next', () => {
    const store = createRecipeStore();
    const { addDraft, change, remove } = store.getState();
    for (const replayPercent of [0, 1, 5]) {
      change({ replayPercent });
      addDraft();
    }
    remove(armId(recipe({ replayPercent: 1 })));
    expect(store.getState().arms.map((arm) => arm.slot)).toEqual([0, 2]);
    change({ replayPercent: 50 });
    addDraft();
    expect(store.getState().arms.map((arm) => arm.slot)).toEqual([0, 2, 1]);
  });

  test('hiding keeps the arm', () => {
    const store = createRecipeStore();
    const id = store.getState().addDraft();
    store.getState().toggleHidden(id);
    expect(store.getState().arms[0]?.hidden).toBe(true);
    store.getState().toggleHidden(id);
    expect(store.getState().arms[0]?.hidden).toBe(false);
  });

  test('the machine suggests a scale only until the person picks one', () => {
    const store = createRecipeStore();
    store.getState().suggestScale('S');
    expect(store.getState().setting.scale).toBe('S');
    store.getState().set({ scale: 'M' });
    store.getState().suggestScale('XS');
    expect(store.getState().setting.scale).toBe('M');
  });
});

describe('names', () => {
  test('full names say all that is not the default', () => {
    expect(armName(recipe())).toBe('re-warm');
    expect(armName(recipe({ peakMultiple: 2, replayPercent: 25 }))).toBe('re-warm 2×, 25 % replay');
    expect(armName(recipe({ atSwitch: 'floor', peakMultiple: 2 }))).toBe('stay at the floor');
  });

  test('short names say only what differs, and differ', () => {
    expect(shortArmNames([recipe(), recipe({ replayPercent: 25 })])).toEqual(['0 %', '25 %']);
    expect(shortArmNames([recipe({ atSwitch: 'floor' }), recipe()])).toEqual(['floor', 're-warm']);
    expect(shortArmNames([recipe()])).toEqual(['re-warm']);
    const many = switches.flatMap((atSwitch) => [0, 25].map((replayPercent) => recipe({ atSwitch, replayPercent })));
    expect(new Set(shortArmNames(many)).size).toBe(many.length);
  });

  test('ids are letters, digits and dashes and differ for different trainings', () => {
    const recipes = switches.flatMap((atSwitch) =>
      [1, 0.5].flatMap((peakMultiple) =>
        [0, 0.5, 5].map((replayPercent) => recipe({ atSwitch, peakMultiple, replayPercent })),
      ),
    );
    const canonical = new Set(recipes.map((one) => JSON.stringify(canonicalArm(one))));
    const ids = recipes.map(armId);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9-]{1,40}$/);
    expect(new Set(ids).size).toBe(canonical.size);
  });
});

describe('experiment', () => {
  const arms = switches.map((atSwitch) => ({ id: armId(recipe({ atSwitch })), recipe: recipe({ atSwitch }) }));

  test.each(['none', 'weak', 'strong'] as const)('every option of a %s shift is an experiment that parses', (shift) => {
    const experiment = toExperiment({ ...setting, shift, seeds: [1, 2] }, arms);
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  });

  test('arms that begin alike share their first stage', () => {
    const { nodes } = plan(toExperiment(setting, arms));
    // One cosine beginning for floor, rewarm and peak, and one for each infinite schedule.
    expect(nodes.filter((node) => node.stageIndex === 0)).toHaveLength(3);
    expect(nodes.filter((node) => node.stageIndex === 1)).toHaveLength(switches.length);
  });

  test('adding an arm changes no node that was there', () => {
    const before = plan(toExperiment(setting, arms.slice(0, 2))).nodes.map((node) => node.id);
    const after = new Set(plan(toExperiment(setting, arms)).nodes.map((node) => node.id));
    expect(before.filter((id) => !after.has(id))).toEqual([]);
  });

  test('floors are a tenth of their own peak, and the infinite schedule is continuous at the switch', () => {
    const { steps, peak } = scales.XS;
    const experiment = toExperiment(setting, [
      { id: 'a', recipe: recipe({ peakMultiple: 2 }) },
      { id: 'b', recipe: recipe({ atSwitch: 'infinite-cosine' }) },
      { id: 'c', recipe: recipe({ atSwitch: 'floor' }) },
    ]);
    const second = (arm: number) =>
      experiment.arms[arm]?.stages[1]?.schedule ?? { kind: 'constant', warmup: 0, peak: Number.NaN };
    const first = (arm: number) => experiment.arms[arm]?.stages[0]?.schedule ?? second(arm);
    expect(learningRate(second(0), steps, steps)).toBeCloseTo(0.2 * peak, 12);
    expect(learningRate(second(1), 0, steps)).toBe(learningRate(first(1), steps, steps));
    expect(learningRate(second(1), steps, steps)).toBeCloseTo(0.1 * peak, 12);
    expect(learningRate(second(2), 0, steps)).toBe(0.1 * peak);
  });

  test('replay comes from the old data; none is null', () => {
    const experiment = toExperiment({ ...setting, shift: 'strong' }, [
      { id: 'a', recipe: recipe({ replayPercent: 25 }) },
      { id: 'b', recipe: recipe() },
    ]);
    expect(experiment.arms.map((arm) => arm.stages[1]?.mixture)).toEqual([
      { corpus: 'german', replay: { corpus: 'literature', fraction: 0.25 } },
      { corpus: 'german', replay: null },
    ]);
  });
});

describe('budget', () => {
  const arms = [{ id: 'a', recipe: recipe() }];

  test('shortens both stages and measures them less often', () => {
    const whole = toExperiment(setting, arms);
    const quarter = toExperiment({ ...setting, budget: 0.25 }, arms);
    expect(whole.arms[0]?.stages.map(({ steps }) => steps)).toEqual([300, 300]);
    expect(whole.evaluation).toMatchObject(scales.XS.evaluation);
    expect(quarter.arms[0]?.stages.map(({ steps }) => steps)).toEqual([75, 75]);
    expect(quarter.evaluation.points).toBe(10);
    expect(plan(quarter).tokens).toBe(plan(whole).tokens / 4);
  });

  test('is part of what is on the charts', () => {
    expect(sameSetting(setting, { ...setting })).toBe(true);
    expect(sameSetting(setting, { ...setting, budget: 0.5 })).toBe(false);
  });
});

describe('drawn rates', () => {
  const { stages } = toExperiment({ ...setting, scale: 'S' }, [{ id: 'a', recipe: recipe() }]).arms[0] ?? {
    stages: [],
  };

  test('are the trainer’s own, with the warmup’s corner, in at most 200 points', () => {
    const { steps, peak } = scales.S;
    const points = rateCurves(stages).flat();
    expect(points.length).toBeLessThanOrEqual(200);
    expect(Math.max(...points.map((point) => point.rate))).toBe(peak);
    const corner = points.find((point) => point.step === 0.01 * steps);
    expect(corner?.rate).toBe(peak);
  });

  test('a stage starts where the one before ended', () => {
    const [first, second] = rateCurves(stages);
    expect(second?.[0]).toEqual(first?.at(-1));
  });

  test('the rate at a step is that of its stage', () => {
    const { steps } = scales.S;
    expect(rateAt(stages, 0)).toBe(0);
    expect(rateAt(stages, steps)).toBe(0);
    expect(rateAt(stages, steps + 10)).toBe(scales.S.peak);
    expect(rateAt(stages, 2 * steps)).toBeCloseTo(scales.S.floor, 6);
  });
});
