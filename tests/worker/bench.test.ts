// The worker's bench on a real adapter: what it sends, that it stops, and that it never runs beside training.

import { expect, test } from 'vitest';
import type { LabCommand } from '../../src/worker/protocol';
import { testGpu } from '../adapter';
import { threeArms, tiny } from '../train/fixtures';
import { host } from './lab';

const bench: LabCommand = { kind: 'bench', cases: [{ scale: 'XS', runs: 1 }] };

test('sends the ceilings first and stops when it is told to', async () => {
  const { lab, events } = host({
    gpu: testGpu(),
    heard: (event, worker) => {
      if (event.kind === 'bench-report') void worker.command({ kind: 'stop-bench' });
    },
  });
  expect(await lab.command(bench)).toEqual({ kind: 'benched', end: 'stopped', message: null });
  const reports = events.flatMap((event) => (event.kind === 'bench-report' ? [event.report] : []));
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatchObject({ adapter: { kind: 'webgpu' }, results: [] });
  const places = events.flatMap((event) => (event.kind === 'bench-progress' ? [event.progress.what] : []));
  expect(places[0]).toMatch(/^ceiling: /);
  // It stopped where it was told to, before the step was measured.
  expect(places.filter((what) => !what.startsWith('ceiling'))).toEqual([]);
});

test('is refused while a run is on', async () => {
  const { lab } = host();
  const run = lab.command({ kind: 'start', experiment: tiny(threeArms), stepwise: false });
  expect(await lab.command(bench)).toEqual({
    kind: 'benched',
    end: 'failed',
    message: expect.stringMatching(/run is on/),
  });
  await run;
});

test('makes way for a run that starts', async () => {
  const { lab } = host({ gpu: testGpu() });
  const measured = lab.command(bench);
  const run = lab.command({ kind: 'start', experiment: tiny(threeArms), stepwise: false });
  expect(await measured).toEqual({ kind: 'benched', end: 'stopped', message: null });
  expect(await run).toMatchObject({ kind: 'ended' });
});

test('says plainly that there is no WebGPU', async () => {
  const { lab, events } = host();
  expect(await lab.command(bench)).toEqual({
    kind: 'benched',
    end: 'failed',
    message: expect.stringMatching(/no WebGPU here/),
  });
  expect(events).toEqual([]);
});
