// Which windows a stage reads, over its whole length, and the weights it starts from.

import { describe, expect, test } from 'vitest';
import { headSize, initialDeviation, parameterLayout } from '../../src/engine/model';
import { preset } from '../../src/experiment/presets';
import { nodeBatch } from '../../src/train/batches';
import { initialState } from '../../src/train/initialize';
import { modelShape } from '../../src/train/shape';
import { base, fresh, old, stage, text } from './fixtures';

const shape = { model: { context: 8 }, batch: 16 };
const { model } = shape;
const batch = 16;
const size = batch * (model.context + 1);

/** All windows of the first `steps` steps, as texts. */
function windows(fraction: number | null, steps: number, seed = 1): string[] {
  const mixture = { corpus: fresh, replay: fraction === null ? null : { corpus: old, fraction } };
  const node = { ...shape, seed, stage: fraction === null ? { ...base, steps } : stage('d1', mixture, { steps }) };
  return Array.from({ length: steps }, (_, step) => {
    const out = new Uint8Array(size + 7);
    nodeBatch(node, step, text, out, 7);
    expect(out.subarray(0, 7).every((byte) => byte === 0)).toBe(true);
    return Array.from({ length: batch }, (__, b) => out.subarray(7 + b * 9, 16 + b * 9).join(' '));
  }).flat();
}

/** The order of a corpus as its source tells it. */
function order(name: string, count: number, seed = 1): string[] {
  const out = new Uint8Array(9);
  return Array.from({ length: count }, (_, i) => {
    text.source(name).trainWindow(seed, i, model.context, out, 0);
    return out.join(' ');
  });
}

describe('batches', () => {
  test('without replay read the corpus in its order', () => {
    expect(windows(null, 5)).toEqual(order(old, 80));
    expect(windows(0, 5)).toEqual(order(fresh, 80));
    expect(windows(0, 5, 2)).toEqual(order(fresh, 80, 2));
    expect(windows(0, 5, 2)).not.toEqual(order(fresh, 80));
  });

  test('a stage that skips begins where an earlier one stopped, and replay still walks from the start', () => {
    const node = {
      ...shape,
      seed: 1,
      stage: stage('d1', { corpus: fresh, skip: 32, replay: { corpus: old, fraction: 0.5 } }, { steps: 2 }),
    };
    const out = new Uint8Array(2 * size);
    for (const step of [0, 1]) nodeBatch(node, step, text, out, step * size);
    const read = Array.from({ length: 2 * batch }, (_, b) => out.subarray(b * 9, b * 9 + 9).join(' '));
    expect(read.filter((_, b) => b % 2 === 0)).toEqual(order(fresh, 48).slice(32));
    expect(read.filter((_, b) => b % 2 === 1)).toEqual(order(old, 16));
  });

  test.each([0.01, 0.05, 0.25, 0.29, 0.5, 1])(
    'with a share of %f replay exactly that, from the start of the old order',
    (fraction) => {
      const steps = 50;
      const all = windows(fraction, steps);
      const count = Math.round(fraction * steps * batch);
      const replayed = order(old, count);
      const others = order(fresh, steps * batch - count);
      // Merging the two orders back must use both up.
      let r = 0;
      let o = 0;
      for (const window of all) {
        if (window === replayed[r]) r++;
        else if (window === others[o]) o++;
        else throw new Error(`"${window}" is neither the next old nor the next new window`);
      }
      expect([r, o]).toEqual([count, steps * batch - count]);
    },
  );

  test('in every batch the share is met within one sequence', () => {
    const all = windows(0.29, 30);
    const known = new Set(order(old, 200));
    for (let step = 0; step < 30; step++) {
      const count = all.slice(step * batch, (step + 1) * batch).filter((window) => known.has(window)).length;
      expect(Math.abs(count - 0.29 * batch)).toBeLessThan(1);
    }
  });
});

describe('initial weights', () => {
  const shape = modelShape(preset('weak', { scale: 'S', seeds: [1] }).model);
  const state = initialState(shape, 1);

  test('have the deviations of small-init and wang-init, ones and zeros where they belong', () => {
    for (const { name, layer, offset, shape: dimensions, initializer } of parameterLayout(shape).tensors) {
      const count = dimensions.reduce((a, b) => a * b, 1);
      const values = state.parameters.subarray(offset, offset + count);
      const place = `${name} of layer ${layer}`;
      if (initializer === 'zero' || initializer === 'one') {
        expect(
          values.every((value) => value === (initializer === 'one' ? 1 : 0)),
          place,
        ).toBe(true);
        continue;
      }
      const deviation = initialDeviation(initializer, shape);
      const mean = values.reduce((a, b) => a + b, 0) / count;
      const square = values.reduce((a, b) => a + b * b, 0) / count;
      // Five standard errors: of a mean d/sqrt(n), of a deviation d/sqrt(2n).
      expect(Math.abs(mean), place).toBeLessThan((5 * deviation) / Math.sqrt(count));
      expect(Math.abs(Math.sqrt(square) - deviation), place).toBeLessThan((5 * deviation) / Math.sqrt(2 * count));
    }
  });

  test('depend on the seed and the place alone; moments are zero', () => {
    expect(initialState(shape, 1)).toEqual(state);
    expect(initialState(shape, 2).parameters).not.toEqual(state.parameters);
    const matrices = parameterLayout(shape).tensors.filter(({ initializer }) => initializer === 'small');
    const beginnings = matrices.map(({ offset }) =>
      state.parameters.subarray(offset, offset + headSize(shape)).join(' '),
    );
    expect(new Set(beginnings).size).toBe(matrices.length);
    expect(state.firstMoment.some((value) => value !== 0) || state.secondMoment.some((value) => value !== 0)).toBe(
      false,
    );
    expect(state.step).toBe(0);
  });
});
