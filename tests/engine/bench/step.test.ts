// What the bench reports, not how fast it is: every dispatch of a step counted once, and the memory as it is held.

import { expect, it } from 'vitest';
import { benchStep, kernelOf } from '../../../src/engine/bench/step';
import { KernelTimer } from '../../../src/engine/bench/time';
import { plainForms } from '../../../src/engine/forms/forms';
import { trainPass } from '../../../src/engine/gpu/passes';
import { sizesOf } from '../../../src/engine/gpu/sizes';
import { openHost } from '../../../src/engine/webgpu';
import { trainingFlops } from '../../../src/experiment/cost';
import { scales } from '../../../src/experiment/scales';
import { benchCase } from '../../../src/train/shape';
import { testGpu } from '../../adapter';
import { lockstepShape, oddModel, webGpuEngine } from '../engines';

it('lists every kernel of a step, with counts that add up to the step', async () => {
  const host = await openHost(testGpu());
  const timer = new KernelTimer(host);
  const shape = { ...lockstepShape(oddModel, 2, 3), kernels: plainForms };
  const steps: string[] = [];
  const bench = await benchStep(host, timer, shape, (what) => void steps.push(what));
  const dispatches = trainPass(sizesOf(shape), shape.optimizer);
  const names = dispatches.map(kernelOf);
  expect(bench.kernels.map(({ kernel }) => kernel).sort()).toEqual([...new Set(names)].sort());
  for (const { kernel, dispatches: count } of bench.kernels) {
    expect(count).toBe(names.filter((name) => name === kernel).length);
    expect(steps).toContain(kernel);
  }
  expect(names).toContain('head.weight_gradient.partial');
  expect(bench.dispatches).toBe(dispatches.length);
  expect(bench.chosen).toBe(plainForms);
  const lockstep = await (await webGpuEngine()).open(shape);
  expect(bench.memory).toBe(lockstep.bytes);
  lockstep.destroy();
  for (const of of ['flops', 'bytes'] as const) {
    expect(bench.kernels.reduce((sum, kernel) => sum + kernel[of], 0)).toBe(bench[of]);
  }
  for (const { least, median, most } of [bench.time, ...bench.kernels.map(({ time }) => time)]) {
    expect(least).toBeGreaterThanOrEqual(0);
    expect(median).toBeGreaterThan(0);
    expect(median).toBeGreaterThanOrEqual(least);
    expect(most).toBeGreaterThanOrEqual(median);
  }
  expect(bench.tokensPerSecond).toBeCloseTo((1000 * 2 * 3 * oddModel.context) / bench.time.median, 6);
  // Counted from the dispatches here, from the shape of the model there.
  const { V, N, R } = sizesOf(shape);
  expect(V).not.toBe(256);
  const model = { ...oddModel, vocabulary: V };
  const head = 3 * 2 * (V - 256) * model.width;
  expect(bench.usefulFlops).toBe(R * N * (trainingFlops(model) + head));
  timer.destroy();
  host.watch.check();
  host.watch.close();
  host.device.destroy();
});

it('measures a scale at the shape that is trained', () => {
  const { scale, shape } = benchCase('S', 4);
  expect(scale).toBe('S');
  expect(shape).toMatchObject({ runs: 4, batch: scales.S.batch, model: { ...scales.S.model, vocabulary: 256 } });
});
