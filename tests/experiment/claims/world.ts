// Made-up evidence for the tests of claims: a world of runs with the papers' numbers, in which every claim holds, and ways to
// change it. A curve is straight between its knots; seeds differ by an offset that all runs share, as paired seeds do.

import type { ArmRun, Evidence, MeasuredStage, Measurement } from '../../../src/experiment/evidence/evidence';
import type { Losses } from '../../../src/experiment/readings';

/** Loss by share of the stage. */
type Curve = Readonly<Record<number, number>>;

interface StageSketch {
  readonly old: Curve;
  readonly new: Curve;
  readonly steps?: number;
}

/** The stages of a run; by `part/arm`. */
export type Sketch = readonly StageSketch[];
export type World = Readonly<Record<string, Sketch>>;

export interface Seeding {
  readonly seeds: readonly number[];
  /** Size of the differences between seeds that are not shared by all runs. */
  readonly noise: number;
}

const threeSeeds: Seeding = { seeds: [1, 2, 3], noise: 0.0002 };

const steps = 1000;
/** After each of the first steps, then every hundredth. */
const shares = [
  ...Array.from({ length: 20 }, (_, i) => i / 1000),
  ...Array.from({ length: 99 }, (_, i) => (i + 2) / 100),
];

function valueAt(curve: Curve, share: number): number {
  const knots = Object.entries(curve).map(([at, value]) => [Number(at), value] as const);
  knots.sort((a, b) => a[0] - b[0]);
  const after = knots.findIndex(([at]) => at >= share);
  const [from, to] = [knots[Math.max(0, after - 1)]!, knots[after]!];
  return to[0] === from[0] ? to[1] : from[1] + ((to[1] - from[1]) * (share - from[0])) / (to[0] - from[0]);
}

/** A number of [-1, 1] for a run and a seed, the same every time. */
function scatter(name: string, seed: number): number {
  let hash = 2166136261 ^ (seed * 7919);
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash >>> 8) % 2001) / 1000 - 1;
}

function stageRecord(sketch: StageSketch, index: number, shared: number, own: number): MeasuredStage {
  const total = sketch.steps ?? steps;
  const at = (share: number): Losses => ({
    old: valueAt(sketch.old, share) + shared + (share === 0 ? 0 : own),
    new: valueAt(sketch.new, share) + shared + (share === 0 ? 0 : own),
  });
  const evaluations: Measurement[] = shares.map((share) => {
    const step = Math.round(share * total);
    return { step, tokens: step * 1024, ...at(share) };
  });
  return { name: `stage-${index}`, steps: total, evaluations, final: at(1) };
}

function record(name: string, sketch: Sketch, seed: number, noise: number): ArmRun {
  const own = noise * scatter(name, seed);
  const last = sketch.length - 1;
  return { seed, stages: sketch.map((stage, i) => stageRecord(stage, i, 0.01 * seed, i === last ? own : 0)) };
}

export function evidenceOf(world: World, { seeds, noise }: Seeding = threeSeeds): Evidence {
  return (part, arm) => {
    const name = `${part}/${arm}`;
    const sketch = world[name];
    return sketch === undefined ? [] : seeds.map((seed) => record(name, sketch, seed, noise));
  };
}

/** One stage from random weights. */
const fresh = (d0: number, d1: number, curve: Curve = {}): Sketch => [
  { old: { 0: 5.5, 1: d0 }, new: { 0: 5.5, ...curve, 1: d1 } },
];

/** Twice the steps. */
const both = (sketch: Sketch): Sketch => sketch.map((stage) => ({ ...stage, steps: 2 * steps }));

type Base = readonly [d0: number, d1: number];

/** A base, and a stage after it whose old loss climbs by `climb` within a tenth of the steps before it ends at `d0`. */
export function goesOn(base: Base, d0: number, d1: number, climb: number | null = null, curve: Curve = {}): Sketch {
  const rises: Curve = climb === null ? {} : { 0.1: base[0] + climb };
  return [
    { old: { 0: 5.5, 1: base[0] }, new: { 0: 5.5, 1: base[1] } },
    { old: { 0: base[0], ...rises, 1: d0 }, new: { 0: base[1], ...curve, 1: d1 } },
  ];
}

const named = (part: string, runs: Readonly<Record<string, Sketch>>): World =>
  Object.fromEntries(Object.entries(runs).map(([arm, sketch]) => [`${part}/${arm}`, sketch]));

const weakBase: Base = [2.17, 2.7];
const weak = (...rest: [number, number, (number | null)?, Curve?]) => goesOn(weakBase, ...rest);
const strongBase: Base = [2.17, 2.5];
const strong = (...rest: [number, number, (number | null)?, Curve?]) => goesOn(strongBase, ...rest);
const small = (...rest: [number, number]) => goesOn([2.17, 2.7], ...rest);
const large = (...rest: [number, number]) => goesOn([1.75, 2.24], ...rest);

/** Three splits; each entry is the loss by share of the split. */
const splits = (...curves: Curve[]): Sketch => curves.map((loss) => ({ old: loss, new: loss }));
const held = (peak: number) =>
  splits(
    { 0: 5.5, 1: 2.75 },
    { 0: 2.75, 0.01: peak, 0.03: 2.74, 1: 2.65 },
    { 0: 2.65, 0.01: peak - 0.1, 0.03: 2.64, 1: 2.6 },
  );

