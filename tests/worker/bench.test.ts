// The worker's bench on a real adapter: what it sends, that it stops, and that it never runs beside training.

import { expect, test } from 'vitest';
import { BrowserCheckpoints } from '../../src/storage/checkpoints';
import { LabHost } from '../../src/worker/host';
import type { LabCommand, LabEvent } from '../../src/worker/protocol';
import { testGpu } from '../adapter';
import { threeArms, tiny } from '../train/fixtures';

function host(gpu: GPU | undefined, heard: (event: LabEvent, lab: LabHost) => void = () => undefined) {
  const events: LabEvent[] = [];
  const nothing = async () => undefined;
  const lab: LabHost = new LabHost({
    base: 'https://example.org/lab/',
    surroundings: { secure: true, gpu },
    checkpoints: new BrowserCheckpoints(
      { get: nothing, set: nothing, delete: nothing, keys: async () => [], clear: nothing },
      () => undefined,
    ),
    push: (event) => {
      events.push(event);
      heard(event, lab);
    },
    fetch: async () => new Response('', { status: 404 }),
  });
  return { lab, events };
}

const bench: LabCommand = { kind: 'bench', cases: [{ scale: 'XS', runs: 1 }] };

test('sends the ceilings first and stops when it is told to', async () => {
  const { lab, events } = host(testGpu(), (event, worker) => {
    if (event.kind === 'bench-report') void worker.command({ kind: 'stop-bench' });
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
  const { lab } = host(undefined);
  const run = lab.command({ kind: 'start', experiment: tiny(threeArms), stepwise: false });
  expect(await lab.command(bench)).toEqual({
    kind: 'benched',
    end: 'failed',
    message: expect.stringMatching(/run is on/),
  });
  await run;
});

test('makes way for a run that starts', async () => {
  const { lab } = host(testGpu());
  const measured = lab.command(bench);
  const run = lab.command({ kind: 'start', experiment: tiny(threeArms), stepwise: false });
  expect(await measured).toEqual({ kind: 'benched', end: 'stopped', message: null });
  expect(await run).toMatchObject({ kind: 'ended' });
});

test('says plainly that there is no WebGPU', async () => {
  const { lab, events } = host(undefined);
  expect(await lab.command(bench)).toEqual({
    kind: 'benched',
    end: 'failed',
    message: expect.stringMatching(/no WebGPU here/),
  });
  expect(events).toEqual([]);
});
