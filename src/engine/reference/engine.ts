// The reference engine: trains on one CPU core wherever JavaScript runs, with the operations of this folder and
// the products of blocked.ts. A step is worked out in float64 from the float32 state and rounded to float32 once,
// at its end, so that a state read out is all there is: writing it back continues the run bit for bit.

import type { Engine, LockstepShape, RunState } from '../engine';
import { parameterCount, parameterLayout } from '../model';
import { type Calculator, type StepResult, sequentialEngine } from '../sequential';
import { adamwUpdate } from './adamw';
import { clipScale, globalNorm } from './clip';
import { forwardBackward, forwardLogits, forwardLosses } from './model';
import { blockedProducts } from './products';

export function createReferenceEngine(): Engine {
  return sequentialEngine(
    {
      kind: 'reference',
      vendor: '',
      architecture: 'cpu',
      description: 'JavaScript on one CPU core, float64',
      isFallback: false,
    },
    async (shape) => new ReferenceCalculator(shape),
  );
}

interface MutableRunState {
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  step: number;
}

class ReferenceCalculator implements Calculator {
  /** The states; what a pass needs besides is allocated anew each time. */
  readonly bytes: number;
  private readonly shape: LockstepShape;
  private readonly states: MutableRunState[];

  constructor(shape: LockstepShape) {
    this.shape = shape;
    const P = parameterCount(shape.model);
    this.states = Array.from({ length: shape.runs }, () => ({
      parameters: new Float32Array(P),
      firstMoment: new Float32Array(P),
      secondMoment: new Float32Array(P),
      step: 0,
    }));
    this.bytes = shape.runs * 3 * P * Float32Array.BYTES_PER_ELEMENT;
  }

  write(run: number, state: RunState): void {
    const target = this.states[run]!;
    target.parameters.set(state.parameters);
    target.firstMoment.set(state.firstMoment);
    target.secondMoment.set(state.secondMoment);
    target.step = state.step;
  }

  read(run: number): RunState {
    const { parameters, firstMoment, secondMoment, step } = this.states[run]!;
    return {
      parameters: parameters.slice(),
      firstMoment: firstMoment.slice(),
      secondMoment: secondMoment.slice(),
      step,
    };
  }

  async train(run: number, windows: Uint8Array, learningRate: number): Promise<StepResult> {
    const { model, optimizer } = this.shape;
    const { decayed, size } = parameterLayout(model);
    const state = this.states[run]!;
    const { loss, gradients } = forwardBackward(model, state.parameters, windows, blockedProducts);
    const norm = globalNorm(gradients);
    if (!Number.isFinite(loss) || !Number.isFinite(norm)) return { loss, norm };
    state.step += 1;
    const common = { optimizer, learningRate, t: state.step, scale: clipScale(norm, optimizer.clip) };
    const { parameters, firstMoment, secondMoment } = state;
    adamwUpdate(parameters, gradients, firstMoment, secondMoment, 0, decayed, { ...common, decay: true });
    adamwUpdate(parameters, gradients, firstMoment, secondMoment, decayed, size, { ...common, decay: false });
    return { loss, norm };
  }

  async losses(run: number, windows: Uint8Array): Promise<Float64Array> {
    return forwardLosses(this.shape.model, this.states[run]!.parameters, windows, blockedProducts);
  }

  async logits(run: number, tokens: Uint8Array, position: readonly number[]): Promise<Float32Array> {
    const { model } = this.shape;
    const { vocabulary: V, context: T } = model;
    const all = forwardLogits(model, this.states[run]!.parameters, tokens, blockedProducts);
    const rows = new Float32Array(position.length * V);
    for (const [i, t] of position.entries()) rows.set(all.subarray((i * T + t) * V, (i * T + t + 1) * V), i * V);
    return rows;
  }
}
