// Recipes in links: every one comes back as it was, in few letters; what was cut, changed or forged is refused in one sentence.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownPart } from '../../src/experiment/figures/own';
import { ownOffer } from '../../src/experiment/offered';
import { preset } from '../../src/experiment/presets';
import { composedOf, type KeptRecipe } from '../../src/experiment/recipe/kept';
import { type AtSwitch, presetSchedules } from '../../src/experiment/recipe/presets';
import { type ArmRecipe, armId } from '../../src/experiment/recipe/recipe';
import { numbersOf, type ScheduleRecipe, withKind, withNumber } from '../../src/experiment/recipe/schedule';
import { scaleNames } from '../../src/experiment/scales';
import { scheduleEntries } from '../../src/experiment/schedules';
import { labAddress, recipeIn } from '../../src/link/address';
import { LinkError, sealed, unsealed } from '../../src/link/envelope';
import { origin } from '../../src/link/known_recipes';
import { openRecipeLink, recipeLink } from '../../src/link/recipe';
import { resultsLink } from '../../src/link/results';
import { firstRecipe } from '../../src/store/recipe';
import { keptRecipe } from '../../src/store/remembered';
import { frozenRecipe } from './frozen';

const arm = (name: AtSwitch, peak = 1, replayPercent = 0): ArmRecipe => ({
  ...presetSchedules(name, peak),
  replayPercent,
});
const listed = (recipes: readonly ArmRecipe[]) => recipes.map((recipe, slot) => ({ recipe, slot, hidden: false }));

/** A schedule whose numbers a person has moved. */
const shaped = (stage: 'first' | 'second') =>
  fc
    .tuple(
      fc.constantFrom(...scheduleEntries.map(({ id }) => id)),
      fc.array(fc.double({ min: 0.0001, max: 3, noNaN: true }), { maxLength: 8 }),
    )
    .map(([kind, moved]) => {
      const begin: ScheduleRecipe = withKind(presetSchedules('rewarm').first, kind, stage);
      return moved.reduce((schedule, value, i) => {
        const names = numbersOf(schedule);
        const name = names[i % names.length];
        return name ? withNumber(schedule, name, value) : schedule;
      }, begin);
    });
const armRecipe = fc.record({
  first: shaped('first'),
  second: shaped('second'),
  replayPercent: fc.constantFrom(...ownOffer.replay),
});
const anyRecipe: fc.Arbitrary<KeptRecipe> = fc.record({
  setting: fc.record(
    {
      shift: fc.constantFrom('none' as const, 'weak' as const, 'strong' as const),
      scale: fc.constantFrom(null, ...scaleNames),
      seeds: fc.constantFrom(...ownOffer.seeds),
      budget: fc.constantFrom(...ownOffer.budgets),
      start: fc.record({
        sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
        name: fc.string({ maxLength: 40 }),
      }),
    },
    { requiredKeys: ['shift', 'scale', 'seeds', 'budget'] },
  ),
  draft: armRecipe,
  arms: fc
    .tuple(
      fc.uniqueArray(armRecipe, { maxLength: 12, selector: armId }),
      fc.uniqueArray(fc.nat(100), { minLength: 12, maxLength: 12 }),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    )
    .map(([recipes, slots, hidden]) =>
      recipes.map((recipe, i) => ({ recipe, slot: slots[i] ?? 0, hidden: hidden[i] ?? false })),
    ),
});

const three: KeptRecipe = {
  setting: { shift: 'strong', scale: 'S', seeds: 3, budget: 0.5 },
  draft: arm('rewarm', 1, 25),
  arms: listed([arm('floor'), arm('rewarm'), arm('rewarm', 1, 25)]),
};

/** The recipe as text, or the sentence that refuses it; anything else that is thrown fails the test. */
function opened(text: string): string {
  const begin = performance.now();
  try {
    return JSON.stringify(openRecipeLink(text));
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    expect(error.message).toMatch(/^[A-Z].*\.$/s);
    return error.message;
  } finally {
    longest = Math.max(longest, performance.now() - begin);
  }
}
let longest = 0;

