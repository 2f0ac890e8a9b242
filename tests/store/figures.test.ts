// The figures' stores against a port that answers like the worker: what is chosen, queued, recalled and judged.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { figureLines } from '../../src/experiment/figures/lines';
import { figureTable } from '../../src/experiment/figures/table';
import { armPath, plan } from '../../src/experiment/plan';
import { chosenParts, everything, isOffered, partsToRun, type Study } from '../../src/store/figureChoice';
import { armProgress, endedStages, figureEvidence } from '../../src/store/figureEvidence';
import { createLab } from '../../src/store/lab';
import { createRecipeStore } from '../../src/store/recipe';
import { type ArmResult, armResults } from '../../src/store/results';
import { createRunStore } from '../../src/store/run';
import type { LabCommand, LabEvent, LabListener, LabPort, LabReply, Machine } from '../../src/worker/protocol';

const adapter = { kind: 'webgpu', vendor: 'v', architecture: 'a', description: '', isFallback: false } as const;
const machine: Machine = { adapter, obstacle: null, detail: null, limits: {} };
const slow: Machine = { ...machine, adapter: { ...adapter, isFallback: true } };
const five = figures['5'];
const small: Study = { scale: 'XS', seeds: 1, budget: 0.1 };

interface Port extends LabPort {
  readonly heard: LabCommand[];
  send: LabListener;
  /** Ends the run that goes on. */
  end: (reply: LabReply) => void;
}

function port(): Port {
  const made: Port = {
    heard: [],
    send: () => undefined,
    end: () => undefined,
    listen: (listener) => {
      made.send = listener;
    },
    command: async (command): Promise<LabReply> => {
      made.heard.push(command);
      switch (command.kind) {
        case 'detect':
          return { kind: 'machine', machine };
        case 'measure':
          return { kind: 'measured', seconds: 40, bytes: 9, evaluationShare: 0.2, kept: [] };
        case 'start':
          return new Promise((resolve) => {
            made.end = resolve;
          });
        case 'stop':
          made.end({ kind: 'ended', end: 'stopped' });
          return { kind: 'ok' };
        case 'sample':
          return { kind: 'sampled', message: null };
        default:
          return { kind: 'ok' };
      }
    },
  };
  return made;
}

async function opened() {
  const worker = port();
  const lab = createLab(worker, createRecipeStore(), createRunStore());
  await lab.open();
  await vi.runAllTimersAsync();
  worker.heard.length = 0;
  const items = () => lab.figures.getState().queue?.items.map(({ part, state }) => `${part} ${state}`);
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { worker, lab, items, settle, kinds: () => worker.heard.map(({ kind }) => kind) };
}

/** The events of a stage that trains to its end. */
function trained(node: string, tokens: readonly number[], d0: number, d1: number): LabEvent[] {
  const evaluation = { stage: 'd1', step: 0, learningRate: 1e-3, trainLoss: null, d0, d1 };
  return [
    { kind: 'train', event: { kind: 'node-started', node, cached: false } },
    ...tokens.map(
      (at): LabEvent => ({
        kind: 'train',
        event: { kind: 'evaluated', seconds: null, node, evaluation: { ...evaluation, tokens: at } },
      }),
    ),
    { kind: 'train', event: { kind: 'node-finished', node, final: { d0, d1 }, kernels: null } },
  ];
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what is chosen', () => {
  test('an arm left out of a part leaves the plan, the rest of it and the other part stay', () => {
    const [weak, strong] = chosenParts(five, small, { ...everything, without: { weak: ['replay-1', 'union'] } });
    expect(weak?.arms).not.toContain('replay-1');
    const ids = new Set(weak?.whole.nodes.map(({ id }) => id));
    expect(weak?.chosen?.nodes.every(({ id }) => ids.has(id))).toBe(true);
    expect(weak?.chosen?.nodes).toHaveLength((weak?.whole.nodes.length ?? 0) - 2);
    expect(strong?.arms).toEqual(strong?.part.experiment.arms.map(({ id }) => id));
  });

  test('a part without arms, left out, or with a model too large for the machine is not run', () => {
    const all = five.parts({ scale: 'XS', seeds: [1], budget: 1 })[0]?.experiment.arms.map(({ id }) => id) ?? [];
    const choice = { without: { weak: all }, postponed: ['strong' as const] };
    expect(partsToRun(chosenParts(five, small, choice), machine)).toEqual([]);
    const sizes = chosenParts(figures['7'], small, everything);
    expect(sizes.map((part) => isOffered(part, slow))).toEqual([true, false]);
    expect(partsToRun(sizes, slow).map(({ part }) => part.key)).toEqual(['small']);
  });

  test('the size follows the machine until the person picks one, and always when it cannot be trained', async () => {
    const { lab, worker } = await opened();
    expect(lab.figures.getState().study.scale).toBe('S');
    worker.send([{ kind: 'machine', machine: slow }]);
    expect(lab.figures.getState().study.scale).toBe('XS');
    worker.send([{ kind: 'machine', machine }]);
    lab.figures.choose({ scale: 'M' });
    worker.send([{ kind: 'machine', machine }]);
    expect(lab.figures.getState().study.scale).toBe('M');
    worker.send([{ kind: 'machine', machine: slow }]);
    expect(lab.figures.getState().study.scale).toBe('XS');
  });
});

