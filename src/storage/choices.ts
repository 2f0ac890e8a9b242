// The shapes of the choices that outlive the page. Whatever else is found in the browser is not believed.

import * as v from 'valibot';
import { figureIds } from '../experiment/figures';
import { studyOffer } from '../experiment/offered';
import { partKeys } from '../experiment/part';
import { recipeSchema } from '../experiment/recipe/kept';
import { scaleNames } from '../experiment/scales';

/** More than any figure has. */
const most = { arms: 24 } as const;

/** The size, where the person has picked one. */
const scale = v.nullable(v.picklist(scaleNames));

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
export const choiceShapes = { lab: recipeSchema, figures } as const;
