// The bench's state against answers like the worker's.

import { expect, test } from 'vitest';
import type { BenchReport } from '../../src/engine/bench/report';
import { createBenchStore } from '../../src/store/bench';
import type { LabCommand, LabReply } from '../../src/worker/protocol';

const adapter = { kind: 'webgpu', vendor: 'v', architecture: 'a', description: '', isFallback: false } as const;
const report: BenchReport = {
  ...{ v: 1, adapter, timedBy: 'timestamps', results: [] },
  ceilings: { fma: 4, fmaLoop: 2, copy: 1, forms: [] },
  ...{ headline: null, stepShareOfMatmul: null, matmulShareOfCeiling: null },
};
const progress = { done: 0, total: 1, what: 'XS, R = 1: adamw.update' };
const cases = [{ scale: 'XS', runs: 1 }] as const;

function store() {
  const heard: LabCommand[] = [];
  let answer: (reply: LabReply | null) => void = () => undefined;
  const bench = createBenchStore((command) => {
    heard.push(command);
    if (command.kind !== 'bench') return Promise.resolve({ kind: 'ok' });
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  return { bench, heard, answer: (reply: LabReply | null) => answer(reply) };
}

test('one bench at a time, with its progress and what it has found', async () => {
  const { bench, heard, answer } = store();
  const ended = bench.start(cases);
  await bench.start(cases);
  expect(heard).toEqual([{ kind: 'bench', cases }]);
  bench.take([
    { kind: 'bench-progress', progress },
    { kind: 'bench-report', report },
  ]);
  expect(bench.getState()).toEqual({ phase: 'running', progress, report, message: null });
  answer({ kind: 'benched', end: 'finished', message: null });
  await ended;
  expect(bench.getState()).toEqual({ phase: 'finished', progress: null, report, message: null });
});

test('what was measured stays when it is stopped, and goes when it begins again', async () => {
  const { bench, heard, answer } = store();
  const ended = bench.start(cases);
  bench.take([{ kind: 'bench-report', report }]);
  await bench.stop();
  expect(heard.at(-1)).toEqual({ kind: 'stop-bench' });
  answer({ kind: 'benched', end: 'stopped', message: null });
  await ended;
  expect(bench.getState()).toMatchObject({ phase: 'stopped', report });
  void bench.start(cases);
  expect(bench.getState()).toEqual({ phase: 'running', progress: null, report: null, message: null });
});

test.each([
  [{ kind: 'benched', end: 'failed', message: 'A run is on.' }, 'A run is on.'],
  [null, null],
] as const)('an answer that is none ends it: %o', async (reply, message) => {
  const { bench, answer } = store();
  const ended = bench.start(cases);
  answer(reply);
  await ended;
  expect(bench.getState()).toMatchObject({ phase: 'failed', message });
  // News of a bench that has ended change nothing.
  bench.take([{ kind: 'bench-progress', progress }]);
  expect(bench.getState().progress).toBeNull();
});