describe('looking at a figure', () => {
  test('recalls each part once and measures what Run would train, again after a change', async () => {
    const { lab, kinds } = await opened();
    lab.figures.look(five);
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['recall', 'recall', 'measure', 'measure']);
    lab.figures.toggleArm('5', 'weak', 'replay-1');
    lab.figures.togglePart('5', 'strong');
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['recall', 'recall', 'measure', 'measure', 'measure']);
    const plan = lab.figures.parts(five)[0]?.chosen?.id ?? '';
    expect(lab.figures.getState().estimates[plan]).toMatchObject({
      kind: 'measured',
      seconds: 40,
      evaluationShare: 0.2,
    });
  });

  test('the keys run the figure that is looked at, and nothing when there is none', async () => {
    const { lab, worker, settle } = await opened();
    await lab.figures.startLooked(false);
    expect(worker.heard).toEqual([]);
    lab.figures.look(five);
    const run = lab.figures.startLooked(true);
    await settle();
    expect(worker.heard[0]).toMatchObject({ kind: 'start', stepwise: true });
    await lab.stop();
    await run;
  });

  test('what was trained before appears without a run, and what is on the charts stays', async () => {
    const { lab, worker } = await opened();
    const recalled = { kind: 'recalled', node: 'x', final: { d0: 1, d1: 2 } } as const;
    const evaluation = { stage: 'd1', step: 0, tokens: 0, learningRate: 0, trainLoss: null, d0: 3, d1: 4 };
    worker.send([{ ...recalled, evaluations: [evaluation] }]);
    expect(lab.run.getState()).toMatchObject({ phase: 'idle', nodes: { x: { state: 'reused', final: { d0: 1 } } } });
    worker.send([{ ...recalled, evaluations: [evaluation, evaluation], final: { d0: 9, d1: 9 } }]);
    expect(lab.run.book.of('x')?.size).toBe(1);
    expect(lab.run.getState().nodes['x']?.final).toEqual({ d0: 1, d1: 2 });
  });
});

describe('the queue', () => {
  test('trains the parts one after another and ends finished', async () => {
    const { lab, worker, items, settle } = await opened();
    const run = lab.figures.start(five);
    await settle();
    expect(items()).toEqual(['weak training', 'strong waiting']);
    expect(lab.run.getState()).toMatchObject({ phase: 'compiling', owner: { figure: '5', part: 'weak' } });
    await lab.start();
    worker.end({ kind: 'ended', end: 'finished' });
    await settle();
    expect(items()).toEqual(['weak done', 'strong training']);
    worker.end({ kind: 'ended', end: 'finished' });
    await run;
    expect(items()).toEqual(['weak done', 'strong done']);
    expect(lab.run.getState().phase).toBe('finished');
    expect(worker.heard.filter(({ kind }) => kind === 'start')).toHaveLength(2);
  });

  test('Stop ends it, keeps what is done and trains no further part', async () => {
    const { lab, items, settle } = await opened();
    const run = lab.figures.start(five);
    await settle();
    await lab.stop();
    await run;
    expect(items()).toEqual(['weak stopped', 'strong waiting']);
    expect(lab.run.getState().phase).toBe('stopped');
  });

  test('Skip leaves the part that trains and goes on with the next; one that waits never starts', async () => {
    const { lab, worker, items, settle, kinds } = await opened();
    const run = lab.figures.start(five);
    await settle();
    lab.figures.skip('weak');
    await settle();
    expect(items()).toEqual(['weak skipped', 'strong training']);
    worker.end({ kind: 'ended', end: 'finished' });
    await run;
    expect(lab.run.getState().phase).toBe('finished');
    const again = lab.figures.start(five);
    await settle();
    lab.figures.skip('strong');
    worker.end({ kind: 'ended', end: 'finished' });
    await again;
    expect(items()).toEqual(['weak done', 'strong skipped']);
    expect(kinds().filter((kind) => kind === 'start')).toHaveLength(3);
  });

  test('a part that fails ends it', async () => {
    const { lab, worker, items, settle } = await opened();
    const run = lab.figures.start(five);
    await settle();
    worker.send([{ kind: 'fault', fault: 'device-lost', message: 'gone', fatal: true }]);
    worker.end({ kind: 'ended', end: 'failed' });
    await run;
    expect(items()).toEqual(['weak failed', 'strong waiting']);
    expect(lab.run.getState().phase).toBe('failed');
  });

  test("the Lab's board and its finished arms outlive a figure's run", async () => {
    const { lab, worker, settle } = await opened();
    const own = lab.start();
    await settle();
    const board = lab.run.getState().board;
    worker.send((board?.plan.nodes ?? []).flatMap(({ id }) => trained(id, [0], 2, 3)));
    worker.end({ kind: 'ended', end: 'finished' });
    await own;
    const run = lab.figures.start(five);
    await settle();
    const states = (results: readonly ArmResult[]) => results.map(({ state }) => state);
    expect(states(armResults(lab.run.getState()))).toEqual(['done']);
    await lab.stop();
    await run;
    expect(lab.run.getState().board).toBe(board);
    expect(states(armResults(lab.run.getState()))).toEqual(['done']);
  });
});