describe('a recipe', () => {
  test('is the same after its link', () => {
    const lengths: number[] = [];
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        fc.pre(composedOf(recipe, 'XS') !== null);
        const link = recipeLink(recipe);
        lengths.push(link.length);
        expect(openRecipeLink(link)).toEqual(recipe);
        expect(recipeIn(labAddress(link))).toBe(link);
        expect(openRecipeLink(recipeIn(`(${labAddress(link)}).`) ?? '')).toEqual(recipe);
      }),
      { numRuns: 2000 },
    );
    console.log(`shaped by hand, up to 12 arms: ${Math.max(...lengths)} letters at most`);
    expect(Math.max(...lengths)).toBeLessThan(2000);
  });

  test('that the first visit begins with says nothing', () => {
    expect(keptRecipe(firstRecipe)).toEqual(origin);
    expect(recipeLink(origin).length).toBeLessThan(20);
  });

  test('of a lesson is short', () => {
    const one = { ...origin, draft: arm('rewarm', 2, 5), arms: listed([arm('rewarm', 2, 5)]) };
    const bent = withNumber(withNumber(arm('infinite-cosine').first, 'constant', 0.4), 'cooldownEnd', 0.35);
    const hand = {
      ...three,
      draft: { ...three.draft, first: bent },
      arms: listed([...three.arms.map(({ recipe }) => ({ ...recipe, first: bent }))]),
    };
    const lengths = [one, three, hand].map((recipe) => recipeLink(recipe).length);
    console.log(`letters of one arm, three arms, three arms shaped by hand: ${lengths.join(', ')}`);
    expect(lengths[0]).toBeLessThan(45);
    expect(lengths[1]).toBeLessThan(50);
    expect(lengths[2]).toBeLessThan(90);
  });

  test('that was sent opens for ever', () => {
    expect(openRecipeLink(frozenRecipe)).toEqual(three);
    expect(recipeLink(three)).toBe(frozenRecipe);
  });
});

describe('a link that is', () => {
  const link = recipeLink(three);
  const exact = JSON.stringify(openRecipeLink(link));

  test('cut anywhere says so', () => {
    for (let length = 0; length < link.length; length++)
      expect(opened(link.slice(0, length))).toMatch(/cut off on the way|begin with a version/);
  });

  test.each<[string, string, RegExp]>([
    ['newer', link.replace('1.', '2.'), /newer version of the lab\. Reload/],
    ['foreign', 'hello', /does not begin with a version/],
    [
      'of results',
      resultsLink({
        version: '1',
        figure: null,
        parts: [ownPart(preset('weak', { scale: 'XS', seeds: [1] }))],
        records: new Map(),
      }),
      /something else than a recipe/,
    ],
    ['huge', `1.${'A'.repeat(3_000_000)}`, /far larger/],
    ['all zeros', `1.${'A'.repeat(100)}`, /something else than a recipe/],
  ])('%s', (_, text, sentence) => {
    expect(opened(text)).toMatch(sentence);
  });

  test.each(['', '.', ')', ']', '"', '/', '.)', '”'])(
    'in a text, with %j stuck to it, or encoded, is found',
    (stuck) => {
      const address = `https://example.org/${labAddress(link)}${stuck}`;
      for (const text of [address, encodeURIComponent(address), encodeURIComponent(encodeURIComponent(address))])
        expect(opened(recipeIn(text) ?? '')).toBe(exact);
      expect(recipeIn(`https://example.org/#/lab${stuck}`)).toBeNull();
    },
  );

  test('changed in up to three letters is refused or exact', () => {
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%+ é\0');
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(link.length - 1), letter), { minLength: 1, maxLength: 3 }), (changes) => {
        const letters = [...link];
        for (const [place, to] of changes) letters[place] = to;
        const result = opened(letters.join(''));
        if (result !== exact) refused++;
        expect(result).not.toMatch(/^\{(?!.*"setting":\{"shift":"strong","scale":"S","seeds":3,"budget":0.5\})/);
        if (result.startsWith('{')) expect(result).toBe(exact);
      }),
      { numRuns: 10_000 },
    );
    expect(refused).toBeGreaterThan(9000);
  });

  test('forged, with a checksum that fits, is a recipe that can be trained or refused, soon', () => {
    const content = unsealed(link);
    const forged = fc
      .array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const bytes = content.slice();
        for (const [place, value] of changes) bytes[place] = value;
        return bytes;
      });
    longest = 0;
    fc.assert(
      fc.property(fc.oneof(forged, fc.uint8Array({ maxLength: 3000 })), (bytes) => {
        const result = opened(sealed(bytes));
        if (result.startsWith('{')) expect(composedOf(JSON.parse(result) as KeptRecipe, 'XS')).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
    console.log(`the longest of the forged took ${longest.toFixed(0)} ms`);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
