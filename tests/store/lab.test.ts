// The verbs behind the buttons against a port that answers like the worker, and the claim that store/ needs no view.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { evidenceOf } from '../../src/experiment/evidence/evidence';
import { figureLines } from '../../src/experiment/figures/lines';
import { ownFigure } from '../../src/experiment/figures/own';
import { labPart } from '../../src/store/parts';
import type { LabReply } from '../../src/worker/protocol';
import { closed, slow, trained } from './worker';

vi.mock('react', () => {
  throw new Error('store/ must work without React');
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('before Run', () => {
  test('opening looks at the machine and proposes a size for it', async () => {
    const { lab, session, kinds } = closed();
    await lab.open();
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['detect']);
    expect(session.getState().machine?.adapter.kind).toBe('webgpu');
    expect(lab.recipe.getState().setting.scale).toBe('S');
    expect(lab.choices.getState().study.scale).toBe('S');
  });

  test('a machine that is too small for the chosen size gets the largest it can train, and says so', async () => {
    const { lab, session, worker } = closed();
    await lab.open();
    lab.recipe.set({ scale: 'M' });
    worker.send([{ kind: 'machine', machine: slow }]);
    expect(lab.recipe.getState().setting.scale).toBe('XS');
    expect(session.getState().notice?.message).toBe('Size M is too large for this machine. Switched to XS.');
  });
});

describe('Run', () => {
  test('adds the draft and sends every arm; a second Run while active does nothing', async () => {
    const { lab, session, worker } = closed();
    let end: (reply: LabReply) => void = () => undefined;
    worker.answer = () => new Promise((resolve) => (end = resolve));
    const run = lab.startOwn(false);
    lab.recipe.change({ replayPercent: 25 });
    await lab.startOwn(false);
    expect(worker.heard).toHaveLength(1);
    expect(worker.heard[0]).toMatchObject({ kind: 'start', stepwise: false, experiment: { arms: [{ id: 'rewarm' }] } });
    expect(lab.recipe.getState().arms).toHaveLength(1);
    expect(session.getState()).toMatchObject({ phase: 'compiling', owner: 'own' });
    end({ kind: 'ended', end: 'stopped' });
    await run;
    expect(session.getState().phase).toBe('stopped');
  });

  test('Step without a run starts one that takes a single step; during a run it steps', async () => {
    const { lab, session, worker, kinds } = closed();
    worker.answer = (command) =>
      command.kind === 'start' ? new Promise(() => undefined) : Promise.resolve({ kind: 'ok' });
    void lab.startOwn(true);
    expect(worker.heard[0]).toMatchObject({ kind: 'start', stepwise: true });
    worker.send([{ kind: 'paused' }]);
    await session.step();
    await session.pauseOrResume();
    await session.stop();
    expect(kinds()).toEqual(['start', 'step', 'resume', 'stop']);
  });

  test('a worker that dies fails the run with its sentence and keeps the arms', async () => {
    const { lab, session, worker, items } = closed();
    worker.answer = () => Promise.reject(new Error('The part of the page that trains stopped.'));
    await lab.startOwn(false);
    expect(session.getState()).toMatchObject({
      phase: 'failed',
      notice: { fault: 'worker', message: 'The part of the page that trains stopped.' },
    });
    expect(items()).toEqual(['own failed']);
    expect(lab.recipe.getState().arms).toHaveLength(1);
    worker.answer = async () => ({ kind: 'ended', end: 'finished' });
    await lab.startOwn(false);
    expect(session.getState().phase).toBe('finished');
  });
});

test('a recipe that was changed shows no curve of the run before it, and what that run was set to is known', async () => {
  const { lab, session, worker, settle } = closed();
  const shown = () => {
    const { part, whole } = labPart(lab.recipe.getState());
    const evidence = evidenceOf([{ key: part.key, plan: whole }], session.getState().records);
    return figureLines(ownFigure, part, 'old', evidence).map(({ key }) => key);
  };
  expect(lab.ran.getState().setting).toBeNull();
  lab.recipe.set({ shift: 'strong' });
  const run = lab.startOwn(false);
  await settle();
  worker.send(labPart(lab.recipe.getState()).whole.nodes.flatMap(({ id }) => trained(id, [0], 2, 3)));
  worker.end({ kind: 'ended', end: 'finished' });
  await run;
  const strong = ['base rewarm', 'rewarm'];
  expect(shown()).toEqual(strong);
  for (const change of [{ shift: 'weak' }, { scale: 'S' }, { budget: 0.25 }] as const) {
    lab.recipe.set(change);
    expect(shown()).toEqual([]);
    const { setting } = lab.ran.getState();
    expect(setting).toEqual({ shift: 'strong', scale: 'XS', seeds: [1], budget: 1 });
    lab.recipe.set(setting ?? {});
    expect(shown()).toEqual(strong);
  }
  // One seed of three is of the recipe that is shown.
  lab.recipe.set({ seeds: [1, 2, 3] });
  expect(shown()).toEqual(strong);
});

test('news of the bench reach the bench', async () => {
  const { lab, worker } = closed();
  worker.answer = () => new Promise(() => undefined);
  void lab.bench.start([]);
  const progress = { done: 0, total: 1, what: 'x' };
  worker.send([{ kind: 'bench-progress', progress }]);
  expect(lab.bench.getState().progress).toEqual(progress);
});

describe('weights of a file', () => {
  const given = ['mine.safetensors', new Uint8Array(), null] as const;
  const sha256 = 'ab'.repeat(32);
  const answered = async (reply: LabReply) => {
    const { lab, worker } = closed();
    await lab.open();
    const before = worker.answer;
    worker.answer = async (command) => (command.kind === 'open-weights' ? reply : before(command));
    return { lab, problem: await lab.startFrom(...given) };
  };

  test('stand for the first stage of every arm, at their size, until they are left', async () => {
    const { lab, problem } = await answered({ kind: 'weights', sha256, scale: 'XS' });
    expect(problem).toBeNull();
    expect(lab.recipe.getState()).toMatchObject({ picked: 'XS', setting: { scale: 'XS', start: { sha256 } } });
    const { part, whole } = labPart(lab.recipe.getState());
    expect(part.experiment.arms[0]).toMatchObject({ init: { kind: 'weights', sha256 }, stages: [{ name: 'd1' }] });
    expect(whole.nodes).toHaveLength(1);
    lab.recipe.startRandom();
    expect(labPart(lab.recipe.getState()).whole.nodes).toHaveLength(2);
    expect(lab.recipe.getState().setting).not.toHaveProperty('start');
  });

  test('that are refused, or of a size that is not trained here, change nothing', async () => {
    const refused = await answered({ kind: 'refused', message: 'They are none.' });
    expect(refused.problem).toBe('They are none.');
    const large = await answered({ kind: 'weights', sha256, scale: 'L' });
    large.lab.session.setState({ machine: slow });
    expect(await large.lab.startFrom(...given)).toBe('They are of size L, which this machine is not asked to train.');
    expect(refused.lab.recipe.getState().setting.start).toBeUndefined();
  });
});
