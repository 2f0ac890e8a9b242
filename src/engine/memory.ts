// What a lockstep will hold on the device, known from its shape before anything is allocated.

import { backWords, bufferWords, IN_FLIGHT } from './buffers';
import type { LockstepShape } from './engine';
import { parameterLayout } from './model';
import { allPasses } from './passes';
import { uniformBytes } from './pipeline';
import { sizesOf } from './sizes';

/** Bytes of device memory of R runs, every buffer counted: what `Lockstep.bytes` will say. */
export function lockstepBytes(shape: LockstepShape): number {
  const sizes = sizesOf(shape);
  const { stats, wide } = backWords(sizes);
  const words = [...bufferWords(sizes).values(), IN_FLIGHT * stats, wide].reduce((a, b) => a + b, 0);
  const passes = Object.values(allPasses(sizes, parameterLayout(shape.model), shape.optimizer));
  return 4 * words + passes.reduce((sum, pass) => sum + uniformBytes(pass.length), 0);
}
