// How long an experiment will take on this machine: times a few real steps and one evaluation of its model, on random
// tokens, before anything is trained.

import { random32 } from '../data/random';
import { median } from '../engine/bench/time';
import type { Engine, Lockstep, StepInput } from '../engine/engine';
import { vocabulary } from '../experiment/cost';
import { evaluationTokens } from '../experiment/evaluation';
import type { Plan } from '../experiment/plan';
import type { Experiment } from '../experiment/spec';
import { initialState } from './initialize';
import { mostRuns } from './loop';
import type { Clock } from './progress';
import { rounds } from './rounds';
import { lockstepShape } from './shape';

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
  experiment: Experiment,
  runs: number,
  clock: Clock = () => performance.now(),
  impatient: () => boolean = () => false,
): Promise<Speed | null> {
  const shape = lockstepShape(experiment, runs);
  if (impatient()) return null;
  const lockstep = await engine.open(shape);
  try {
    if (impatient()) return null;
    const state = initialState(shape.model, 0);
    for (let run = 0; run < runs; run++) lockstep.write(run, state);
    const input = randomStep(experiment, runs);
    const seconds = async (work: () => Promise<unknown>) => {
      const begin = clock();
      await work();
      return (clock() - begin) / 1000;
    };
    const steps = await timedSteps(lockstep, input, seconds);
    const windows = input.windows.subarray(0, experiment.batch * (experiment.model.context + 1));
    const evaluation = await seconds(() => lockstep.evaluate(windows));
    return {
      runs,
      secondsPerStep: median(steps),
      secondsPerEvaluationToken: evaluation / (experiment.batch * experiment.model.context),
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
function randomStep({ batch, model }: Experiment, runs: number): StepInput {
  const windows = new Uint8Array(runs * batch * (model.context + 1));
  for (let i = 0; i < windows.length; i++) windows[i] = random32(0, 'measure', 0, i) % vocabulary;
  return { windows, learningRates: new Float64Array(runs) };
}

/** Seconds the whole plan takes at this speed, when none of it was trained before. */
export function estimateSeconds(plan: Plan, speed: Speed): number {
  const { evaluation, model } = plan.experiment;
  let seconds = 0;
  for (const round of rounds(plan.nodes)) {
    const times = round.map((node) => {
      const tokens = evaluationTokens(node.evaluateAt, node.parent === null, evaluation, model.context);
      return node.stage.steps * speed.secondsPerStep + tokens * speed.secondsPerEvaluationToken;
    });
    const groups = Math.ceil(round.length / speed.runs);
    // Serial machines pay for each run; others pay for the group, however few runs it has.
    seconds += speed.serial ? times.reduce((a, b) => a + b, 0) / speed.runs : Math.max(...times) * groups;
  }
  return seconds;
}

/** R of the largest group that the plan trains in lockstep; 0 for an empty one. */
export function largestGroup(plan: Plan): number {
  return Math.min(mostRuns, Math.max(0, ...rounds(plan.nodes).map((round) => round.length)));
}
