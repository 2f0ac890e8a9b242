// What the trainer does with a plan: trains shared stages once, starts children from their parent's weights with a fresh
// optimizer, measures where the plan says, and tells it in an order that a screen can follow.

import { describe, expect, test } from 'vitest';
import { paperAdamW } from '../../src/engine/optimizer';
import { armPath, needs, plan } from '../../src/experiment/plan';
import { lossesOf } from '../../src/experiment/readings';
import { learningRate } from '../../src/experiment/schedules';
import type { TrainEvent } from '../../src/train/events';
import { initialState } from '../../src/train/initialize';
import { modelShape } from '../../src/train/shape';
import { mean } from '../../src/train/validation';
import { arm, base, numbers, only, replayed, text, threeArms, tiny, trained, watchedEngine } from './fixtures';

const seeds = [1, 7];
const experiment = tiny(threeArms, { seeds });
const run = trained(experiment);
const nodes = plan(experiment).nodes;
const { batch, model } = experiment;
const size = batch * (model.context + 1);

test('the shared base is trained once per seed', async () => {
  const { events, log } = await run;
  expect(only(events, 'node-started')).toHaveLength(8);
  expect(log.opened).toEqual([2, 6]);
  expect(log.trained.filter(({ runs }) => runs === 2)).toHaveLength(base.steps);
  expect(log.trained.filter(({ runs }) => runs === 6)).toHaveLength(base.steps);
});

test('a first stage starts from its seed, a later one from its parent with an optimizer at rest', async () => {
  const { log, results } = await run;
  const roots = log.written.filter(({ runs }) => runs === 2);
  expect(roots.map(({ state }) => state)).toEqual(seeds.map((seed) => initialState(modelShape(model), seed)));
  const children = log.written.filter(({ runs }) => runs === 6);
  const started = nodes.filter((node) => node.start.kind === 'continue');
  expect(children).toHaveLength(6);
  for (const [i, node] of started.entries()) {
    const state = children[i]?.state;
    const parent = results.get(needs(node)[0] ?? '')?.state;
    expect(parent?.step).toBe(base.steps);
    expect(parent?.firstMoment.some((value) => value !== 0)).toBe(true);
    expect(state?.parameters).toEqual(parent?.parameters);
    expect(state?.firstMoment.every((value) => value === 0)).toBe(true);
    expect(state?.secondMoment.every((value) => value === 0)).toBe(true);
    expect(state?.step).toBe(0);
  }
});

test("'keep' hands the optimizer over whole", async () => {
  const kept = await trained(tiny([arm('kept', { optimizer: 'keep' })]));
  const [parent] = kept.results.values();
  expect(kept.log.written[1]?.state).toEqual(parent?.state);
});

test('all arms of a seed read the new text in the same order; replay leaves gaps for old text only', async () => {
  const { log } = await run;
  const steps = log.trained.filter(({ runs }) => runs === 6).map(({ input }) => input);
  const windows = (place: number) =>
    steps.flatMap(({ windows: all }) =>
      Array.from({ length: batch }, (_, b) => {
        const begin = place * size + b * (model.context + 1);
        return all.slice(begin, begin + model.context + 1).join(' ');
      }),
    );
  const place = (id: string, seed: number) =>
    nodes
      .filter((node) => node.start.kind === 'continue')
      .findIndex((node) => node.arms.includes(id) && node.seed === seed);
  for (const seed of seeds) {
    const [stay, rewarm, mixed] = threeArms.map(({ id }) => windows(place(id, seed)));
    expect(rewarm).toEqual(stay);
    const freshOnly = mixed?.filter((_, i) => i % 4 !== 3) ?? [];
    expect(freshOnly).toHaveLength((24 * 3) / 4);
    expect(freshOnly).toEqual(stay?.slice(0, freshOnly.length));
    // The quarter that is replayed is the beginning of what the base read.
    const first = log.trained.filter(({ runs }) => runs === 2).map(({ input }) => input.windows);
    const read = first.flatMap((all) =>
      Array.from({ length: batch }, (_, b) => {
        const begin = seeds.indexOf(seed) * size + b * (model.context + 1);
        return all.slice(begin, begin + model.context + 1).join(' ');
      }),
    );
    expect(mixed?.filter((_, i) => i % 4 === 3)).toEqual(read.slice(0, 6));
  }
});

test("every run gets its own stage's learning rate at every step", async () => {
  const { log } = await run;
  const steps = log.trained.filter(({ runs }) => runs === 6);
  const children = nodes.filter((node) => node.start.kind === 'continue');
  steps.forEach(({ input }, step) => {
    const expected = children.map(({ stage }) => learningRate(stage.schedule, step, stage.steps));
    expect([...input.learningRates]).toEqual(expected);
  });
});

