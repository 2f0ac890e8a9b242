// Opens R runs on a WebGPU device: compiles, allocates and captures all that they will ever need, or holds nothing.

import { EngineError, type Lockstep, type LockstepShape } from '../engine';
import { modelProblems } from '../model';
import { allocate, checkLimits, evaluationFactor } from './allocate';
import { backWords, IN_FLIGHT } from './buffers';
import { canRun } from './capable';
import { grantBuffers } from './grant';
import { type BackBuffers, type LockstepHost, type Passes, WebGpuLockstep } from './lockstep';
import { allPasses } from './passes';
import { capture } from './pipeline';
import { type Sizes, sizesOf } from './sizes';

/** Opens R runs: compiles, allocates, captures. */
export async function openLockstep(
  host: LockstepHost,
  shape: LockstepShape,
  progress?: (done: number, total: number) => void,
): Promise<Lockstep> {
  const problems = modelProblems(shape.model);
  if (problems.length > 0) throw new EngineError('limits', problems.join(' '));
  checkLimits(host.device, sizesOf(shape));
  const kernels = shape.kernels && canRun(host.device, shape.kernels) ? shape.kernels : await host.choose(shape);
  const sizes = sizesOf({ ...shape, kernels });
  const E = evaluationFactor(sizes, host.device.limits);
  const lists = allPasses(sizes, E, shape.optimizer);
  await host.watch.guard(host.cache.compile(Object.values(lists).flat(), progress));
  const { device, cache, watch } = host;
  const held: GPUBuffer[] = [];
  try {
    const { buffers, training, evaluation } = await watch.guard(allocate(device, sizes, E));
    held.push(...buffers.values());
    const capturedOf = async (list: typeof lists.fold, places = training) => {
      const made = await watch.guard(capture(device, cache, list, places));
      held.push(made.uniforms);
      return made.captured;
    };
    const fold = await capturedOf(lists.fold);
    const forward = await capturedOf(lists.forward);
    const passes: Passes = {
      fold,
      forward,
      train: [...fold, ...forward, ...(await capturedOf(lists.learn))],
      evaluation: await capturedOf(lists.evaluation, evaluation),
    };
    const back = await watch.guard(backBuffers(device, sizes));
    held.push(...back.stats, back.wide);
    return new WebGpuLockstep(host, shape, { sizes, E, passes, buffers, back, held });
  } catch (error) {
    for (const buffer of held) buffer.destroy();
    throw error;
  }
}

async function backBuffers(device: GPUDevice, sizes: Sizes): Promise<BackBuffers> {
  const { stats, wide } = backWords(sizes);
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const mappable = (label: string, words: number) => ({ label, size: 4 * words, usage });
  const ofStats = Array.from({ length: IN_FLIGHT }, (_, i) => mappable(`stats back ${i}`, stats));
  const [first, ...others] = (await grantBuffers(device, [mappable('wide back', wide), ...ofStats])) as [GPUBuffer];
  return { wide: first, stats: others };
}
