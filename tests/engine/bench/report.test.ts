// The two headline ratios from constructed numbers, and a measurement that is stopped.

import { expect, it } from 'vitest';
import type { Ceilings } from '../../../src/engine/bench/probes';
import {
  type BenchReport,
  type BenchResult,
  bestMatmulOf,
  chosenWords,
  headlineOf,
  reportOf,
  triedWords,
} from '../../../src/engine/bench/report';
import { runBench } from '../../../src/engine/bench/run';
import { plainForms, productNames } from '../../../src/engine/forms/forms';
import { openHost } from '../../../src/engine/webgpu';
import { testGpu } from '../../adapter';
import { lockstepShape, oddModel } from '../engines';

const ceilings: Ceilings = { fma: 40, fmaLoop: 20, copy: 8, forms: [] };
const took = (median: number) => ({ least: median - 1, median, most: median + 1 });
const kernel = (name: string, flops: number, median: number) => ({
  kernel: name,
  dispatches: 1,
  flops,
  bytes: 1e6,
  time: took(median),
});

/** A step of 100 ms alone and 90 ms by turns that does 900 M useful operations: 10 GFLOP/s. */
function result(scale: string, runs: number): BenchResult {
  return {
    scale,
    runs,
    time: took(100),
    tokensPerSecond: 1,
    dispatches: 4,
    flops: 1e9,
    usefulFlops: 9e8,
    bytes: 4e6,
    memory: 1,
    chosen: plainForms,
    tried: [],
    pair: scale === 'S' && runs === 1 ? { kernel: 'in_proj.backward', step: took(90), time: took(8) } : null,
    kernels: [
      // 30, 10, 20 and 12 GFLOP/s: the first is faster, and not of the largest product.
      kernel('head.forward', 3e8, 10),
      kernel('in_proj.forward', 1e8, 10),
      kernel('in_proj.backward', 2e8, 10),
      kernel('in_proj.weight_gradient.partial', 1.2e8, 10),
    ],
  };
}

const adapter = { kind: 'webgpu', vendor: 'v', architecture: 'a', description: 'd', isFallback: true } as const;

it('compares the step with the fastest in_proj, and that with the ceiling', () => {
  const headline = headlineOf(ceilings, [result('XS', 1), result('S', 1)]);
  expect(headline).toMatchObject({ scale: 'S', runs: 1, bestMatmul: { kernel: 'in_proj.backward' } });
  expect(bestMatmulOf(result('S', 1).kernels).kernel).toBe('in_proj.backward');
  expect(headline?.bestMatmul.rate).toBeCloseTo(25, 12);
  expect(headline?.stepRate).toBeCloseTo(10, 12);
  const report = reportOf(adapter, 'timestamps', ceilings, [result('S', 1)]);
  expect(report.stepShareOfMatmul).toBeCloseTo(0.4, 12);
  expect(report.matmulShareOfCeiling).toBeCloseTo(0.625, 12);
});

it('has no headline without scale S and one run', () => {
  const report = reportOf(adapter, 'submissions', ceilings, [result('XS', 1), result('S', 4)]);
  expect(report).toMatchObject({ v: 1, headline: null, stepShareOfMatmul: null, matmulShareOfCeiling: null });
});

it('says what is the same of several kernels once', () => {
  const right = { milliseconds: null, fault: null };
  const every = productNames.map((kernel) => ({ kernel, form: 'subgroups/4 16x4' as const, ...right }));
  const attention = { kernel: 'attention' as const, form: 'subgroups/4' as const, ...right };
  expect(triedWords([...every, attention])).toEqual([
    ['every product', 'subgroups/4 16x4 right, not timed'],
    ['attention', 'subgroups/4 right, not timed'],
  ]);
  const [first, second, third] = productNames;
  expect(
    triedWords([
      { kernel: first, form: 'tiles 64x64', milliseconds: null, fault: 'It gives 1.' },
      { kernel: first, form: 'registers 8x8', milliseconds: 1.2345, fault: null },
      { kernel: second, form: 'tiles 64x64', ...right },
      { kernel: third, form: 'tiles 64x64', ...right },
    ]),
  ).toEqual([
    [first, 'tiles 64x64 dropped: It gives 1., registers 8x8 1.23 ms'],
    [`${second}, ${third}`, 'tiles 64x64 right, not timed'],
  ]);
  expect(chosenWords({ chosen: plainForms })).toBe('every product registers 8x8; attention registers');
  const mixed = { ...plainForms.products, 'head.forward': 'tiles 32x32' as const };
  expect(chosenWords({ chosen: { ...plainForms, products: mixed } })).toMatch(
    /^in_proj\.forward, .*out_proj\.gradient, head\.backward, head\.gradient registers 8x8; head\.forward tiles 32x32; attention registers$/,
  );
});

it('stops between two measurements and leaves what is measured', async () => {
  const host = await openHost(testGpu());
  const abort = new AbortController();
  const reports: BenchReport[] = [];
  const shape = { ...lockstepShape(oddModel, 1, 3), kernels: plainForms };
  const heard: string[] = [];
  const report = await runBench(host, [{ scale: 'odd', shape }], {
    signal: abort.signal,
    report: (now) => void reports.push(now),
    progress: ({ done, total, what }) => {
      heard.push(what);
      expect({ done, total }).toEqual({ done: 0, total: 1 });
      if (what === 'odd, R = 1: the whole step') abort.abort();
    },
  });
  expect(report).toBeNull();
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatchObject({ results: [], headline: null });
  expect(heard.at(-1)).toBe('odd, R = 1: the whole step');
  host.watch.check();
  host.watch.close();
  host.device.destroy();
});
