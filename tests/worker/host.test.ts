// The worker's host in Node: the real trainer and reference engine on packed text, and every rung of the ladder.

import { beforeEach, describe, expect, test } from 'vitest';
import { EngineError } from '../../src/engine/engine';
import { corpusNames } from '../../src/experiment/corpora';
import { plan } from '../../src/experiment/plan';
import type { Experiment } from '../../src/experiment/spec';
import { BrowserCheckpoints, type Database } from '../../src/storage/checkpoints';
import { remaining } from '../../src/worker/estimates';
import { LabHost } from '../../src/worker/host';
import { openMachine, withPatience } from '../../src/worker/machine';
import type { LabEvent } from '../../src/worker/protocol';
import type { Fetch } from '../../src/worker/text';
import { fetchPacked } from '../data/packed';
import { absurd, arm, threeArms, tiny } from '../train/fixtures';

/** The trainer's small experiment, on the real text. */
const real = (experiment: Experiment): Experiment =>
  JSON.parse(JSON.stringify(experiment).replaceAll('synthetic-a', 'literature').replaceAll('synthetic-b', 'speeches'));

const served: Fetch = async (address) => {
  const file = /corpora\/(.*)$/.exec(address)?.[1] ?? '';
  return fetchPacked(file).then(
    (bytes) => new Response(new Uint8Array(bytes)),
    () => new Response('', { status: 404 }),
  );
};

function memory(): Database {
  const records = new Map<string, unknown>();
  return {
    get: async (key) => structuredClone(records.get(key)),
    set: async (key, value) => void records.set(key, structuredClone(value)),
    delete: async (key) => void records.delete(key),
    keys: async () => [...records.keys()],
    clear: async () => records.clear(),
  };
}

let events: LabEvent[] = [];
beforeEach(() => {
  events = [];
});

function host(options: { fetch?: Fetch; database?: Database } = {}) {
  return new LabHost({
    base: 'https://example.org/lab/',
    surroundings: { secure: true, gpu: undefined },
    checkpoints: new BrowserCheckpoints(options.database ?? memory(), () => undefined),
    push: (event) => events.push(event),
    fetch: options.fetch ?? served,
  });
}

const ofKind = (kind: string) =>
  events.flatMap((event) => (event.kind === 'train' && event.event.kind === kind ? [event.event] : []));
const faults = () => events.flatMap((event) => (event.kind === 'fault' ? [event] : []));

