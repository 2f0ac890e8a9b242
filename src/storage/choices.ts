// The shapes of the choices that outlive the page. Whatever else is found in the browser is not believed.

import * as v from 'valibot';
import type { shifts } from '../experiment/compose';
import { figureIds } from '../experiment/figures';
import { ownOffer, studyOffer } from '../experiment/offered';
import { partKeys } from '../experiment/part';
import { scaleNames } from '../experiment/scales';
import { recipeSchedule } from '../experiment/schema';

/** More than any figure or recipe has. */
const most = { arms: 24, slot: 100 } as const;

const shiftNames = ['none', 'weak', 'strong'] as const satisfies readonly (keyof typeof shifts)[];

/** The size, where the person has picked one. */
const scale = v.nullable(v.picklist(scaleNames));

const arm = v.strictObject({
  first: recipeSchedule,
  second: recipeSchedule,
  replayPercent: v.picklist(ownOffer.replay),
});

const entry = v.strictObject({
  recipe: arm,
  slot: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most.slot)),
  hidden: v.boolean(),
});

const lab = v.strictObject({
  setting: v.strictObject({
    shift: v.picklist(shiftNames),
    scale,
    seeds: v.picklist(ownOffer.seeds),
    budget: v.picklist(ownOffer.budgets),
  }),
  draft: arm,
  arms: v.pipe(
    v.array(entry),
    v.maxLength(most.arms),
    v.check((arms) => new Set(arms.map(({ slot }) => slot)).size === arms.length),
  ),
});

const { firstSeed: limits } = studyOffer;
/** Left out by versions that began with 1. */
const firstSeed = v.pipe(v.number(), v.integer(), v.minValue(limits.min), v.maxValue(limits.max));

const armIds = v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(most.arms));

const figures = v.strictObject({
  study: v.strictObject({
    scale,
    seeds: v.picklist(studyOffer.seeds),
    first: v.optional(firstSeed, 1),
    budget: v.picklist(studyOffer.budgets),
  }),
  choices: v.record(
    v.picklist(figureIds),
    v.strictObject({
      without: v.record(v.picklist(partKeys), armIds),
      postponed: v.pipe(v.array(v.picklist(partKeys)), v.maxLength(partKeys.length)),
    }),
  ),
});

/** How the page looks and hears; alike in every tab. */
export const pageShapes = { theme: v.picklist(['light', 'dark']), keys: v.boolean() } as const;

/** What was composed in the Lab and chosen of the figures; every tab has its own. */
export const choiceShapes = { lab, figures } as const;
