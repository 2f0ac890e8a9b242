// A recipe of the Lab in a link: what differs from the recipe that both ends know, each arm from the one before it, as text
// that is foretold by a recipe of its own dictionary. Reading goes the way of what the browser keeps: the same shape.

import * as v from 'valibot';
import { canonicalJson } from '../experiment/hash';
import {
  armEntries,
  composedOf,
  type KeptRecipe,
  placeEntries,
  recipeSchema,
  settingEntries,
} from '../experiment/recipe/kept';
import { Decoder, Encoder } from './coder';
import { LinkError, opened, sealed } from './envelope';
import { knownRecipes, origin } from './known_recipes';
import { TextCoder } from './text';

export { LinkError };

/** Bytes: a recipe of the most arms, each with numbers of its own, has half of it. */
const longest = 12_000;

const draftSchema = v.partial(v.strictObject(armEntries));
const saidSchema = v.strictObject({
  ...v.partial(v.strictObject(settingEntries)).entries,
  draft: v.optional(draftSchema),
  arms: v.optional(v.array(v.partial(v.strictObject({ ...armEntries, ...placeEntries })))),
});

/** The part of a link that carries a recipe, `1.` and letters. */
export function recipeLink({ setting, draft, arms }: KeptRecipe): string {
  const said = {
    ...changed(setting, origin.setting),
    ...some('draft', changed(draft, origin.draft)),
    ...(arms.length === 0
      ? {}
      : { arms: arms.map((arm, i) => changed(flat(arm), expected(arms[i - 1]?.recipe ?? draft, i))) }),
  };
  const encoder = new Encoder();
  new TextCoder(encoder, knownRecipes).write(JSON.stringify(said));
  return sealed(encoder.finish());
}

/** @throws LinkError */
export function openRecipeLink(link: string): KeptRecipe {
  return opened(link, 'a recipe of the Lab', (content) => {
    const text = new TextCoder(new Decoder(content), knownRecipes).read(longest);
    const said = v.safeParse(saidSchema, JSON.parse(text));
    const kept = said.success ? v.safeParse(recipeSchema, whole(said.output)) : said;
    if (!kept.success) throw new RangeError('This is no recipe.');
    const recipe = kept.output as KeptRecipe;
    if (!composedOf(recipe, 'XS')) throw new RangeError('This recipe cannot be trained.');
    return recipe;
  });
}

function whole({ draft: own, arms: said = [], ...setting }: v.InferOutput<typeof saidSchema>): unknown {
  const draft = { ...origin.draft, ...own };
  const arms: unknown[] = [];
  let before: object = draft;
  for (const [i, one] of said.entries()) {
    const { slot, hidden, ...recipe } = { ...expected(before, i), ...one };
    arms.push({ recipe, slot, hidden });
    before = recipe;
  }
  return { setting: { ...origin.setting, ...setting }, draft, arms };
}

type Arm = KeptRecipe['arms'][number];

const flat = ({ recipe, slot, hidden }: Arm) => ({ ...recipe, slot, hidden });

/** What an arm is that says nothing: that before it, in the next place. */
const expected = <T extends object>(before: T, slot: number) => ({ ...before, slot, hidden: false });

/** The fields of `value` that are not those of `from`, in its order. */
function changed<T extends object>(value: T, from: T): Partial<T> {
  const before = new Map<string, unknown>(Object.entries(from));
  const differs = ([key, field]: [string, unknown]) => canonicalJson(field) !== canonicalJson(before.get(key));
  return Object.fromEntries(Object.entries(value).filter(differs)) as Partial<T>;
}

function some<T extends object>(key: string, fields: T): { [key: string]: T } {
  return Object.keys(fields).length === 0 ? {} : { [key]: fields };
}
