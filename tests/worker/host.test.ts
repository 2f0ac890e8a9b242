// The worker's host in Node: the real trainer and reference engine on packed text.

import { describe, expect, test } from 'vitest';
import { corpusNames } from '../../src/experiment/corpora';
import { plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import type { Experiment, ScaleName } from '../../src/experiment/spec';
import type { Fetch } from '../../src/worker/served';
import { absurd, arm, threeArms, tiny } from '../train/fixtures';
import { changed, databases, host, real, served } from './lab';

const ids = (experiment: Experiment) => plan(experiment).nodes.map(({ id }) => id);
const [one, two] = [real(tiny(threeArms.slice(0, 1))), real(tiny(threeArms.slice(0, 2)))];
const three = real(tiny(threeArms));
const unmeasured = {
  kind: 'measured',
  seconds: null,
  bytes: null,
  evaluationShare: null,
  together: null,
  repeats: [],
  kept: [],
};
const soon = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

describe('training', () => {
  test('without WebGPU the processor trains every arm to its end', async () => {
    const { lab, start, trained, told } = host();
    const reply = await lab.command({ kind: 'detect' });
    expect(reply).toMatchObject({
      kind: 'machine',
      machine: { obstacle: 'no-webgpu', adapter: { kind: 'reference' } },
    });
    expect(await start(three)).toEqual({ kind: 'ended', end: 'finished' });
    const ended = trained('node-finished').map(({ record }) => record);
    expect(ended).toHaveLength(plan(three).nodes.length);
    expect(new Set(ended.map(({ origin }) => origin))).toEqual(new Set(['trained']));
    expect(ended[0]?.maker).toMatchObject({ version: 'test', engine: 'reference' });
    expect(told('fault')).toEqual([]);
  });

  test('a stage that is kept is not trained again and costs no time', async () => {
    const kept = databases();
    await host({ kept }).start(one);
    const { lab, start, trained } = host({ kept });
    expect(await lab.command({ kind: 'measure', experiment: one })).toEqual({
      kind: 'measured',
      seconds: 0,
      bytes: null,
      evaluationShare: null,
      together: null,
      repeats: [],
      kept: ids(one),
    });
    await start(two);
    const origins = trained('node-finished').map(({ record }) => record.origin);
    expect(origins.filter((origin) => origin === 'kept')).toHaveLength(2);
    expect(origins).toHaveLength(3);
    expect(trained('node-started')).toHaveLength(1);
    const begun = new Set(
      [...trained('node-started'), ...trained('evaluated'), ...trained('steps')].map((e) => e.node),
    );
    expect([...begun]).toEqual(ids(two).filter((id) => !ids(one).includes(id)));
  });

  test('a stepwise run pauses after one step and Stop ends it; what was computed was told', async () => {
    const { lab, start, told, trained } = host();
    const end = start(three, true);
    while (told('paused').length === 0) await soon();
    expect(trained('steps')).toMatchObject([{ firstStep: 0, losses: [expect.any(Number)] }]);
    await lab.command({ kind: 'stop' });
    expect(await end).toEqual({ kind: 'ended', end: 'stopped' });
    expect(trained('evaluated').length).toBeGreaterThan(0);
  });

  test('Stop is heard while the text still comes, and the next run trains', async () => {
    let come: () => void = () => undefined;
    const here = new Promise<void>((resolve) => {
      come = resolve;
    });
    const fetch: Fetch = async (...request) => here.then(() => served(...request));
    const { lab, start, events } = host({ fetch });
    const end = start(one);
    await lab.command({ kind: 'stop' });
    expect(await end).toEqual({ kind: 'ended', end: 'stopped' });
    expect(events).toEqual([]);
    const next = start(one);
    come();
    expect(await next).toEqual({ kind: 'ended', end: 'finished' });
  });

  test('an arm whose loss is not a number fails with its place; the other goes on', async () => {
    const experiment = real(tiny([arm('rewarm'), arm('absurd', { schedule: absurd, steps: 60 })]));
    const { start, trained } = host();
    expect(await start(experiment)).toEqual({ kind: 'ended', end: 'finished' });
    expect(trained('node-failed')).toMatchObject([{ message: expect.stringMatching(/absurd.*step/i) }]);
    expect(trained('node-finished')).toHaveLength(2);
  });
});

describe('measuring', () => {
  test('a measured time is a number of seconds', async () => {
    const reply = await host().lab.command({ kind: 'measure', experiment: three });
    if (reply.kind !== 'measured') throw new Error('no measurement');
    expect(reply.seconds).toBeGreaterThan(0);
    expect(reply.evaluationShare).toBeGreaterThan(0);
    expect(reply.evaluationShare).toBeLessThan(1);
    expect(reply.kept).toEqual([]);
  });

  test.each<ScaleName>(['S', 'M', 'L'])(
    'size %s is not tried on the processor: the answer comes at once',
    async (scale) => {
      const { lab, told } = host();
      const experiment = preset('weak', { scale, seeds: [1] });
      // What it would read more than once is known without training.
      const again = scale === 'S' ? [] : expect.arrayContaining([{ corpus: 'speeches', times: expect.any(Number) }]);
      expect(await lab.command({ kind: 'measure', experiment })).toEqual({ ...unmeasured, repeats: again });
      expect(told('fault')).toEqual([]);
    },
  );

  test('size XS is', async () => {
    const reply = await host().lab.command({
      kind: 'measure',
      experiment: preset('weak', { scale: 'XS', seeds: [1] }),
    });
    expect(reply).toMatchObject({ kind: 'measured', seconds: expect.any(Number) });
  });

  test('what cannot be planned is answered too: only a worker that is gone rejects', async () => {
    const { lab } = host();
    expect(await lab.command({ kind: 'measure', experiment: { ...three, batch: -1 } })).toEqual(unmeasured);
  });
});

describe('what is kept', () => {
  test('is told as it was trained, and nothing is trained for it', async () => {
    const kept = databases();
    const first = host({ kept });
    await first.start(one);
    const { lab, events, told } = host({ kept });
    expect(await lab.command({ kind: 'recall', experiments: [three] })).toEqual({ kind: 'ok' });
    const records = told('kept').flatMap((event) => event.records);
    expect(records.map(({ node }) => node)).toEqual(ids(one));
    expect(records.flatMap(({ evaluations }) => evaluations)).toEqual(
      first.trained('evaluated').map(({ evaluation }) => evaluation),
    );
    const ends = first.trained('node-finished').map(({ record: { seconds, ...record } }) => record);
    expect(records).toEqual(ends.map((record) => ({ ...record, origin: 'kept' })));
    expect(events.filter(({ kind }) => kind !== 'kept')).toEqual([]);
  });

  test('is told of every experiment that is asked about', async () => {
    const kept = databases();
    const other = real(tiny([arm('other', { steps: 4 })]));
    const { lab, start, told } = host({ kept });
    for (const experiment of [one, other]) await start(experiment);
    await lab.command({ kind: 'recall', experiments: [other, one] });
    expect(told('kept').map(({ records }) => records.map(({ node }) => node))).toEqual([ids(other), ids(one)]);
  });

  test('without a stage that is kept the text is not even fetched', async () => {
    const { lab, events } = host({ fetch: () => Promise.reject(new Error('not to be asked')) });
    expect(await lab.command({ kind: 'recall', experiments: [three] })).toEqual({ kind: 'ok' });
    expect(events).toEqual([]);
  });

  test('a recall that fails says why, and the next one works', async () => {
    const kept = databases();
    await host({ kept }).start(one);
    const answers: { fetch: Fetch } = { fetch: async () => new Response('', { status: 503 }) };
    const { lab, told } = host({ kept, fetch: (...request) => answers.fetch(...request) });
    expect(await lab.command({ kind: 'recall', experiments: [one] })).toEqual({ kind: 'ok' });
    expect(told('fault')).toMatchObject([{ fault: 'data', fatal: false, message: expect.stringMatching(/503/) }]);
    answers.fetch = served;
    await lab.command({ kind: 'recall', experiments: [one] });
    expect(told('kept')).toHaveLength(1);
    expect(told('fault')).toHaveLength(1);
  });

  test('stages of a text that has changed are not kept: they are not told, and cost their time', async () => {
    const kept = databases();
    await host({ kept }).start(one);
    for (const corpus of ['literature', 'speeches']) {
      const { lab, events } = host({ kept, fetch: changed(corpus) });
      const reply = await lab.command({ kind: 'measure', experiment: one });
      expect(reply).toMatchObject({ kind: 'measured', kept: [] });
      expect(reply.kind === 'measured' && reply.seconds).toBeGreaterThan(0);
      await lab.command({ kind: 'recall', experiments: [one] });
      expect(events.map(({ kind }) => kind)).toEqual(['machine']);
    }
    // Of a text that the experiment does not read it may.
    const { lab } = host({ kept, fetch: changed('german') });
    expect(await lab.command({ kind: 'measure', experiment: one })).toMatchObject({ seconds: 0, kept: ids(one) });
  });
});

describe('writing', () => {
  test('kept stages continue every prompt, twice the same', async () => {
    const kept = databases();
    const { lab, start, told } = host({ kept });
    await start(one);
    const command = { kind: 'sample', experiment: one, nodes: ids(one), prompts: ['It was ', 'Er sah'] } as const;
    expect(await lab.command(command)).toEqual({ kind: 'sampled', message: null });
    const once = told('written');
    expect(once.map(({ node }) => node)).toEqual(ids(one));
    expect(once.every(({ texts }) => texts.length === 2 && texts.every((text) => text.length > 20))).toBe(true);
    const again = host({ kept });
    await again.lab.command(command);
    expect(again.told('written')).toEqual(once);
  });

  test('a stage that is gone is said', async () => {
    const { lab } = host();
    const reply = await lab.command({
      kind: 'sample',
      experiment: three,
      nodes: [ids(three)[0] ?? ''],
      prompts: ['a'],
    });
    expect(reply).toMatchObject({ kind: 'sampled', message: expect.stringMatching(/no longer kept/) });
  });
});

describe('faults', () => {
  const page: Fetch = async () => new Response('<!doctype html>');
  const cut: Fetch = async (address, options) => {
    const response = await served(address, options);
    return address.includes('speeches') ? new Response((await response.arrayBuffer()).slice(0, 5000)) : response;
  };
  const broken: Fetch = async (address, options) => {
    const stream = new ReadableStream({ start: (control) => control.error(new TypeError('network error')) });
    return address.includes('speeches') ? new Response(stream) : served(address, options);
  };

  test.each<[string, Experiment | unknown, Fetch, RegExp]>([
    ['a malformed experiment', { ...tiny(threeArms), batch: -1 }, served, /batch/],
    [
      'an unknown corpus',
      JSON.parse(JSON.stringify(three).replaceAll('speeches', 'poems')),
      served,
      /"poems".*Known: /,
    ],
    ['text that is not there', three, async () => new Response('', { status: 404 }), /corpora\/manifest\.json.*404/],
    ['a server that is gone', three, () => Promise.reject(new TypeError('x')), /did not answer\. Check the connection/],
    ['a text that breaks off', three, broken, /speeches\.bin\.gz could not be read: the connection broke off\. Check/],
    ['a text that is cut short', three, cut, /speeches\.bin\.gz is cut short or damaged\. Check.*tell whoever runs/],
    ['a web page in its place', three, page, /manifest\.json is not JSON\. Check.*tell whoever runs this site\.$/],
    ['text of another build', three, changed('speeches'), /speeches\.bin\.gz is not the text.*tell whoever/],
  ])(
    '%s ends the run with a sentence that names the place, and the next run works',
    async (_, experiment, fetch, words) => {
      const answers = { fetch };
      const { start, told } = host({ fetch: (...request) => answers.fetch(...request) });
      expect(await start(experiment as Experiment)).toEqual({ kind: 'ended', end: 'failed' });
      expect(told('fault')).toMatchObject([{ fatal: true, message: expect.stringMatching(words) }]);
      expect(told('fault')[0]?.message).not.toContain('npm');
      answers.fetch = served;
      expect(await start(one)).toMatchObject({ end: 'finished' });
    },
  );
});

test('the text an experiment needs includes what it replays and measures', () => {
  expect(corpusNames(tiny(threeArms))).toEqual(['synthetic-a', 'synthetic-b']);
});
