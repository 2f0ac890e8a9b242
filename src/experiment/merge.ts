// Results of the same experiment that were made at different times: arms and seeds add up, and of two records of a stage the
// one that shows more is kept.

import type { Records, StageRecord } from './evidence/record';
import { canonicalJson } from './hash';
import { parseExperiment, SpecError } from './parse';
import type { FigurePart } from './part';
import type { Arm, Experiment } from './spec';

/** All that two experiments must have in common to be parts of one. */
function common({ arms: _, seeds: __, name: ___, ...rest }: Experiment): string {
  return canonicalJson(rest);
}

function same({ label: _, ...a }: Arm, { label: __, ...b }: Arm): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Why two results are not of one experiment: a sentence's end about the newer. */
export interface Apart {
  readonly apart: string;
}

/** What an experiment may not be, nobody could read back. */
function withinLimits(experiment: Experiment): Experiment | Apart {
  try {
    return parseExperiment(experiment);
  } catch (error) {
    if (error instanceof SpecError) return { apart: 'makes more of it than one experiment may hold' };
    throw error;
  }
}

/** Arms of both, the newer ones' labels; apart where an arm of one name is another in each, or the rest differs. */
function mergedExperiment(older: Experiment, newer: Experiment): Experiment | Apart {
  if (older.scale !== newer.scale) return { apart: `is of size ${newer.scale}, not of size ${older.scale}` };
  if (common(older) !== common(newer)) return { apart: 'is of other texts, another model or another batch' };
  const before = older.arms.filter(({ id }) => !newer.arms.some((arm) => arm.id === id));
  const again = older.arms.filter((arm) => !before.includes(arm));
  const other = again.find((arm) => !newer.arms.some((one) => one.id === arm.id && same(one, arm)));
  if (other) return { apart: `has another length, text or schedule under the name "${other.id}"` };
  const seeds = [...new Set([...older.seeds, ...newer.seeds])].sort((a, b) => a - b);
  return withinLimits({ ...newer, seeds, arms: [...newer.arms, ...before] });
}

/** Parts of both; apart where a part of one name is of another experiment in each. */
export function mergedParts(older: readonly FigurePart[], newer: readonly FigurePart[]): FigurePart[] | Apart {
  const merged: FigurePart[] = [];
  for (const part of newer) {
    const before = older.find(({ key }) => key === part.key);
    const experiment = before ? mergedExperiment(before.experiment, part.experiment) : part.experiment;
    if ('apart' in experiment) return experiment;
    const references = [...new Set([...part.references, ...(before?.references ?? [])])];
    merged.push({ ...part, experiment, references });
  }
  return [...older.filter(({ key }) => !newer.some((part) => part.key === key)), ...merged];
}

/** True when the first shows more of a stage than the second. */
function showsMore(a: StageRecord, b: StageRecord): boolean {
  if ((a.final === null) !== (b.final === null)) return a.final !== null;
  return a.evaluations.length > b.evaluations.length;
}

export function mergedRecords(older: Records, newer: Records): Records {
  const merged = new Map(older);
  for (const [node, record] of newer) {
    const before = merged.get(node);
    if (!before || !showsMore(before, record)) merged.set(node, record);
  }
  return merged;
}
