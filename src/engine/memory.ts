// What a lockstep will hold on the device, known from its shape before anything is allocated.

import type { LockstepShape } from './engine';
import { evaluationFactor, type Limits } from './gpu/allocate';
import { backWords, IN_FLIGHT, memoryPlan } from './gpu/buffers';
import { allPasses } from './gpu/passes';
import { uniformBytes } from './gpu/pipeline';
import { sizesOf } from './gpu/sizes';

/**
 * Bytes of device memory of R runs, every buffer counted: what `Lockstep.bytes` will say.
 * @param limits of the device; left out, bytes where nothing is limited, which may be a little more
 */
export function lockstepBytes(shape: LockstepShape, limits?: Limits): number {
  const sizes = sizesOf(shape);
  const E = evaluationFactor(sizes, limits);
  const { stats, wide } = backWords(sizes);
  const words = [...memoryPlan(sizes, E).buffers.values(), IN_FLIGHT * stats, wide].reduce((a, b) => a + b, 0);
  const passes = Object.values(allPasses(sizes, E, shape.optimizer));
  return 4 * words + passes.reduce((sum, pass) => sum + uniformBytes(pass.length), 0);
}