describe('training', () => {
  test('without WebGPU the processor trains every arm to its end', async () => {
    const lab = host();
    const reply = await lab.command({ kind: 'detect' });
    expect(reply).toMatchObject({
      kind: 'machine',
      machine: { obstacle: 'no-webgpu', adapter: { kind: 'reference' } },
    });
    const experiment = real(tiny(threeArms));
    expect(await lab.command({ kind: 'start', experiment, stepwise: false })).toEqual({
      kind: 'ended',
      end: 'finished',
    });
    expect(ofKind('node-finished')).toHaveLength(plan(experiment).nodes.length);
    expect(faults()).toEqual([]);
  });

  test('a stage that is kept is not trained again and costs no time', async () => {
    const database = memory();
    const [first, second] = [real(tiny(threeArms.slice(0, 1))), real(tiny(threeArms.slice(0, 2)))];
    await host({ database }).command({ kind: 'start', experiment: first, stepwise: false });
    events = [];
    const lab = host({ database });
    expect(await lab.command({ kind: 'measure', experiment: first })).toEqual({
      kind: 'measured',
      seconds: 0,
      bytes: null,
      evaluationShare: null,
      kept: plan(first).nodes.map(({ id }) => id),
    });
    await lab.command({ kind: 'start', experiment: second, stepwise: false });
    const cached = ofKind('node-started').map((event) => event.kind === 'node-started' && event.cached);
    expect(cached.filter(Boolean)).toHaveLength(2);
    expect(cached).toHaveLength(3);
  });

  test('a stepwise run pauses after one step and Stop ends it; what was computed was told', async () => {
    const lab = host();
    const end = lab.command({ kind: 'start', experiment: real(tiny(threeArms)), stepwise: true });
    while (!events.some((event) => event.kind === 'paused')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(ofKind('steps')).toMatchObject([{ firstStep: 0, losses: [expect.any(Number)] }]);
    await lab.command({ kind: 'stop' });
    expect(await end).toEqual({ kind: 'ended', end: 'stopped' });
    expect(ofKind('evaluated').length).toBeGreaterThan(0);
  });

  test('an arm whose loss is not a number fails with its place; the other goes on', async () => {
    const experiment = real(tiny([arm('rewarm'), arm('absurd', { schedule: absurd, steps: 60 })]));
    expect(await host().command({ kind: 'start', experiment, stepwise: false })).toEqual({
      kind: 'ended',
      end: 'finished',
    });
    expect(ofKind('node-failed')).toMatchObject([{ message: expect.stringMatching(/absurd.*step/i) }]);
    expect(ofKind('node-finished')).toHaveLength(2);
  });

  test('a measured time is a number of seconds', async () => {
    const reply = await host().command({ kind: 'measure', experiment: real(tiny(threeArms)) });
    if (reply.kind !== 'measured') throw new Error('no measurement');
    expect(reply.seconds).toBeGreaterThan(0);
    expect(reply.evaluationShare).toBeGreaterThan(0);
    expect(reply.evaluationShare).toBeLessThan(1);
    expect(reply.kept).toEqual([]);
  });
});

describe('what is kept', () => {
  const recalled = () => events.flatMap((event) => (event.kind === 'recalled' ? [event] : []));

  test('is told as it was trained, and nothing is trained for it', async () => {
    const database = memory();
    const [first, second] = [real(tiny(threeArms.slice(0, 1))), real(tiny(threeArms))];
    await host({ database }).command({ kind: 'start', experiment: first, stepwise: false });
    const trained = ofKind('evaluated').flatMap((event) => (event.kind === 'evaluated' ? [event.evaluation] : []));
    const ends = ofKind('node-finished').flatMap((event) => (event.kind === 'node-finished' ? [event.final] : []));
    events = [];
    expect(await host({ database }).command({ kind: 'recall', experiment: second })).toEqual({ kind: 'ok' });
    expect(recalled().map(({ node }) => node)).toEqual(plan(first).nodes.map(({ id }) => id));
    expect(recalled().flatMap(({ evaluations }) => evaluations)).toEqual(trained);
    expect(recalled().map(({ final }) => final)).toEqual(ends);
    expect(events.filter(({ kind }) => kind !== 'recalled')).toEqual([]);
  });

  test('without a stage that is kept the text is not even fetched', async () => {
    const lab = host({ fetch: () => Promise.reject(new Error('not to be asked')) });
    expect(await lab.command({ kind: 'recall', experiment: real(tiny(threeArms)) })).toEqual({ kind: 'ok' });
    expect(events).toEqual([]);
  });
});

describe('writing', () => {
  const written = () => events.flatMap((event) => (event.kind === 'written' ? [event] : []));

  test('kept stages continue every prompt, twice the same', async () => {
    const database = memory();
    const experiment = real(tiny(threeArms.slice(0, 1)));
    const lab = host({ database });
    await lab.command({ kind: 'start', experiment, stepwise: false });
    const nodes = plan(experiment).nodes.map(({ id }) => id);
    const command = { kind: 'sample', experiment, nodes, prompts: ['It was ', 'Er sah'] } as const;
    events = [];
    expect(await lab.command(command)).toEqual({ kind: 'sampled', message: null });
    const once = written();
    expect(once.map(({ node }) => node)).toEqual(nodes);
    expect(once.every(({ texts }) => texts.length === 2 && texts.every((text) => text.length > 20))).toBe(true);
    events = [];
    await host({ database }).command(command);
    expect(written()).toEqual(once);
  });

  test('a stage that is gone is said', async () => {
    const experiment = real(tiny(threeArms));
    const reply = await host().command({ kind: 'sample', experiment, nodes: ['0'], prompts: ['a'] });
    expect(reply).toMatchObject({ kind: 'sampled', message: expect.stringMatching(/no longer kept/) });
  });
});

describe('faults', () => {
  test.each<[string, Experiment | unknown, Fetch, RegExp]>([
    ['a malformed experiment', { ...tiny(threeArms), batch: -1 }, served, /batch/],
    [
      'an unknown corpus',
      JSON.parse(JSON.stringify(real(tiny(threeArms))).replaceAll('speeches', 'poems')),
      served,
      /"poems".*Known: /,
    ],
    [
      'text that is not there',
      real(tiny(threeArms)),
      async () => new Response('', { status: 404 }),
      /corpora\/manifest\.json.*404/,
    ],
    ['a server that is gone', real(tiny(threeArms)), () => Promise.reject(new TypeError('x')), /did not answer/],
  ])(
    '%s ends the run with a sentence that names the place, and the next run works',
    async (_, experiment, fetch, words) => {
      const answers = { fetch };
      const lab = host({ fetch: (...request) => answers.fetch(...request) });
      const reply = await lab.command({ kind: 'start', experiment: experiment as Experiment, stepwise: false });
      expect(reply).toEqual({ kind: 'ended', end: 'failed' });
      expect(faults()).toMatchObject([{ fatal: true, message: expect.stringMatching(words) }]);
      answers.fetch = served;
      const next = real(tiny(threeArms.slice(0, 1)));
      expect(await lab.command({ kind: 'start', experiment: next, stepwise: false })).toMatchObject({
        end: 'finished',
      });
    },
  );
});

describe('the ladder', () => {
  const gpu = (requestAdapter: () => Promise<unknown>) => ({ requestAdapter }) as unknown as GPU;

  test.each([
    ['a page over http', { secure: false, gpu: undefined }, 'insecure'],
    ['a browser without WebGPU', { secure: true, gpu: undefined }, 'no-webgpu'],
    ['no adapter', { secure: true, gpu: gpu(async () => null) }, 'no-adapter'],
    [
      'an adapter request that throws',
      { secure: true, gpu: gpu(() => Promise.reject(new Error('blocked'))) },
      'no-adapter',
    ],
  ])('%s: the processor trains', async (_, surroundings, obstacle) => {
    const { machine, engine } = await openMachine(surroundings);
    expect(machine).toMatchObject({ obstacle, adapter: { kind: 'reference' } });
    engine.destroy();
  });

  test('waiting ends, whatever the browser does', async () => {
    const never = new Promise<number>(() => undefined);
    await expect(withPatience(never, 10, 'no answer')).rejects.toThrow(EngineError);
    expect(await withPatience(Promise.resolve(3), 1000, 'no answer')).toBe(3);
  });
});

test('what is left of a plan is what is not kept', () => {
  const whole = plan(tiny(threeArms));
  const [base] = whole.nodes;
  const left = remaining(whole, new Set([base?.id ?? '']));
  expect(left.nodes).toHaveLength(3);
  expect(left.tokens).toBe((whole.tokens * 3) / 4);
  expect(remaining(whole, new Set(whole.nodes.map((node) => node.id))).tokens).toBe(0);
});

test('the text an experiment needs includes what it replays and measures', () => {
  expect(corpusNames(tiny(threeArms))).toEqual(['synthetic-a', 'synthetic-b']);
});
