// The order in which the stages of a figure are trained: bases, then everything that ends a path, together.

import { describe, expect, test } from 'vitest';
import type { FigureId } from '../../src/experiment/figures';
import { figures } from '../../src/experiment/figures';
import { plan } from '../../src/experiment/plan';
import { rounds } from '../../src/train/rounds';
import { arm, base, only, replayed, tiny, trained } from './fixtures';

function names(id: FigureId): string[][] {
  const [part] = figures[id].parts({ scale: 'XS', seeds: [1], budget: 1 });
  if (!part) throw new Error('no part');
  return rounds(plan(part.experiment).nodes).map((round) =>
    round.map((node) => `${node.stage.name} ${node.stage.steps} ${node.arms.at(-1)}`),
  );
}

describe('rounds', () => {
  test('a run from scratch waits until it can train beside the continued ones', () => {
    expect(names('6')).toEqual([
      ['d0 300 replay-5'],
      ['union 600 union', 'd1 300 scratch', 'd1 300 rewarm', 'd1 300 replay-5'],
    ]);
  });

  test('the anneals of three parts train together at the end', () => {
    expect(names('10').map((round) => round.length)).toEqual([3, 3, 2, 7]);
  });

  test('what is known already makes its followers first', () => {
    const [part] = figures['6'].parts({ scale: 'XS', seeds: [1], budget: 1 });
    const nodes = plan(part?.experiment ?? tiny([])).nodes;
    expect(rounds(nodes.slice(1)).map((round) => round.length)).toEqual([4]);
  });
});

test('the trainer follows them, and the numbers do not depend on it', async () => {
  const alone = { ...base, name: 'alone', steps: 7 };
  const mixed = tiny([
    { id: 'alone', label: 'alone', init: { kind: 'random' }, stages: [alone] },
    arm('a'),
    arm('b', replayed(0.5)),
  ]);
  const { log, events, results } = await trained(mixed);
  expect(log.opened.slice(0, 2)).toEqual([1, 3]);
  expect(only(events, 'node-finished')).toHaveLength(4);
  const single = await trained({ ...mixed, arms: mixed.arms.slice(0, 1) });
  const [id] = single.results.keys();
  expect(results.get(id ?? '')).toEqual(single.results.get(id ?? ''));
});