describe('evidence', () => {
  const parts = chosenParts(five, small, everything);
  const whole = parts[0]?.whole ?? plan(five.parts({ scale: 'XS', seeds: [1], budget: 0.1 })[0]!.experiment);
  const path = armPath(whole, 'replay-5', 1);

  test('of stages that any run has trained: lines from the switch, finals, steps', async () => {
    const { lab, worker, settle } = await opened();
    void lab.figures.start(five);
    await settle();
    const [base, last] = path;
    const before = last?.tokensBefore ?? 0;
    worker.send(trained(base?.id ?? '', [0, before], 2, 3));
    worker.send(trained(last?.id ?? '', [before, before + 1024], 2.2, 2.5));
    const { nodes } = lab.run.getState();
    const evidence = figureEvidence(parts, nodes, lab.run.book);
    expect(evidence('weak', 'replay-5')).toMatchObject([
      { seed: 1, stages: [{ final: { d0: 2 } }, { final: { d0: 2.2 }, evaluations: [{ step: 0 }, { step: 1 }] }] },
    ]);
    expect(evidence('strong', 'union')).toEqual([]);
    const line = figureLines(five, parts[0]!.part, 'd0', evidence).find(({ arm }) => arm === 'replay-5');
    expect(line?.points.map(({ tokens, mean }) => [tokens, mean])).toEqual([
      [0, 2.2],
      [1024, 2.2],
    ]);
    const row = figureTable(five, parts[0]!.part, evidence).find(({ arm }) => arm === 'replay-5');
    expect(row?.ours).toMatchObject({ d0: 2.2, d1: 2.5, forgetting: expect.closeTo(0.2, 9) });
    expect(endedStages(parts, nodes)).toBe(2);
  });

  test('how far each arm is, while it is trained and after a stop', async () => {
    const { lab, worker, settle } = await opened();
    lab.figures.choose(small);
    lab.figures.toggleArm('5', 'weak', 'replay-10');
    const run = lab.figures.start(five);
    await settle();
    const [base, last] = path;
    worker.send([...trained(base?.id ?? '', [0], 2, 3), ...trained(last?.id ?? '', [0], 2, 3)]);
    const other = armPath(whole, 'replay-1', 1).at(-1)?.id ?? '';
    worker.send([{ kind: 'train', event: { kind: 'node-started', node: other, cached: false } }]);
    const states = () =>
      ['replay-5', 'replay-1', 'replay-50', 'replay-10'].map(
        (arm) => armProgress(whole, arm, lab.run.getState()).state,
      );
    expect(states()).toEqual(['done', 'training', 'waiting', null]);
    await lab.stop();
    await run;
    expect(states()).toEqual(['done', 'stopped', null, null]);
  });
});

test('what trained arms write is kept by stage until the next time', async () => {
  const { lab, worker } = await opened();
  const { experiment } = five.parts({ scale: 'XS', seeds: [1], budget: 1 })[0]!;
  const done = lab.figures.write(experiment, ['a', 'b'], ['It was ']);
  worker.send([{ kind: 'written', node: 'a', texts: ['so'] }]);
  expect(lab.figures.getState().writing).toEqual({ phase: 'writing', texts: { a: ['so'] }, message: null });
  await done;
  expect(lab.figures.getState().writing.phase).toBe('done');
});
