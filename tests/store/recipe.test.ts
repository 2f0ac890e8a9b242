// The recipe store: what makes an arm an arm, slots that last, and the way from a recipe to an experiment.

import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/experiment/hash';
import { parseExperiment } from '../../src/experiment/parse';
import { plan } from '../../src/experiment/plan';
import { toExperiment } from '../../src/experiment/recipe/experiment';
import { armName, shortArmNames } from '../../src/experiment/recipe/naming';
import { type AtSwitch, presetOf, presetSchedules } from '../../src/experiment/recipe/presets';
import { type ArmRecipe, armId, armOfDraft, canonicalArm, sameSetting } from '../../src/experiment/recipe/recipe';
import { counts, numbersOf, type ScheduleRecipe, withKind, withNumber } from '../../src/experiment/recipe/schedule';
import { scales } from '../../src/experiment/scales';
import { learningRate, type ScheduleNumber, scheduleEntries } from '../../src/experiment/schedules';
import { rateAt, rateCurves } from '../../src/store/rates';
import { createRecipeStore } from '../../src/store/recipe';
import { machine, slow } from './worker';

const recipe = (name: AtSwitch = 'rewarm', peak = 1, replayPercent = 0): ArmRecipe => ({
  ...presetSchedules(name, peak),
  replayPercent,
});
const switches: readonly AtSwitch[] = ['floor', 'rewarm', 'peak', 'infinite-cosine', 'infinite-inverse-sqrt'];
const kinds = scheduleEntries.map(({ id }) => id);
const setting = { shift: 'weak', scale: 'XS', seeds: [1], budget: 1 } as const;

/** Every pair of kinds, and of each pair every recipe that differs from it in one number. */
const shaped: readonly ArmRecipe[] = kinds.flatMap((first) =>
  kinds.flatMap((second) => {
    const base: ArmRecipe = {
      first: withKind(recipe().first, first, 'first'),
      second: withKind(recipe().second, second, 'second'),
      replayPercent: 0,
    };
    const others = (['first', 'second'] as const).flatMap((stage) =>
      numbersOf(base[stage]).map((name) => ({ ...base, [stage]: withNumber(base[stage], name, 0.7) })),
    );
    return [base, ...others, { ...base, replayPercent: 5 }];
  }),
);
/** Those and the presets, each training once. */
const trainings: readonly ArmRecipe[] = [
  ...new Map(
    [
      ...shaped,
      ...switches.flatMap((name) => [0, 0.5, 5].flatMap((replay) => [0.5, 1, 2].map((p) => recipe(name, p, replay)))),
    ].map((one) => [canonicalJson(canonicalArm(one)), one]),
  ).values(),
];

describe('arms', () => {
  test('adding the same draft twice adds one arm', () => {
    const store = createRecipeStore();
    const first = store.addDraft();
    expect(store.addDraft()).toBe(first);
    expect(store.getState().arms).toHaveLength(1);
  });

  test('settings that a schedule does not use make no other arm', () => {
    const store = createRecipeStore();
    store.change(presetSchedules('infinite-cosine'));
    store.addDraft();
    const { second } = store.getState().draft;
    store.change({ second: { ...second, peak: 3 } });
    expect(armOfDraft(store.getState())?.id).toBe('infinite-cosine');
    store.change({ second: withNumber(second, 'constant', 0.3) });
    expect(armOfDraft(store.getState())).toBeUndefined();
  });

  test('an arm keeps its slot when another is removed, and the free slot is used next', () => {
    const store = createRecipeStore();
    const { addDraft, change, remove } = store;
    for (const replayPercent of [0, 1, 5]) {
      change({ replayPercent });
      addDraft();
    }
    remove(armId(recipe('rewarm', 1, 1)));
    expect(store.getState().arms.map((arm) => arm.slot)).toEqual([0, 2]);
    change({ replayPercent: 50 });
    addDraft();
    expect(store.getState().arms.map((arm) => arm.slot)).toEqual([0, 2, 1]);
  });

  test('hiding keeps the arm', () => {
    const store = createRecipeStore();
    const id = store.addDraft();
    store.toggleHidden(id);
    expect(store.getState().arms[0]?.hidden).toBe(true);
    store.toggleHidden(id);
    expect(store.getState().arms[0]?.hidden).toBe(false);
  });

  test('the machine suggests a scale only until the person picks one', () => {
    const store = createRecipeStore();
    store.fit(machine);
    expect(store.getState().setting.scale).toBe('S');
    store.set({ scale: 'M' });
    store.fit(machine);
    expect(store.getState().setting.scale).toBe('M');
    // What was picked is not forgotten where it cannot be trained.
    store.fit(slow);
    expect(store.getState()).toMatchObject({ setting: { scale: 'XS' }, picked: 'M' });
    store.fit(machine);
    expect(store.getState().setting.scale).toBe('M');
  });
});

