// The numbers that claims compare, each of one run. What was not measured is NaN, and a seed with a NaN does not count.

import type { Losses, Measure } from '../readings';
import { mean } from '../spread';
import type { ArmRun, Evidence, MeasuredStage, Measurement } from './evidence';

export type Quantity = (record: ArmRun) => number;

/** A run counts when its last stage was measured on the whole validation sets. */
export function finished(record: ArmRun): boolean {
  return record.stages.at(-1)?.final != null;
}

/** The same of those seeds alone that all of these arms have ended, so that their means compare. */
export function onSharedSeeds(evidence: Evidence, part: string, arms: readonly string[]): Evidence {
  const ended = arms.map((arm) =>
    evidence(part, arm)
      .filter(finished)
      .map(({ seed }) => seed),
  );
  const shared = (seed: number) => ended.every((seeds) => seeds.includes(seed));
  return (key, arm) => evidence(key, arm).filter(({ seed }) => shared(seed));
}

const final = (record: ArmRun, back = 1): Losses | null => record.stages.at(-back)?.final ?? null;

/** Old loss at the end. */
export const oldLoss: Quantity = (record) => final(record)?.old ?? Number.NaN;

/** New loss at the end. */
export const newLoss: Quantity = (record) => final(record)?.new ?? Number.NaN;

/** Mean of both losses at the end. */
export const averageLoss: Quantity = (record) => mean([oldLoss(record), newLoss(record)]);

/** F: by how much the last stage raised the old loss, end to end on the whole validation set. */
export const forgetting: Quantity = (record) => oldLoss(record) - (final(record, 2)?.old ?? Number.NaN);

/** By how much the last stage lowered the new loss. */
export const learned: Quantity = (record) => (final(record, 2)?.new ?? Number.NaN) - newLoss(record);

/** Losses of a run on the same windows, before and after. */
export interface Change {
  readonly before: Losses;
  readonly after: Losses;
}

/** From the end of one stage to that of another, on the whole validation sets. */
export function changeBetween(first: MeasuredStage | undefined, last: MeasuredStage | undefined): Change | null {
  return first?.final && last?.final ? { before: first.final, after: last.final } : null;
}

/** Since the weights of a file, of which only the small windows are known, where curves are measured. */
export function changeSinceFile(stages: readonly MeasuredStage[]): Change | null {
  const [before, after] = [stages[0]?.evaluations[0], stages.at(-1)?.evaluations.at(-1)];
  return before && after && stages.at(-1)?.final ? { before, after } : null;
}

const last = (record: ArmRun): MeasuredStage | null => record.stages.at(-1) ?? null;

/** A loss on the small windows, as it was measured last at or before a share of the stage. */
export function lossAt(share: number, measure: Measure): Quantity {
  return (record) => measuredAt(last(record), share)?.[measure] ?? Number.NaN;
}

/** The last measurement at or before a share of the stage. */
function measuredAt(stage: MeasuredStage | null, share: number): Measurement | null {
  return stage === null ? null : (upTo(stage, share).at(-1) ?? null);
}

function upTo({ evaluations, steps }: MeasuredStage, share: number): readonly Measurement[] {
  const end = Math.round(share * steps);
  return evaluations.filter(({ step }) => step <= end);
}

/** P: how far the old loss rose above its value at the switch, at most, within the first `share` of the last stage. */
export function rise(share = 1): Quantity {
  return (record) => {
    const stage = last(record);
    return stage === null ? Number.NaN : riseOf(stage, 'old', share);
  };
}

function riseOf(stage: MeasuredStage, measure: Measure, share: number): number {
  const losses = upTo(stage, share).map((one) => one[measure]);
  const [start = Number.NaN] = losses;
  return Math.max(...losses) - start;
}

/** Fall of the new loss between two shares of the last stage, in nats for each `per` of the stage. */
export function fallBetween(from: number, to: number, per: number): Quantity {
  return (record) => {
    const stage = last(record);
    const [a, b] = [measuredAt(stage, from), measuredAt(stage, to)];
    if (stage === null || a === null || b === null) return Number.NaN;
    return ((a.new - b.new) / (b.step - a.step)) * per * stage.steps;
  };
}

/** All stages after the first: those that begin at a border between two splits. */
const afterBorders = (record: ArmRun): readonly MeasuredStage[] => record.stages.slice(1);

/** Rise of the new loss above its value at the border, at most, mean over the borders. */
export const borderRise: Quantity = (record) => mean(afterBorders(record).map((stage) => riseOf(stage, 'new', 1)));

/**
 * Percent of the split that the new loss spends more than `tolerance` above its value at the border, mean over the borders.
 * After one clean spike that is the time until it is back. Unlike the first return it is not ended by a run that dips before
 * it rises, nor is it prolonged to the end by one late fluctuation.
 */
export function aboveBorder(tolerance: number): Quantity {
  return (record) => mean(afterBorders(record).map((stage) => aboveStart(stage, tolerance)));
}

function aboveStart({ evaluations, steps }: MeasuredStage, tolerance: number): number {
  const start = evaluations[0]?.new ?? Number.NaN;
  if (Number.isNaN(start)) return start;
  let above = 0;
  for (const [i, { step, new: loss }] of evaluations.entries()) {
    const before = evaluations[i - 1];
    if (before === undefined) continue;
    // Half of the way between two measurements belongs to each.
    const ends = [before.new, loss].filter((one) => one - start > tolerance).length;
    above += ((step - before.step) * ends) / 2;
  }
  return (100 * above) / steps;
}
