// What the bench measures at a scale: the shape that the trainer would open for it.

import type { BenchCase } from '../engine/bench/run';
import { paperAdamW } from '../engine/optimizer';
import { vocabulary } from '../experiment/cost';
import { scales } from '../experiment/scales';
import type { ScaleName } from '../experiment/spec';

export function benchCase(scale: ScaleName, runs: number): BenchCase {
  const { model, batch } = scales[scale];
  return { scale, shape: { model: { ...model, vocabulary }, runs, batch, optimizer: paperAdamW } };
}
