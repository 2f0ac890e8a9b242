// A training that is the same everywhere: three runs of XS on counted tokens, weights and rates without a function whose
// bits are a browser's own. What it gives, byte by byte, can be compared between machines.

import type { LockstepShape } from '../../src/engine/engine';
import { parameterLayout } from '../../src/engine/model';
import { paperAdamW } from '../../src/engine/optimizer';
import { createSimdEngine } from '../../src/engine/simd/engine';

/** SHA-256 of what so many steps give. They change where the engine's arithmetic is changed, and only then. */
export const exampleSums = {
  20: '64fc75143cb09c61c85ed5b7e6040e6d1d4e4c728418135eb4b795794f52b544',
  200: '2cbfaa47fe443bb3889ec93f9c6447709ca9c8fb04e25af64cd8e86d16c525ea',
} as const;

const RUNS = 3;

/** 32 well-mixed bits. */
function mixed(i: number): number {
  let h = Math.imul(i + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

const shape: LockstepShape = {
  model: { vocabulary: 256, context: 64, width: 32, layers: 2, heads: 4, rotaryFraction: 1 },
  runs: RUNS,
  batch: 16,
  optimizer: paperAdamW,
};

/** Text that can be learned in part: each token is the one before plus a small number. */
function windows(step: number): Uint8Array {
  const length = RUNS * shape.batch * (shape.model.context + 1);
  const tokens = new Uint8Array(length);
  for (let i = 0; i < length; i++) tokens[i] = (i === 0 ? 0 : tokens[i - 1]!) + (mixed(step * length + i) % 5);
  return tokens;
}

/** Losses, weights and moments of all runs after so many steps, as bytes. */
export async function exampleOutcome(steps: number): Promise<Uint8Array<ArrayBuffer>> {
  const lockstep = await createSimdEngine().open(shape);
  const { size, tensors } = parameterLayout(shape.model);
  for (let run = 0; run < RUNS; run++) {
    const parameters = Float32Array.from({ length: size }, (_, i) => (mixed(run * size + i) / 2 ** 31 - 1) / 8);
    for (const { initializer, offset } of tensors) {
      if (initializer === 'one') parameters.fill(1, offset, offset + shape.model.width);
    }
    lockstep.write(run, {
      parameters,
      firstMoment: new Float32Array(size),
      secondMoment: new Float32Array(size),
      step: 0,
    });
  }
  const parts: ArrayBufferLike[] = [];
  for (let step = 0; step < steps; step++) {
    const learningRates = new Float64Array(RUNS).fill(Math.min(step / 16, 1) / 256);
    const [output] = await lockstep.train([{ windows: windows(step), learningRates }]);
    parts.push(output!.losses.buffer, output!.gradientNorms.buffer);
  }
  for (let run = 0; run < RUNS; run++) {
    const { parameters, firstMoment, secondMoment } = await lockstep.read(run);
    parts.push(parameters.buffer, firstMoment.buffer, secondMoment.buffer);
  }
  lockstep.destroy();
  const outcome = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    outcome.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return outcome;
}
