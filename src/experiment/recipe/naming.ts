// Names of arms: in full for lists and tables, and short for line ends, where only what differs is said. An arm is named
// by the preset whose kinds it has, and by each number that is not the paper's.

import { entryOf, numberOf } from '../schedules';
import type { Name, Quantity, StageName } from '../schedules/entry';
import { tidy } from '../schedules/numbers';
import { presetSchedules, presets } from './presets';
import { type ArmRecipe, canonicalArm } from './recipe';
import { counts, numbersOf, quantityOf, type ScheduleRecipe, sameSchedule } from './schedule';

function kindName(schedule: ScheduleRecipe): Name {
  return entryOf(schedule).name(schedule);
}

function isFloor({ first, second }: ArmRecipe): boolean {
  return first.kind === 'cosine' && sameSchedule(second, presetSchedules('floor').second);
}

/** The presets that are told by the names of their kinds alone. */
const told = (['rewarm', 'peak', 'infinite-cosine', 'infinite-inverse-sqrt'] as const).map((name) => {
  const { first, second } = presetSchedules(name);
  return { ...presets[name], first: kindName(first).full, second: kindName(second).full };
});

function pairName(recipe: ArmRecipe): Name & { readonly ofPreset: boolean } {
  const [before, after] = [kindName(recipe.first), kindName(recipe.second)];
  const preset = isFloor(recipe)
    ? presets.floor
    : told.find(({ first, second }) => first === before.full && second === after.full);
  if (preset) return { full: preset.full, short: preset.short, ofPreset: true };
  return {
    full: `${after.full} after ${before.full}`,
    short: `${after.short} after ${before.short}`,
    ofPreset: false,
  };
}

/** A value as it is said of an arm: `5 %`, `2×`, `10`. */
function valueText({ unit }: Quantity, value: number): string {
  return unit === 'share' ? `${tidy(100 * value)} %` : unit === 'rate' ? `${value}×` : String(value);
}

interface Trait {
  readonly key: string;
  readonly name: Name;
  readonly usual: boolean;
}

/** The numbers that count in a stage. Those of the first one say that they are of the old data. */
function stageTraits(recipe: ArmRecipe, stage: StageName): Trait[] {
  const schedule = recipe[stage];
  if (stage === 'second' && isFloor(recipe)) return [];
  return numbersOf(schedule)
    .filter((name) => counts(schedule, name))
    .sort((a, b) => Number(b === 'peak') - Number(a === 'peak'))
    .map((name): Trait => {
      const value = numberOf(schedule, name);
      const quantity = quantityOf(schedule, name);
      const { full, short } = quantity.name(valueText(quantity, value));
      const of = stage === 'first' ? 'D0 ' : '';
      return {
        key: `${stage} ${name}`,
        name: { full: of + full, short: of + short },
        usual: value === quantity.usual(schedule, stage),
      };
    });
}

function traitsOf(recipe: ArmRecipe): Trait[] {
  return [...stageTraits(recipe, 'second'), ...stageTraits(recipe, 'first')];
}

/** `re-warm 2×, 25 % replay`: everything that is not the default. */
export function armName(recipe: ArmRecipe): string {
  const canonical = canonicalArm(recipe);
  const unusual = traitsOf(canonical).filter(({ usual }) => !usual);
  const { full: head, ofPreset } = pairName(canonical);
  // The peak of the new data is what a preset is known by: `re-warm 2×`.
  const peak = ofPreset ? unusual.find(({ key }) => key === 'second peak') : undefined;
  const start = peak ? `${head} ${peak.name.short}` : head;
  const numbers = unusual.filter((trait) => trait !== peak).map(({ name }) => name.full);
  const replay = canonical.replayPercent === 0 ? [] : [`${canonical.replayPercent} % replay`];
  return [start, ...numbers, ...replay].join(', ');
}

/** Numbers that follow the peak when nothing else is said: they go without saying where the peak is said. */
const followsPeak = /(floor|constant)$/;

/** One short name an arm, saying only in what the arms differ; unique when the recipes are. */
export function shortArmNames(recipes: readonly ArmRecipe[]): string[] {
  const arms = recipes.map(canonicalArm).map((recipe) => ({
    replay: recipe.replayPercent,
    head: pairName(recipe).short,
    traits: traitsOf(recipe).filter(({ key, usual }) => !(usual && followsPeak.test(key))),
  }));
  const differ = (values: readonly (string | number | undefined)[]) => new Set(values).size > 1;
  const byHead = differ(arms.map(({ head }) => head)) || arms.length === 1;
  const byReplay = differ(arms.map(({ replay }) => replay));
  return arms.map(({ head, replay, traits }) => {
    const relatives = arms.filter((other) => other.head === head);
    const own = traits.filter(({ key, name }) =>
      relatives.some((other) => other.traits.find((trait) => trait.key === key)?.name.short !== name.short),
    );
    const parts = [...(byHead ? [head] : []), ...own.map(({ name }) => name.short)];
    // Beside a named schedule, no replay goes without saying.
    if (byReplay && !(byHead && replay === 0)) parts.push(`${replay} %`);
    return parts.length > 0 ? parts.join(' ') : head;
  });
}