describe('presets', () => {
  test.each(switches)('%s is known again by its numbers, also after another size', (name) => {
    expect(presetOf(recipe(name))).toEqual({ name, peak: 1 });
    const store = createRecipeStore();
    store.change(presetSchedules(name));
    store.set({ scale: 'M' });
    expect(presetOf(store.getState().draft)).toEqual({ name, peak: 1 });
  });

  test('two of them have a peak', () => {
    expect(presetOf(recipe('rewarm', 2))).toEqual({ name: 'rewarm', peak: 2 });
    expect(presetOf(recipe('peak', 0.5))).toEqual({ name: 'peak', peak: 0.5 });
  });

  test('any number changed by hand makes it custom, and changed back the preset', () => {
    for (const name of switches) {
      const preset = recipe(name);
      for (const stage of ['first', 'second'] as const) {
        for (const number of numbersOf(preset[stage])) {
          // The peak of a constant is what the preset 'peak' is asked for.
          if ((stage === 'second' && number === 'peak') || !counts(preset[stage], number)) continue;
          const changed = withNumber(preset[stage], number, 0.3);
          expect({ name, number, preset: presetOf({ ...preset, [stage]: changed }) }).toMatchObject({ preset: null });
        }
      }
    }
    const custom = withNumber(recipe().second, 'floor', 0.3);
    expect(presetOf({ ...recipe(), second: withNumber(custom, 'floor', 0.1) })?.name).toBe('rewarm');
  });
});

describe('names', () => {
  test('full names say all that is not the default', () => {
    expect(armName(recipe())).toBe('re-warm');
    expect(armName(recipe('rewarm', 2, 25))).toBe('re-warm 2×, 25 % replay');
    expect(armName(recipe('peak', 2))).toBe('re-warm, no decay 2×');
    expect(armName(recipe('floor'))).toBe('stay at the floor');
    expect(armName(recipe('infinite-inverse-sqrt'))).toBe('infinite, inverse root');
  });

  test('shaped by hand, by the kinds and the numbers that differ from the paper’s', () => {
    const second = (change: (schedule: ScheduleRecipe) => ScheduleRecipe) => ({
      ...recipe(),
      second: change(recipe().second),
    });
    expect(armName(second((s) => withNumber(s, 'warmup', 0.05)))).toBe('re-warm, 5 % warmup');
    expect(armName(second((s) => withNumber(s, 'floor', 0.3)))).toBe('re-warm, floor 0.3×');
    expect(armName(second((s) => withNumber(s, 'peak', 2)))).toBe('re-warm 2×, floor 0.1×');
    expect(armName({ ...recipe(), first: withNumber(recipe().first, 'peak', 0.5) })).toBe(
      're-warm, D0 peak 0.5×, D0 floor 0.1×',
    );
    expect(armName(second((s) => withNumber(withKind(s, 'infinite-cosine', 'second'), 'cooldownEnd', 0.4)))).toBe(
      'infinite (cosine) after cosine, cooldown to 40 %',
    );
  });

  test('short names say only what differs', () => {
    expect(shortArmNames([recipe(), recipe('rewarm', 1, 25)])).toEqual(['0 %', '25 %']);
    expect(shortArmNames([recipe('rewarm', 1), recipe('rewarm', 2)])).toEqual(['1×', '2×']);
    expect(shortArmNames([recipe('floor'), recipe()])).toEqual(['floor', 're-warm']);
    expect(shortArmNames([recipe('floor'), recipe('rewarm', 1), recipe('rewarm', 2)])).toEqual([
      'floor',
      're-warm 1×',
      're-warm 2×',
    ]);
    expect(shortArmNames([recipe()])).toEqual(['re-warm']);
    const sharp = { ...recipe(), second: withNumber(recipe().second, 'floor', 0.3) };
    expect(shortArmNames([recipe(), sharp])).toEqual(['re-warm', 'floor 0.3×']);
  });

  test('names and ids differ for different trainings', () => {
    expect(trainings.length).toBeGreaterThan(150);
    for (const names of [trainings.map(armName), shortArmNames(trainings), trainings.map(armId)]) {
      const twice = names.filter((name, i) => names.indexOf(name) < i);
      expect(twice).toEqual([]);
    }
  });

  test('ids are what an experiment takes, and those of presets can be read', () => {
    for (const one of trainings) expect(armId(one)).toMatch(/^[A-Za-z0-9-]{1,40}$/);
    expect(armId(recipe('rewarm', 2, 0.5))).toBe('rewarm-2x-replay0p5');
    expect(armId({ ...recipe(), second: withNumber(recipe().second, 'floor', 0.3) })).toMatch(/^custom-[0-9a-f]{16}$/);
  });
});

