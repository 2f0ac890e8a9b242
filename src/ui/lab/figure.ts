// From stores to what the panels draw: the board (what runs or has run, else what is planned), its lines and its rates.

import type { Plan } from '../../experiment/plan';
import { plan } from '../../experiment/plan';
import { type Appearance, appearance, baseAppearance, inkAppearance } from '../../plot/palette';
import type { ChartLine, Phases, RateLine } from '../../plot/types';
import { type Curve, collectCurves, type Measure } from '../../store/curves';
import { toExperiment } from '../../store/experiment';
import { armsToRun } from '../../store/lab';
import { armName, shortArmNames } from '../../store/naming';
import { rateCurves } from '../../store/rates';
import type { ArmEntry, RecipeState } from '../../store/recipe';
import type { Board } from '../../store/run';
import type { SeriesBook } from '../../store/series';
import { figureWords } from '../strings';

/** What Run would train, as a board. */
export function plannedBoard(recipe: Pick<RecipeState, 'setting' | 'draft' | 'arms'>): Board {
  const slots = new Set(recipe.arms.map((arm) => arm.slot));
  let free = 0;
  while (slots.has(free)) free++;
  const arms = armsToRun(recipe).map(
    (arm): ArmEntry => recipe.arms.find(({ id }) => id === arm.id) ?? { ...arm, slot: free, hidden: false },
  );
  return { setting: recipe.setting, arms, plan: plan(toExperiment(recipe.setting, arms)) };
}

/** The arms to draw: on the board, not removed and not hidden since. */
export function shownArms(board: Board, listed: readonly ArmEntry[], ran: boolean): ArmEntry[] {
  if (!ran) return board.arms.filter((arm) => !arm.hidden);
  return board.arms.filter((arm) => listed.some(({ id, hidden }) => id === arm.id && !hidden));
}

export function tokensPerStep({ experiment }: Plan): number {
  return experiment.batch * experiment.model.context;
}

/** One band a stage, every second one shaded; `names` in their order. */
export function phasesOf(plan: Plan, names: readonly string[]): Phases {
  let end = 0;
  const bands = (plan.experiment.arms[0]?.stages ?? []).map((stage, i) => {
    const start = end;
    end += stage.steps * tokensPerStep(plan);
    return { start, name: names[i] ?? '', shaded: i % 2 === 1 };
  });
  return { end, bands };
}

/** The first stage is grey when all share it; otherwise the first arm's is, and others take their arm's colour. */
function baseLook(curve: Curve, arms: readonly ArmEntry[]): Appearance {
  const first = arms[0];
  if (!first || curve.arms.includes(first.id)) return baseAppearance;
  const own = arms.find((arm) => curve.arms.includes(arm.id));
  return own ? appearance(own.slot) : baseAppearance;
}

export function chartLines(board: Board, arms: readonly ArmEntry[], book: SeriesBook, measure: Measure): ChartLine[] {
  const labels = shortArmNames(arms.map((arm) => arm.recipe));
  const curves = collectCurves(board.plan, book, measure);
  return curves.flatMap((curve): ChartLine[] => {
    const index = arms.findIndex((arm) => curve.arms.includes(arm.id));
    const arm = arms[index];
    if (!arm) return [];
    const { key, points, singles } = curve;
    if (curve.stageIndex === 0) {
      return [{ key, points, singles, name: figureWords.base, label: null, appearance: baseLook(curve, arms) }];
    }
    const before = curves.find(
      ({ stageIndex, arms: sharing }) => stageIndex === curve.stageIndex - 1 && sharing.includes(arm.id),
    );
    return [
      {
        key,
        points,
        singles,
        ...(before && { after: before.key }),
        name: armName(arm.recipe),
        label: labels[index] ?? null,
        appearance: appearance(arm.slot),
      },
    ];
  });
}

/** One line for each different schedule of each stage; ink where all arms have the same. */
export function rateLines(board: Board, arms: readonly ArmEntry[]): RateLine[] {
  const { experiment } = board.plan;
  const perStep = tokensPerStep(board.plan);
  const shown = experiment.arms.flatMap(({ id, stages }) => {
    const arm = arms.find((candidate) => candidate.id === id);
    return arm ? [{ arm, curves: rateCurves(stages), stages }] : [];
  });
  const depth = Math.max(0, ...shown.map(({ stages }) => stages.length));
  return Array.from({ length: depth }, (_, stage) => stage).flatMap((stage) => {
    const lines = new Map<string, RateLine>();
    for (const { arm, curves, stages } of shown) {
      // What comes before counts, because the line starts where the stage before ended.
      const key = JSON.stringify(stages.slice(0, stage + 1).map(({ schedule }) => schedule));
      const points = (curves[stage] ?? []).map(({ step, rate }) => ({ tokens: step * perStep, rate }));
      if (!lines.has(key)) lines.set(key, { key, points, appearance: appearance(arm.slot) });
    }
    const [first, ...others] = lines.values();
    if (!first) return [];
    // The beginning that the first arm has is everybody's, like its curve; see baseLook.
    return others.length === 0 || stage === 0
      ? [{ ...first, appearance: inkAppearance }, ...others]
      : [first, ...others];
  });
}