/** Tables 2, 3, 4 and 12 and Figure 8 of Ibrahim et al. 2024; a hundredth apart where they print a tie but claim an order. */
export const papers: World = {
  ...named('weak', {
    base: fresh(...weakBase),
    scratch: fresh(2.51, 2.66),
    union: both(fresh(2.17, 2.53)),
    floor: weak(2.42, 2.55),
    peak: weak(2.5, 2.6),
    'rewarm-half': weak(2.43, 2.52),
    rewarm: weak(2.44, 2.5, 0.35),
    'rewarm-double': weak(2.48, 2.49, 0.45),
    'warmup-0': weak(2.445, 2.505, 0.45),
    'warmup-0p5': weak(2.442, 2.5, 0.4, { 0.02: 2.6 }),
    'warmup-2': weak(2.438, 2.502, 0.3, { 0.02: 2.68 }),
    'replay-0p5': weak(2.27, 2.5),
    'replay-1': weak(2.26, 2.5),
    'replay-5': weak(2.23, 2.51),
    'replay-10': weak(2.21, 2.51),
    'replay-50': weak(2.16, 2.54),
    'from-7': goesOn([3.1, 3.3], 2.5, 2.58),
    'from-19': goesOn([2.6, 2.9], 2.46, 2.53),
    'same-floor': weak(2.16, 2.69),
    'same-rewarm-half': weak(2.165, 2.69, 0.05),
    'same-rewarm': weak(2.17, 2.69, 0.1),
    'same-rewarm-double': weak(2.18, 2.69, 0.2),
    'cosine-inf': fresh(2.51, 2.67, { 0.7: 2.8, 0.85: 2.78 }),
    'invsqrt-inf': fresh(2.51, 2.665, { 0.7: 2.79, 0.85: 2.77 }),
  }),
  ...named('strong', {
    base: fresh(...strongBase),
    scratch: fresh(3.97, 1.17),
    union: both(fresh(2.26, 1.25)),
    floor: strong(3.22, 1.21),
    peak: strong(3.75, 1.15),
    'rewarm-half': strong(3.47, 1.13),
    rewarm: strong(3.56, 1.11, 1.6),
    'rewarm-double': strong(3.63, 1.1),
    'warmup-0': strong(3.59, 1.115, 1.8),
    'warmup-0p5': strong(3.57, 1.112, 1.7, { 0.02: 1.9 }),
    'warmup-2': strong(3.55, 1.11, 1.5, { 0.02: 2.3 }),
    'replay-1': strong(2.83, 1.12),
    'replay-5': strong(2.57, 1.12),
    'replay-10': strong(2.46, 1.13),
    'replay-25': strong(2.33, 1.16),
    'replay-50': strong(2.24, 1.22),
  }),
  ...named('small', {
    base: fresh(2.17, 2.7),
    scratch: fresh(2.51, 2.53),
    union: fresh(2.17, 2.53),
    rewarm: small(2.44, 2.5),
    'replay-5': small(2.23, 2.51),
  }),
  ...named('large', {
    base: fresh(1.75, 2.24),
    scratch: fresh(2.08, 2.05),
    union: fresh(1.72, 2.02),
    rewarm: large(1.98, 2),
    'replay-5': large(1.79, 2),
  }),
  ...named('splits', {
    'cosine-repeat': splits(
      { 0: 5.5, 1: 2.7 },
      { 0: 2.7, 0.1: 2.8, 0.8: 2.7, 1: 2.6 },
      { 0: 2.6, 0.1: 2.7, 0.8: 2.6, 1: 2.5 },
    ),
    'cosine-inf': held(2.9),
    'invsqrt-inf': held(2.88),
    'cosine-inf-anneal-3': splits({ 0: 5.5, 1: 2.75 }, { 0: 2.6, 1: 2.51 }),
    'invsqrt-inf-anneal-3': splits({ 0: 5.5, 1: 2.75 }, { 0: 2.6, 1: 2.52 }),
  }),
};
type Change = (world: World) => World;

/** Later changes see the earlier ones. */
export const changed = (world: World, ...changes: readonly Change[]): World =>
  changes.reduce((now, change) => change(now), world);

/** Two arms of a part exchange their runs. */
export const swap = (part: string, a: string, b: string): Change => {
  return (world) => ({ ...world, [`${part}/${a}`]: world[`${part}/${b}`]!, [`${part}/${b}`]: world[`${part}/${a}`]! });
};

/** Arms of a part all run as the first of them does. */
export const tie = (part: string, first: string, ...others: readonly string[]): Change => {
  return (world) => ({
    ...world,
    ...named(part, Object.fromEntries(others.map((arm) => [arm, world[`${part}/${first}`]!]))),
  });
};

const withLast = (name: string, change: (last: StageSketch) => StageSketch): Change => {
  return (world) => ({ ...world, [name]: world[name]!.with(-1, change(world[name]!.at(-1)!)) });
};

/** An arm ends elsewhere: the last knot of its last stage is moved. */
export const ends = (name: string, losses: Partial<Losses>): Change =>
  withLast(name, (last) => ({
    ...last,
    old: { ...last.old, 1: losses.old ?? last.old[1]! },
    new: { ...last.new, 1: losses.new ?? last.new[1]! },
  }));

/** The last stage of an arm has so many steps. */
export const lasts = (name: string, count: number): Change => withLast(name, (last) => ({ ...last, steps: count }));

export const becomes = (name: string, sketch: Sketch): Change => {
  return (world) => ({ ...world, [name]: sketch });
};
