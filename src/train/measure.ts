// How fast this machine trains a model: times a few real steps, one evaluation, and one way of a state in and out, on random
// tokens, before anything is trained.

import { random32 } from '../data/random';
import { median } from '../engine/bench/time';
import type { Engine, Lockstep, StepInput } from '../engine/engine';
import { vocabulary } from '../experiment/cost';
import { initialState } from './initialize';
import { type Clock, Pace } from './progress';
import { type GroupShape, lockstepShape } from './shape';

/** How fast groups of one shape and size go. */
export interface Speed {
  /** R, runs in lockstep. */
  readonly runs: number;
  /** Seconds for one step of all R runs. */
  readonly secondsPerStep: number;
  /** Seconds to run one token forward under each of the R runs' weights. */
  readonly secondsPerEvaluationToken: number;
  /** Seconds to write the state of one run, and to read it back. */
  readonly secondsPerState: number;
}

/** How the trainer will go about it: what is done at once costs less than the same one by one. */
export interface Habit {
  /** Steps between two evaluations. */
  readonly steps: number;
  /** Windows of an evaluation. */
  readonly windows: number;
}

const mostChunks = 5;
const mostSeconds = 1;

/**
 * Medians of up to five chunks of steps, or one second, after a step that warms up; then one evaluation.
 * @param impatient asked before opening and before the steps: true when nobody waits for the answer any more, which is then
 *   null; who opens the same next shows the progress of its compiling
 */
export async function measureSpeed(
  engine: Engine,
  group: GroupShape,
  runs: number,
  habit: Habit,
  clock: Clock = () => performance.now(),
  impatient: () => boolean = () => false,
): Promise<Speed | null> {
  const shape = lockstepShape(group, runs);
  if (impatient()) return null;
  const lockstep = await engine.open(shape);
  try {
    if (impatient()) return null;
    const state = initialState(shape.model, 0);
    const seconds = async (work: () => Promise<unknown>) => {
      const begin = clock();
      await work();
      return (clock() - begin) / 1000;
    };
    const states = await seconds(async () => {
      for (let run = 0; run < runs; run++) lockstep.write(run, state);
      await lockstep.read(0);
    });
    const { secondsPerStep, slow } = await timedSteps(lockstep, randomStep(group, runs), habit.steps, seconds);
    // On a machine this slow one batch says enough.
    const windows = randomWindows(group, slow ? Math.min(group.batch, habit.windows) : habit.windows);
    const evaluation = await seconds(() => lockstep.evaluate(windows));
    const tokens = (windows.length * group.model.context) / (group.model.context + 1);
    return {
      runs,
      secondsPerStep,
      secondsPerEvaluationToken: evaluation / tokens,
      secondsPerState: states / runs,
    };
  } finally {
    lockstep.destroy();
  }
}

async function timedSteps(
  lockstep: Lockstep,
  input: StepInput,
  most: number,
  seconds: (work: () => Promise<unknown>) => Promise<number>,
): Promise<{ secondsPerStep: number; slow: boolean }> {
  const warmUp = await seconds(() => lockstep.train([input]));
  // On a machine this slow the first step says enough; four more would try a person's patience.
  if (warmUp > mostSeconds) return { secondsPerStep: warmUp, slow: true };
  const pace = new Pace();
  const perStep: number[] = [];
  for (let spent = 0; perStep.length < mostChunks && spent < mostSeconds; ) {
    const count = pace.next(most);
    const chunk = await seconds(() => lockstep.train(Array.from({ length: count }, () => input)));
    pace.took(count, chunk);
    perStep.push(chunk / count);
    spent += chunk;
  }
  return { secondsPerStep: median(perStep), slow: false };
}

/** Random tokens cost what text costs; a learning rate of zero keeps the weights sound. */
function randomStep(group: GroupShape, runs: number): StepInput {
  return { windows: randomWindows(group, runs * group.batch), learningRates: new Float64Array(runs) };
}

function randomWindows({ model }: GroupShape, count: number): Uint8Array {
  const windows = new Uint8Array(count * (model.context + 1));
  for (let i = 0; i < windows.length; i++) windows[i] = random32(0, 'measure', 0, i) % vocabulary;
  return windows;
}
