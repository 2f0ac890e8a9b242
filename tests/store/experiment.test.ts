// The same arm from the Lab and from a figure is the same plan node, so whoever has trained it in one finds it in the other.

import { describe, expect, expectTypeOf, test } from 'vitest';
import { shifts } from '../../src/experiment/compose';
import { type ArmId, namedArm } from '../../src/experiment/figures/arms';
import { studyExperiment } from '../../src/experiment/figures/study';
import { armPath, plan } from '../../src/experiment/plan';
import { toExperiment } from '../../src/experiment/recipe/experiment';
import { type AtSwitch, presetSchedules } from '../../src/experiment/recipe/presets';
import type { ArmRecipe } from '../../src/experiment/recipe/recipe';
import { withKind, withNumber } from '../../src/experiment/recipe/schedule';
import { scales } from '../../src/experiment/scales';
import { learningRate, type Schedule, toSchedule } from '../../src/experiment/schedules';
import type { Multiple } from '../../src/experiment/schedules/entry';
import { infinite } from '../../src/experiment/schedules/infinite';

const quick = (name: AtSwitch, peak = 1, replayPercent = 0): ArmRecipe => ({
  ...presetSchedules(name, peak),
  replayPercent,
});
const warmed = (warmup: number): ArmRecipe => {
  const arm = quick('rewarm');
  return { ...arm, second: withNumber(arm.second, 'warmup', warmup) };
};

/** Every arm of the figures that reads the old text and then the new one, as the Lab's controls make it. */
const arms: readonly (readonly [ArmId, ArmRecipe])[] = [
  ['floor', quick('floor')],
  ['peak', quick('peak')],
  ['rewarm-half', quick('rewarm', 0.5)],
  ['rewarm', quick('rewarm')],
  ['rewarm-double', quick('rewarm', 2)],
  ['warmup-0', warmed(0)],
  ['warmup-0p5', warmed(0.005)],
  ['warmup-2', warmed(0.02)],
  ['replay-0p5', quick('rewarm', 1, 0.5)],
  ['replay-1', quick('rewarm', 1, 1)],
  ['replay-5', quick('rewarm', 1, 5)],
  ['replay-10', quick('rewarm', 1, 10)],
  ['replay-25', quick('rewarm', 1, 25)],
  ['replay-50', quick('rewarm', 1, 50)],
];
const sizes = ['XS', 'S', 'M', 'L'] as const;
const seeds = [1, 2];

/** Ids on the paths of all arms, by arm, seed and stage. */
function paths(from: ReturnType<typeof plan>): string[][] {
  return from.experiment.arms.flatMap(({ id }) =>
    seeds.map((seed) => [id, ...armPath(from, id, seed).map((node) => node.id)]),
  );
}

describe.each(sizes)('at %s', (scale) => {
  const chosen = arms.map(([id, recipe]) => ({ id, recipe }));
  const ids = arms.map(([id]) => id);

  test.each([0.25, 0.5, 1] as const)('an arm of the Lab is that of the figures, with %f of the tokens', (budget) => {
    const lab = plan(toExperiment({ shift: 'weak', scale, seeds, budget }, chosen));
    const figure = plan(studyExperiment('weak', { scale, seeds, budget }, ids));
    expect(paths(lab)).toEqual(paths(figure));
  });

  // The paper's figures train two thirds as long on German, the Lab as long as on the old text.
  test('with a strong shift the old text is shared, and only lengths differ after it', () => {
    const lab = plan(toExperiment({ shift: 'strong', scale, seeds, budget: 1 }, chosen));
    const figure = plan(studyExperiment('strong', { scale, seeds, budget: 1 }, ids));
    const bases = (from: typeof lab) => paths(from).map(([id, base]) => [id, base]);
    expect(bases(lab)).toEqual(bases(figure));
    const { steps } = scales[scale];
    const alike = lab.experiment.arms.map(({ id }) =>
      namedArm(id as ArmId, shifts.strong, scales[scale], steps, steps),
    );
    expect(lab.experiment.arms.map(({ stages }) => stages)).toEqual(alike.map(({ stages }) => stages));
  });

  test.each(['cosine', 'inverse-sqrt'] as const)(
    'an infinite schedule with a %s cooldown is the figures’',
    (cooldown) => {
      const whole = infinite(cooldown);
      expect(withKind(quick('rewarm').second, `infinite-${cooldown}`, 'second')).toEqual(whole);
      const [arm] = studyExperiment('weak', { scale, seeds, budget: 1 }, [
        cooldown === 'cosine' ? 'cosine-inf' : 'invsqrt-inf',
      ]).arms;
      const { first, second } = quick(`infinite-${cooldown}`);
      const lab = toExperiment({ shift: 'weak', scale, seeds, budget: 1 }, [
        { id: 'a', recipe: { first, second: whole, replayPercent: 0 } },
        { id: 'b', recipe: { first, second, replayPercent: 0 } },
      ]);
      const schedules = lab.arms.map(({ stages }) => stages.map(({ schedule }) => schedule));
      expect(schedules[0]?.[1]).toEqual(arm?.stages[0]?.schedule);
      // Both stages of the Lab's pair, end to end: the rate that the first ends on is the one that the second holds.
      const [before, after] = schedules[1] ?? [];
      expect(before && learningRate(before, 100, 100)).toBe(after && learningRate(after, 50, 100));
    },
  );
});

test('multiples of the base peak do not pass for learning rates, nor the other way round', () => {
  expectTypeOf<Schedule<Multiple>>().not.toExtend<Schedule>();
  expectTypeOf<Schedule>().not.toExtend<Schedule<Multiple>>();
  expectTypeOf(toSchedule).parameter(0).toEqualTypeOf<Schedule<Multiple>>();
  expectTypeOf(toSchedule).returns.toEqualTypeOf<Schedule>();
});