describe('experiment', () => {
  const arms = switches.map((name) => ({ id: armId(recipe(name)), recipe: recipe(name) }));

  test.each(['none', 'weak', 'strong'] as const)('every option of a %s shift is an experiment that parses', (shift) => {
    const experiment = toExperiment({ ...setting, shift, seeds: [1, 2] }, arms);
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  });

  test.each(['XS', 'S', 'M', 'L'] as const)(
    'every kind in every stage is an experiment that parses, at %s',
    (scale) => {
      for (const one of shaped) {
        const experiment = toExperiment({ ...setting, scale }, [{ id: armId(one), recipe: one }]);
        expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
        const { peak } = scales[scale];
        for (const [stage, { schedule }] of experiment.arms[0]?.stages.entries() ?? []) {
          const from = stage === 0 ? one.first : one.second;
          for (const step of [0, 3, 50, 170, 299]) {
            expect(learningRate(schedule, step, 300)).toBeCloseTo(peak * learningRate(from, step, 300), 12);
          }
        }
      }
    },
  );

  test('a label longer than an experiment allows is cut, the id is not', () => {
    const odd: Partial<Record<ScheduleNumber, number>> = { warmup: 0.02, peak: 3, alpha: 3, floor: 0.2, constant: 0.7 };
    const shape = (schedule: ScheduleRecipe) =>
      numbersOf(schedule).reduce((s, name) => withNumber(s, name, odd[name] ?? Number.NaN), schedule);
    const long: ArmRecipe = {
      first: shape(withKind(recipe().first, 'infinite-inverse-sqrt', 'first')),
      second: shape(withKind(recipe().second, 'infinite-cosine', 'second')),
      replayPercent: 50,
    };
    expect(armName(long).length).toBeGreaterThan(80);
    const experiment = toExperiment(setting, [{ id: armId(long), recipe: long }]);
    expect(experiment.arms[0]?.label).toHaveLength(80);
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  });

  test('arms that begin alike share their first stage', () => {
    const { nodes } = plan(toExperiment(setting, arms));
    // One cosine beginning for floor, rewarm and peak, and one for each infinite schedule.
    expect(nodes.filter((node) => node.stageIndex === 0)).toHaveLength(3);
    expect(nodes.filter((node) => node.stageIndex === 1)).toHaveLength(switches.length);
  });

  test('so do arms shaped by hand', () => {
    const store = createRecipeStore();
    store.change(presetSchedules('infinite-cosine'));
    store.addDraft();
    const { first, second } = store.getState().draft;
    // The floor of the first stage is not met, so another one makes no other training.
    const sunk = first.kind === 'infinite' ? { ...first, floor: 0.05 } : first;
    expect(sunk).not.toEqual(first);
    store.change({ first: sunk, second: withNumber(second, 'constant', 0.4) });
    store.addDraft();
    const { nodes } = plan(toExperiment(setting, store.getState().arms));
    expect(nodes.map(({ stageIndex, arms: { length } }) => [stageIndex, length])).toEqual([
      [0, 2],
      [1, 1],
      [1, 1],
    ]);
  });

  test('adding an arm changes no node that was there', () => {
    const before = plan(toExperiment(setting, arms.slice(0, 2))).nodes.map((node) => node.id);
    const after = new Set(plan(toExperiment(setting, arms)).nodes.map((node) => node.id));
    expect(before.filter((id) => !after.has(id))).toEqual([]);
  });

  test('floors are a tenth of their own peak, and the infinite schedule is continuous at the switch', () => {
    const { steps, peak } = scales.XS;
    const experiment = toExperiment(setting, [
      { id: 'a', recipe: recipe('rewarm', 2) },
      { id: 'b', recipe: recipe('infinite-cosine') },
      { id: 'c', recipe: recipe('floor') },
    ]);
    const second = (arm: number) =>
      experiment.arms[arm]?.stages[1]?.schedule ?? { kind: 'constant', warmup: 0, peak: Number.NaN };
    const first = (arm: number) => experiment.arms[arm]?.stages[0]?.schedule ?? second(arm);
    expect(learningRate(second(0), steps, steps)).toBeCloseTo(0.2 * peak, 12);
    expect(learningRate(second(1), 0, steps)).toBe(learningRate(first(1), steps, steps));
    expect(learningRate(second(1), steps, steps)).toBeCloseTo(0.1 * peak, 12);
    expect(learningRate(second(2), 0, steps)).toBe(6e-4);
  });

  test('replay comes from the old data; none is null', () => {
    const experiment = toExperiment({ ...setting, shift: 'strong' }, [
      { id: 'a', recipe: recipe('rewarm', 1, 25) },
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
    expect(rateAt(stages, 2 * steps)).toBeCloseTo(0.1 * scales.S.peak, 6);
  });
});
