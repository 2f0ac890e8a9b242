// Names of arms: in full for lists and tables, and short for line ends, where only what differs is said.

import { type ArmRecipe, type AtSwitch, canonicalArm, hasPeak } from './recipe';

const switchName: Readonly<Record<AtSwitch, string>> = {
  floor: 'stay at the floor',
  rewarm: 're-warm',
  peak: 're-warm, no decay',
  'infinite-cosine': 'infinite, cosine',
  'infinite-inverse-sqrt': 'infinite, inverse root',
};

const shortSwitchName: Readonly<Record<AtSwitch, string>> = {
  floor: 'floor',
  rewarm: 're-warm',
  peak: 'no decay',
  'infinite-cosine': 'inf. cos',
  'infinite-inverse-sqrt': 'inf. root',
};

/** `re-warm 2×, 25 % replay`: everything that is not the default. */
export function armName(recipe: ArmRecipe): string {
  const { atSwitch, peakMultiple, warmupPercent, replayPercent } = canonicalArm(recipe);
  const peak = hasPeak(atSwitch) && peakMultiple !== 1 ? ` ${peakMultiple}×` : '';
  const warmup = warmupPercent === 1 ? '' : `, ${warmupPercent} % warmup`;
  const replay = replayPercent === 0 ? '' : `, ${replayPercent} % replay`;
  return `${switchName[atSwitch]}${peak}${warmup}${replay}`;
}

/** One short name an arm, saying only in what the arms differ; unique when the recipes are. */
export function shortArmNames(recipes: readonly ArmRecipe[]): string[] {
  const canonical = recipes.map(canonicalArm);
  const differs = (key: keyof ArmRecipe) => new Set(canonical.map((recipe) => recipe[key])).size > 1;
  const bySwitch = differs('atSwitch') || recipes.length === 1;
  return canonical.map((recipe) => {
    const parts: string[] = [];
    if (bySwitch) parts.push(shortSwitchName[recipe.atSwitch]);
    if (differs('peakMultiple') && hasPeak(recipe.atSwitch)) parts.push(`${recipe.peakMultiple}×`);
    if (differs('warmupPercent') && hasPeak(recipe.atSwitch)) parts.push(`w ${recipe.warmupPercent} %`);
    // Beside a named schedule, no replay goes without saying.
    if (differs('replayPercent') && !(bySwitch && recipe.replayPercent === 0)) parts.push(`${recipe.replayPercent} %`);
    return parts.length > 0 ? parts.join(' ') : shortSwitchName[recipe.atSwitch];
  });
}
