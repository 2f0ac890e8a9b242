// Names of arms: in full for lists and tables, and short for line ends, where only what differs is said. An arm is named
// by the preset whose kinds it has, and by each number that is not the paper's.

import { type ArmRecipe, canonicalArm } from './recipe';
import {
  counts,
  hasStart,
  kindOf,
  numberOf,
  numbersOf,
  paper,
  type ScheduleKind,
  type ScheduleNumber,
  type ScheduleRecipe,
  type StageName,
  tidy,
} from './schedule';
import { presetSchedules, sameSchedule, usualConstant, usualFloor } from './schedulePresets';

interface Name {
  readonly full: string;
  readonly short: string;
}

/** A schedule that begins on its constant has no cooldown to tell which of the two infinite ones it is. */
type NamedKind = ScheduleKind | 'infinite';

const kindNames: Readonly<Record<NamedKind, Name>> = {
  constant: { full: 'constant', short: 'const' },
  cosine: { full: 'cosine', short: 'cos' },
  'infinite-cosine': { full: 'infinite (cosine)', short: 'inf. cos' },
  'infinite-inverse-sqrt': { full: 'infinite (inverse root)', short: 'inf. root' },
  infinite: { full: 'infinite', short: 'inf.' },
};

/** First and second kind of the presets. */
const pairNames: Readonly<Partial<Record<`${NamedKind} ${NamedKind}`, Name>>> = {
  'cosine cosine': { full: 're-warm', short: 're-warm' },
  'cosine constant': { full: 're-warm, no decay', short: 'no decay' },
  'infinite-cosine infinite': { full: 'infinite, cosine', short: 'inf. cos' },
  'infinite-inverse-sqrt infinite': { full: 'infinite, inverse root', short: 'inf. root' },
};

const floorName: Name = { full: 'stay at the floor', short: 'floor' };

function isFloor({ first, second }: ArmRecipe): boolean {
  return first.kind === 'cosine' && sameSchedule(second, presetSchedules('floor').second);
}

function pairName(recipe: ArmRecipe): Name & { readonly ofPreset: boolean } {
  if (isFloor(recipe)) return { ...floorName, ofPreset: true };
  const kind = (schedule: ScheduleRecipe): NamedKind => (hasStart(schedule) ? kindOf(schedule) : 'infinite');
  const first = kind(recipe.first);
  const second = kind(recipe.second);
  const pair = pairNames[`${first} ${second}`];
  if (pair) return { ...pair, ofPreset: true };
  const [before, after] = [kindNames[first], kindNames[second]];
  return {
    full: `${after.full} after ${before.full}`,
    short: `${after.short} after ${before.short}`,
    ofPreset: false,
  };
}

/** What the paper would have in a number's place, given the peak. */
function usualNumber(schedule: ScheduleRecipe, stage: StageName, name: ScheduleNumber): number {
  switch (name) {
    case 'warmup':
      return paper.warmup;
    case 'peak':
      return 1;
    case 'floor':
      return usualFloor(hasStart(schedule) ? schedule.peak : 1);
    case 'constant':
      return usualConstant(hasStart(schedule) ? schedule.peak : 1);
    case 'cooldownEnd':
      return hasStart(schedule) ? paper.cooldownEnd : 0;
    case 'constantEnd':
      return stage === 'first' ? 1 : paper.constantEnd;
    case 'alpha':
      return paper.alpha;
    default:
      return name satisfies never;
  }
}

function numberName(name: ScheduleNumber, value: number): Name {
  const percent = `${tidy(100 * value)} %`;
  switch (name) {
    case 'warmup':
      return { full: `${percent} warmup`, short: `w ${percent}` };
    case 'peak':
      return { full: `peak ${value}×`, short: `${value}×` };
    case 'floor':
      return { full: `floor ${value}×`, short: `floor ${value}×` };
    case 'constant':
      return { full: `constant ${value}×`, short: `const ${value}×` };
    case 'cooldownEnd':
      return { full: `cooldown to ${percent}`, short: `cd ${percent}` };
    case 'constantEnd':
      return { full: `constant to ${percent}`, short: `hold ${percent}` };
    case 'alpha':
      return { full: `alpha ${value}`, short: `α ${value}` };
    default:
      return name satisfies never;
  }
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
      const { full, short } = numberName(name, value);
      const of = stage === 'first' ? 'D0 ' : '';
      return {
        key: `${stage} ${name}`,
        name: { full: of + full, short: of + short },
        usual: value === usualNumber(schedule, stage, name),
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
