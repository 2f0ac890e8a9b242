// What the arms of a figure read, window by window over whole stages: the same new text in the same order, replay from the
// old text's start in exact shares, and unions in proportion. The text is one whose windows say where they come from.

import { describe, expect, test } from 'vitest';
import type { TextData } from '../../src/data/text';
import { figures } from '../../src/experiment/figures';
import { armPath, type PlanNode, plan } from '../../src/experiment/plan';
import type { Experiment } from '../../src/experiment/spec';
import { nodeBatch } from '../../src/train/batches';

const names = ['literature', 'speeches', 'german', 'speeches/1', 'speeches/2', 'speeches/3'];

/** Every window holds its corpus, the seed and its index in four bytes. */
const text: TextData = {
  names: () => names,
  entries: () => [],
  source: (name) => ({
    name,
    trainTokens: 0,
    trainWindow: (seed, index, _, out, offset) => {
      out.set([names.indexOf(name), seed, index & 255, index >> 8], offset);
    },
    validationWindows: () => new Uint8Array(),
  }),
};

interface Read {
  readonly corpus: string;
  readonly index: number;
}

function windowsOf(node: PlanNode, batch: number): Read[] {
  const context = 3;
  const out = new Uint8Array(batch * (context + 1));
  return Array.from({ length: node.stage.steps }, (_, step) => {
    nodeBatch({ ...node, batch, model: { context } }, step, text, out, 0);
    return Array.from({ length: batch }, (__, b): Read => {
      const [corpus = 0, seed, low = 0, high = 0] = out.subarray(4 * b, 4 * b + 4);
      expect(seed).toBe(node.seed);
      return { corpus: names[corpus] ?? '', index: low + 256 * high };
    });
  }).flat();
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const of = (read: readonly Read[], corpus: string) =>
  read.filter((one) => one.corpus === corpus).map(({ index }) => index);

function last(experiment: Experiment, arm: string, seed: number): PlanNode {
  const node = armPath(plan(experiment), arm, seed).at(-1);
  if (!node) throw new Error(`no arm ${arm}`);
  return node;
}

const parts = figures['5'].parts({ scale: 'XS', seeds: [1, 2], budget: 1 });

describe.each(parts)('Figure 5, $title', ({ experiment }) => {
  const { batch, evaluation, arms } = experiment;
  const steps = last(experiment, 'rewarm', 1).stage.steps;

  test.each(arms.filter(({ id }) => id !== 'union'))(
    '$id reads both texts from their starts, without a gap',
    ({ id }) => {
      for (const seed of experiment.seeds) {
        const read = windowsOf(last(experiment, id, seed), batch);
        const percent = Number(/replay-(\d+(?:p\d+)?)$/.exec(id)?.[1]?.replace('p', '.') ?? 0);
        const replayed = Math.floor((steps * batch * percent) / 100 + 1e-9);
        expect(of(read, evaluation.d0)).toEqual(upTo(replayed));
        expect(of(read, evaluation.d1)).toEqual(upTo(steps * batch - replayed));
        // Constant in time: no batch is more than one sequence off its share.
        const first = of(read.slice(0, batch * 10), evaluation.d0).length;
        expect(Math.abs(first - (batch * 10 * percent) / 100)).toBeLessThanOrEqual(1);
      }
    },
  );

  test('the union reads as many windows of each text as the base and the continued run together', () => {
    const read = windowsOf(last(experiment, 'union', 1), batch);
    const base = armPath(plan(experiment), 'rewarm', 1)[0]?.stage.steps ?? 0;
    expect(of(read, evaluation.d0)).toEqual(upTo(base * batch));
    expect(of(read, evaluation.d1)).toEqual(upTo(steps * batch));
  });
});

test('the same data again is read in the order of the first time', () => {
  const [part] = figures['8'].parts({ scale: 'XS', seeds: [1], budget: 1 });
  if (!part) throw new Error('no part');
  const [base, again] = armPath(plan(part.experiment), 'same-rewarm', 1);
  if (!base || !again) throw new Error('no stages');
  expect(windowsOf(again, 16)).toEqual(windowsOf(base, 16));
});

test('the anneal branches read what the trunk has not read', () => {
  const [part] = figures['10'].parts({ scale: 'XS', seeds: [1], budget: 1 });
  if (!part) throw new Error('no part');
  const path = armPath(plan(part.experiment), 'cosine-inf-anneal-2', 1);
  const [, second, branch] = path.map((node) => windowsOf(node, 16));
  expect(of(second ?? [], 'speeches/2')).toEqual(upTo(1600));
  expect(of(branch ?? [], 'speeches/2')).toEqual(upTo(240).map((i) => 1600 + i));
});
