// What the bench reports, not how fast it is: every dispatch of a step counted once, and the memory as it is held.

import { expect, it } from 'vitest';
import { benchStep } from '../../src/engine/bench';
import { openHost } from '../../src/engine/device';
import { parameterLayout } from '../../src/engine/model';
import { trainPass } from '../../src/engine/passes';
import { sizesOf } from '../../src/engine/sizes';
import { testGpu } from '../adapter';
import { lockstepShape, oddModel, webGpuEngine } from './engines';

it('lists every kernel of a step, with counts that add up to the step', async () => {
  const host = await openHost(testGpu());
  const shape = lockstepShape(oddModel, 2, 3);
  const bench = await benchStep(host, shape);
  const dispatches = trainPass(sizesOf(shape), parameterLayout(shape.model), shape.optimizer);
  const names = dispatches.map(({ shader, entry }) => `${shader}.${entry}`);
  expect(bench.kernels.map(({ kernel }) => kernel).sort()).toEqual([...new Set(names)].sort());
  for (const { kernel, dispatches: count } of bench.kernels) {
    expect(count).toBe(names.filter((name) => name === kernel).length);
  }
  expect(bench.dispatches).toBe(dispatches.length);
  const lockstep = await (await webGpuEngine()).open(shape);
  expect(bench.memory).toBe(lockstep.bytes);
  lockstep.destroy();
  for (const of of ['flops', 'bytes'] as const) {
    expect(bench.kernels.reduce((sum, kernel) => sum + kernel[of], 0)).toBe(bench[of]);
  }
  for (const { least, median, most } of [bench.time, ...bench.kernels.map(({ time }) => time)]) {
    expect(least).toBeGreaterThan(0);
    expect(median).toBeGreaterThanOrEqual(least);
    expect(most).toBeGreaterThanOrEqual(median);
  }
  expect(bench.tokensPerSecond).toBeCloseTo((1000 * 2 * 3 * oddModel.context) / bench.time.median, 6);
  host.watch.check();
  host.watch.close();
  host.device.destroy();
});
