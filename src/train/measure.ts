// How long an experiment will take on this machine: times a few real steps and one evaluation of its model, on random
// tokens, before anything is trained.

import { random32 } from '../data/random';
import { median } from '../engine/bench/time';
import type { Engine, Lockstep, StepInput } from '../engine/engine';
import { vocabulary } from '../experiment/cost';
import { byShape, type Plan, type PlanNode, shapeKey } from '../experiment/plan';
import { initialState } from './initialize';
import { mostRuns } from './loop';
import type { Clock } from './progress';
import { rounds } from './rounds';
import { type GroupShape, lockstepShape } from './shape';

/** How fast groups of one shape go. */
export interface Speed {
  /** R, runs in lockstep when it was measured. */
  readonly runs: number;
  /** Seconds for one step of all R runs. */
  readonly secondsPerStep: number;
  /** Seconds to run one token forward under each of the R runs' weights. */
  readonly secondsPerEvaluationToken: number;
  /** True when the machine computes one run after another, so that fewer runs take less time. */
  readonly serial: boolean;
}

const mostSteps = 5;
const mostSeconds = 1;

/**
 * Medians of up to five steps or one second, after a step that warms up; then one evaluation.
 * @param impatient asked before opening and before the steps: true when nobody waits for the answer any more, which is then
 *   null; who opens the same next shows the progress of its compiling
 */
export async function measureSpeed(
  engine: Engine,
  group: GroupShape,
  runs: number,
  clock: Clock = () => performance.now(),
  impatient: () => boolean = () => false,
): Promise<Speed | null> {
  const shape = lockstepShape(group, runs);
  if (impatient()) return null;
  const lockstep = await engine.open(shape);
  try {
    if (impatient()) return null;
    const state = initialState(shape.model, 0);
    for (let run = 0; run < runs; run++) lockstep.write(run, state);
    const input = randomStep(group, runs);
    const seconds = async (work: () => Promise<unknown>) => {
      const begin = clock();
      await work();
      return (clock() - begin) / 1000;
    };
    const steps = await timedSteps(lockstep, input, seconds);
    const { batch, model } = group;
    const windows = input.windows.subarray(0, batch * (model.context + 1));
    const evaluation = await seconds(() => lockstep.evaluate(windows));
    return {
      runs,
      secondsPerStep: median(steps),
      secondsPerEvaluationToken: evaluation / (batch * model.context),
      serial: engine.adapter.kind === 'reference' || engine.adapter.isFallback,
    };
  } finally {
    lockstep.destroy();
  }
}

async function timedSteps(
  lockstep: Lockstep,
  input: StepInput,
  seconds: (work: () => Promise<unknown>) => Promise<number>,
): Promise<number[]> {
  const warmUp = await seconds(() => lockstep.train([input]));
  // On a machine this slow the first step says enough; four more would try a person's patience.
  if (warmUp > mostSeconds) return [warmUp];
  const steps: number[] = [];
  let spent = 0;
  while (steps.length < mostSteps && spent < mostSeconds) {
    const step = await seconds(() => lockstep.train([input]));
    steps.push(step);
    spent += step;
  }
  return steps;
}

/** Random tokens cost what text costs; a learning rate of zero keeps the weights sound. */
function randomStep({ batch, model }: GroupShape, runs: number): StepInput {
  const windows = new Uint8Array(runs * batch * (model.context + 1));
  for (let i = 0; i < windows.length; i++) windows[i] = random32(0, 'measure', 0, i) % vocabulary;
  return { windows, learningRates: new Float64Array(runs) };
}

/**
 * Seconds the whole plan takes, when none of it was trained before.
 * @param speedOf that of a node's shape
 */
export function estimateSeconds({ nodes }: Pick<Plan, 'nodes'>, speedOf: (node: PlanNode) => Speed): number {
  const rounded = rounds(nodes).flatMap(byShape);
  return rounded.reduce((seconds, alike) => seconds + roundSeconds(alike, speedOf), 0);
}

/** Of stages that start together and have one shape. */
function roundSeconds(alike: readonly PlanNode[], speedOf: (node: PlanNode) => Speed): number {
  const [first] = alike;
  if (first === undefined) return 0;
  const { runs, secondsPerStep, secondsPerEvaluationToken, serial } = speedOf(first);
  const times = alike.map(
    ({ stage, evaluationTokens }) => stage.steps * secondsPerStep + evaluationTokens * secondsPerEvaluationToken,
  );
  // Serial machines pay for each run; others pay for the group, however few runs it has.
  if (serial) return times.reduce((a, b) => a + b, 0) / runs;
  return Math.max(...times) * Math.ceil(alike.length / runs);
}

/** Groups that train in lockstep have one shape. */
export interface LargestGroup {
  /** Any node of it, which has its shape. */
  readonly node: PlanNode;
  /** R */
  readonly runs: number;
}

/** Of every shape the group with the most runs. */
export function largestGroups({ nodes }: Pick<Plan, 'nodes'>): LargestGroup[] {
  const groups = rounds(nodes).flatMap(byShape);
  return byShape(nodes).flatMap(([node]) => {
    if (node === undefined) return [];
    const sizes = groups.flatMap((group) => (group[0] && shapeKey(group[0]) === shapeKey(node) ? group.length : []));
    return { node, runs: Math.min(mostRuns, Math.max(...sizes)) };
  });
}
