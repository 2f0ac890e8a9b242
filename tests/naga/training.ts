// A short training that every engine can do, with everything that it computed: bytes from a fixed generator, two
// runs in lockstep at two learning rates, sizes that are no multiple of any tile.

import type { Engine, StepInput } from '../../src/engine/engine';
import type { ModelShape } from '../../src/engine/model';
import { paperAdamW } from '../../src/engine/optimizer';
import { initialState } from '../../src/train/initialize';

export interface Trained {
  readonly adapter: string;
  /** [step][run] */
  readonly losses: number[][];
  readonly gradientNorms: number[][];
  /** [window of both runs] after the last step. */
  readonly evaluation: number[];
}

export const model: ModelShape = { vocabulary: 256, context: 20, width: 24, layers: 2, heads: 2, rotaryFraction: 1 };
export const batch = 3;
const steps = 6;
export const rates: readonly number[] = [1e-3, 3e-3];

/** Windows with some structure to learn, from a multiplicative generator. */
function windows(count: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: count * (model.context + 1) }, () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return 97 + ((state >>> 24) % 13);
  });
}

export async function trainShortly(engine: Engine): Promise<Trained> {
  const lockstep = await engine.open({ model, runs: rates.length, batch, optimizer: paperAdamW });
  rates.forEach((_, run) => {
    lockstep.write(run, initialState(model, 1));
  });
  const inputs = Array.from({ length: steps }, (_, step): StepInput => {
    const one = windows(batch, 7 + step);
    return { windows: Uint8Array.from([...one, ...one]), learningRates: Float64Array.from(rates) };
  });
  const outputs = await lockstep.train(inputs);
  const evaluation = await lockstep.evaluate(windows(batch + 2, 99));
  const { vendor, architecture, description } = engine.adapter;
  return {
    adapter: [vendor, architecture, description].filter(Boolean).join(' '),
    losses: outputs.map((output) => [...output.losses]),
    gradientNorms: outputs.map((output) => [...output.gradientNorms]),
    evaluation: [...evaluation],
  };
}
