// Places on the palette: agreed ones stay, others are handed out so that no two arms of a figure look alike.

import { describe, expect, test } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { placeOf, placesOf } from '../../src/experiment/figures/kin';

const run = (slot: number) => ({ kind: 'run', slot });

describe('an arm without an agreed slot', () => {
  test('takes the first that is free in its figure, in the order of appearance', () => {
    const places = placesOf([{ runs: ['rewarm', 'new', 'peak', 'newer'], compared: [] }]);
    expect(Object.fromEntries(places)).toEqual({ rewarm: run(0), new: run(1), peak: run(2), newer: run(3) });
  });

  test('has one place in all figures, free in each of them', () => {
    const places = placesOf([
      { runs: ['rewarm', 'new'], compared: [] },
      { runs: ['floor', 'new', 'peak'], compared: [] },
    ]);
    expect(places.get('new')).toEqual(run(3));
  });

  test('and its branches share a colour that no other has', () => {
    const places = placesOf([{ runs: ['new', 'new-anneal-1', 'same-rewarm', 'other', 'same-other'], compared: [] }]);
    expect(places.get('same-rewarm')).toEqual(run(6));
    expect([places.get('new'), places.get('new-anneal-1')]).toEqual([run(1), run(7)]);
    expect([places.get('other'), places.get('same-other')]).toEqual([run(2), run(8)]);
  });

  test('never takes the look of a dashed twin', () => {
    const many = Array.from({ length: 9 }, (_, i) => `new-${i}x`);
    const places = placesOf([{ runs: ['rewarm', 'same-rewarm', ...many], compared: [] }]);
    expect(new Set([...places.values()].map(({ slot }) => slot)).size).toBe(11);
  });
});

test('arms that only compare are counted by themselves; who is a curve somewhere is none of them', () => {
  const places = placesOf([
    { runs: ['rewarm'], compared: ['union', 'scratch'] },
    { runs: ['scratch'], compared: ['base'] },
  ]);
  expect([places.get('union'), places.get('base')]).toEqual([0, 1].map((slot) => ({ kind: 'compared', slot })));
  expect(places.get('scratch')).toEqual(run(5));
});

test('every arm of every figure has a place, and no stranger', () => {
  const arms = Object.values(figures).flatMap((figure) =>
    figure.parts({ scale: 'S', seeds: [1, 2], budget: 0.1 }).flatMap(({ experiment }) => experiment.arms),
  );
  expect(arms.length).toBeGreaterThan(50);
  expect(arms.filter(({ id }) => !placeOf(id))).toEqual([]);
  expect(placeOf('stranger')).toBeUndefined();
});
