// The same stages trained twice, here and elsewhere: whether they are the same to the last bit, or how far apart and what was
// different where they were made.

import type { Records, StageRecord } from './evidence/record';
import { contentHash } from './hash';
import { armPath, type Plan } from './plan';

type Measured = Pick<StageRecord, 'evaluations' | 'final'>;

/** While a run goes on, its comparison is drawn anew with every evaluation; what has ended stays the same value. */
const known = new WeakMap<Measured, number>();

/** 32 bits of what a record measured: equal for records that are the same to the last bit, whatever was rounded since. */
export function printOf(record: Measured): number {
  const { evaluations, final } = record;
  const print = known.get(record) ?? Number.parseInt(contentHash([evaluations, final]).slice(0, 8), 16);
  known.set(record, print);
  return print;
}

/** Records with, by node, the prints of those that were rounded on their way. */
export interface Printed {
  readonly records: Records;
  readonly prints?: ReadonlyMap<string, number>;
}

/** What was not the same where two records were made. */
export type Difference = 'engine' | 'adapter' | 'version' | 'text';

export interface Compared {
  /** Stages of which both know something. */
  readonly stages: number;
  /** Of them, those that ended in both. */
  readonly ended: number;
  /** Every stage that ended is the same to the last bit. */
  readonly identical: boolean;
  /** The greatest distance of two losses measured at one place, nats. */
  readonly nats: number;
  /** Over all stages, each once. */
  readonly differences: readonly Difference[];
}

const nothing: Compared = { stages: 0, ended: 0, identical: true, nats: 0, differences: [] };

function farthest(a: readonly number[], b: readonly number[]): number {
  return Math.max(0, ...a.map((value, i) => Math.abs(value - (b[i] ?? value))));
}

function distance(a: StageRecord, b: StageRecord): number {
  const other = new Map(b.evaluations.map(({ step, values }) => [step, values]));
  const curve = a.evaluations.map(({ step, values }) => farthest(values, other.get(step) ?? values));
  return Math.max(0, ...curve, farthest(a.final ?? [], b.final ?? []));
}

function differencesOf(a: StageRecord, b: StageRecord): Difference[] {
  const made = (['engine', 'adapter', 'version'] as const).filter(
    (what) => a.maker && b.maker && a.maker[what] !== b.maker[what],
  );
  // A link holds the beginning of a text's sum.
  const alike = (one: string, other: string) => one.startsWith(other) || other.startsWith(one);
  const texts = new Map(b.corpora.map(({ name, sha256 }) => [name, sha256]));
  const text = a.corpora.some(({ name, sha256 }) => !alike(sha256, texts.get(name) ?? sha256));
  return text ? [...made, 'text'] : made;
}

/** Of one stage; null where one of the two knows nothing of it. */
function compareStage(node: string, one: Printed, other: Printed): Compared | null {
  const [a, b] = [one.records.get(node), other.records.get(node)];
  if (!a || !b || a.evaluations.length === 0 || b.evaluations.length === 0) return null;
  const nats = distance(a, b);
  const ended = a.final !== null && b.final !== null;
  const print = (of: Printed, record: StageRecord) => of.prints?.get(node) ?? printOf(record);
  const identical = ended ? print(one, a) === print(other, b) : nats === 0;
  return { stages: 1, ended: ended ? 1 : 0, identical, nats, differences: identical ? [] : differencesOf(a, b) };
}

/** Of some stages together, by the ids of their nodes. */
export function compareStages(nodes: Iterable<string>, one: Printed, other: Printed): Compared {
  let all = nothing;
  for (const node of nodes) {
    const own = compareStage(node, one, other);
    if (!own) continue;
    all = {
      stages: all.stages + 1,
      ended: all.ended + own.ended,
      identical: all.identical && own.identical,
      nats: Math.max(all.nats, own.nats),
      differences: [...new Set([...all.differences, ...own.differences])],
    };
  }
  return all;
}

/** Of all stages of an arm, over its seeds. */
export function compareArm(whole: Plan, arm: string, one: Printed, other: Printed): Compared {
  const nodes = whole.experiment.seeds.flatMap((seed) => armPath(whole, arm, seed).map(({ id }) => id));
  return compareStages(new Set(nodes), one, other);
}
