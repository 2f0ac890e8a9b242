// How far the training is, how fast it goes and how many steps to ask of the engine at once. Work is counted in tokens
// run forward: training on a token costs three of them, measuring on one costs one.

import type { Plan } from '../experiment/plan';
import type { TrainEvent } from './events';

/** Milliseconds from any fixed moment. */
export type Clock = () => number;

const trainingWork = 3;
/** Seconds after which a measured speed counts half. */
const halfLife = 10;
/** Seconds that one chunk of steps should take: short enough to pause, long enough to keep a device busy. */
const chunkSeconds = 0.3;

/** A rate that forgets: recent work weighs more. */
class Speed {
  private amount = 0;
  private seconds = 0;

  add(amount: number, seconds: number): void {
    const kept = 0.5 ** (seconds / halfLife);
    this.amount = this.amount * kept + amount;
    this.seconds = this.seconds * kept + seconds;
  }

  perSecond(): number | null {
    return this.seconds > 0 && this.amount > 0 ? this.amount / this.seconds : null;
  }
}

export class Progress {
  private readonly trainingSpeed = new Speed();
  private readonly workSpeed = new Speed();
  private tokensDone = 0;
  private tokensPlanned: number;
  private workLeft: number;
  /** Of this process; stages that were found cost none. */
  private readonly seconds = { training: 0, evaluation: 0 };

  constructor(plan: Plan) {
    this.tokensPlanned = plan.tokens;
    this.workLeft = trainingWork * plan.tokens + plan.evaluationTokens;
  }

  trained(tokens: number, seconds: number): void {
    this.tokensDone += tokens;
    this.workLeft -= trainingWork * tokens;
    this.seconds.training += seconds;
    this.trainingSpeed.add(tokens, seconds);
    this.workSpeed.add(trainingWork * tokens, seconds);
  }

  evaluated(tokens: number, seconds: number): void {
    this.workLeft -= tokens;
    this.seconds.evaluation += seconds;
    this.workSpeed.add(tokens, seconds);
  }

  /** A stage that was found in the store. */
  found(tokens: number, evaluationTokens: number): void {
    this.tokensDone += tokens;
    this.workLeft -= trainingWork * tokens + evaluationTokens;
  }

  /** Work that will not be done, because a stage failed. */
  lost(tokens: number, evaluationTokens: number): void {
    this.tokensPlanned -= tokens;
    this.workLeft -= trainingWork * tokens + evaluationTokens;
  }

  event(): TrainEvent {
    const speed = this.workSpeed.perSecond();
    const { training, evaluation } = this.seconds;
    return {
      kind: 'progress',
      tokensDone: this.tokensDone,
      tokensPlanned: this.tokensPlanned,
      tokensPerSecond: this.trainingSpeed.perSecond(),
      secondsLeft: speed === null ? null : Math.max(0, this.workLeft / speed),
      evaluationShare: training > 0 ? evaluation / (training + evaluation) : null,
    };
  }
}

/** Chooses how many steps to take at once, from how long the last ones took. */
export class Pace {
  private steps = 1;

  next(most: number): number {
    return Math.max(1, Math.min(this.steps, most));
  }

  took(steps: number, seconds: number): void {
    const fitting = seconds > 0 ? Math.floor((chunkSeconds * steps) / seconds) : Number.POSITIVE_INFINITY;
    // Growing fourfold at most: the first steps of a device say little about the later ones.
    this.steps = Math.max(1, Math.min(fitting, steps * 4));
  }
}