describe('evaluations', () => {
  test('are made where the plan says, for every node', async () => {
    const { events } = await run;
    for (const node of nodes) {
      const own = only(events, 'evaluated').filter((event) => event.node === node.id);
      expect(own.map(({ evaluation }) => evaluation.step)).toEqual(node.evaluateAt);
      expect(own.every(({ evaluation }) => evaluation.values.length === 2)).toBe(true);
    }
  });

  test('carry the mean training loss since the one before', async () => {
    const { results } = await run;
    for (const { record, losses } of results.values()) {
      const { evaluations } = record;
      expect(evaluations[0]?.trainLoss).toBeNull();
      evaluations.slice(1).forEach((evaluation, i) => {
        expect(evaluation.trainLoss).toBe(mean(losses.subarray(evaluations[i]?.step, evaluation.step)));
      });
    }
  });

  test('at the start of a later stage repeat the end of the one before', async () => {
    const { results } = await run;
    for (const node of nodes.filter(({ start }) => start.kind === 'continue')) {
      const parent = results.get(needs(node)[0] ?? '')?.record.evaluations.at(-1);
      expect(results.get(node.id)?.record.evaluations[0]).toMatchObject({ step: 0, values: parent?.values });
      expect(parent?.values).toHaveLength(2);
    }
  });

  test('are the mean over the fixed validation windows under the weights of that moment', async () => {
    const { engine } = watchedEngine();
    const { results } = await run;
    const lockstep = await engine.open({ model: modelShape(model), runs: 1, batch, optimizer: paperAdamW });
    for (const result of results.values()) {
      lockstep.write(0, result.state);
      const loss = async (name: string, tokens: number) =>
        mean(await lockstep.evaluate(text.source(name).validationWindows(tokens, model.context)));
      const { d0, d1, curveTokens, finalTokens } = experiment.evaluation;
      const { evaluations, final } = result.record;
      expect(evaluations.at(-1)?.values).toEqual([await loss(d0, curveTokens), await loss(d1, curveTokens)]);
      expect(final).toEqual([await loss(d0, finalTokens), await loss(d1, finalTokens)]);
    }
  });

  test('on one corpus measure it once, for old and new text', async () => {
    const same = tiny([{ ...arm('same'), stages: [base] }], {
      evaluation: { ...experiment.evaluation, d1: 'synthetic-a' },
    });
    const { results } = await trained(same);
    const [result] = results.values();
    expect(result?.record.evaluations.every(({ values }) => values.length === 1)).toBe(true);
    const [final = Number.NaN, ...others] = result?.record.final ?? [];
    expect(others).toEqual([]);
    expect(lossesOf(same, [final])).toEqual({ old: final, new: final });
  });
});

describe('events', () => {
  test('begin with the plan, end with finished, and tell every loss once in order', async () => {
    const { events, results } = await run;
    expect(events[0]?.kind).toBe('planned');
    expect(events.at(-1)).toEqual({ kind: 'finished' });
    for (const node of nodes) {
      const losses: number[] = [];
      for (const event of only(events, 'steps').filter((steps) => steps.node === node.id)) {
        expect(event.firstStep).toBe(losses.length);
        losses.push(...event.losses);
      }
      expect(losses).toEqual([...(results.get(node.id)?.losses ?? [])]);
    }
  });

  test('of a node: started, evaluated at 0, ..., finished; its store has it by then', async () => {
    const { events } = await run;
    for (const node of nodes) {
      const of = (event: TrainEvent) => ('record' in event ? event.record.node : 'node' in event ? event.node : null);
      const own = events.filter((event) => of(event) === node.id).map(({ kind }) => kind);
      expect(own.slice(0, 2)).toEqual(['node-started', 'evaluated']);
      expect(own.at(-1)).toBe('node-finished');
    }
  });

  test('progress never falls, ends at all tokens, and every chunk of steps ends with one', async () => {
    const { events, log } = await run;
    const progress = only(events, 'progress');
    const done = progress.map(({ tokensDone }) => tokensDone);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(progress.at(-1)).toMatchObject({
      tokensDone: plan(experiment).tokens,
      tokensPlanned: plan(experiment).tokens,
      secondsLeft: 0,
    });
    // One for every chunk, and one after the first evaluation of each group.
    expect(progress).toHaveLength(log.chunks.length + log.opened.length);
  });

  test('survive being posted to another realm', async () => {
    const { events } = await run;
    expect(structuredClone(events)).toEqual(events);
  });
});

test('arms of different depth and an arm that equals another', async () => {
  const arms = [arm('a'), { ...arm('twin'), label: 'Twin' }, { ...arm('base'), stages: [base] }, arm('b', replayed(1))];
  const { events, results } = await trained(tiny(arms));
  expect(only(events, 'node-started')).toHaveLength(3);
  expect(results.size).toBe(3);
  expect(armPath(plan(tiny(arms)), 'twin', 1)).toEqual(armPath(plan(tiny(arms)), 'a', 1));
});

test('a third stage follows the second', async () => {
  const one = arm('three');
  const third = { ...one, stages: [...one.stages, { ...base, name: 'd2', steps: 2 }] };
  const { events, results, log } = await trained(tiny([third, arm('two')]));
  expect(log.opened).toEqual([1, 1, 1]);
  expect(results.size).toBe(3);
  const last = only(events, 'evaluated').at(-1);
  expect(last?.evaluation.step).toBe(2);
  const node = plan(tiny([third])).nodes.at(-1);
  expect(last?.node).toBe(node?.id);
  expect([node?.stage.name, node && node.tokensBefore + node.tokens]).toEqual(['d2', (6 + 6 + 2) * 4 * 8]);
});

describe('arms of different depth', () => {
  const deep = { ...arm('deep'), model: { width: 8, layers: 3, heads: 2, rotaryFraction: 1 } };
  const both = tiny([arm('shallow'), deep], { seeds });

  test('train in one experiment, each shape in groups of its own, with the numbers they have alone', async () => {
    const mixed = await trained(both);
    expect(mixed.log.opened).toEqual([2, 2, 2, 2]);
    for (const one of both.arms) {
      const alone = await trained(tiny([one], { seeds }));
      for (const seed of seeds) {
        for (const { id } of armPath(plan(both), one.id, seed)) expect(numbers(mixed, id)).toEqual(numbers(alone, id));
      }
    }
  });

  test('equal an experiment whose own model that is', async () => {
    const own = tiny([arm('deep')], { seeds, model: { ...model, layers: 3 } });
    const ids = (experimentOf: typeof own) => armPath(plan(experimentOf), 'deep', 1).map(({ id }) => id);
    expect(ids(both)).toEqual(ids(own));
  });
});
