// attention.wgsl in each of its forms against its twins, for even and for sharp probabilities; causality to the bit, and
// runs that do not depend on their company.

import { describe, expect, test } from 'vitest';
import { type AttentionForm, attentionForms, plainForms } from '../../src/engine/forms/forms';
import { rotaryTable } from '../../src/engine/gpu/buffers';
import { availableAttention } from '../../src/engine/gpu/capable';
import {
  attentionBackward as backwardDispatches,
  attentionForward as forwardDispatch,
} from '../../src/engine/gpu/kernels/attention';
import { sizesOf } from '../../src/engine/gpu/sizes';
import { rotaryDimensions } from '../../src/engine/model';
import { attentionBackward, attentionForward } from '../../src/engine/reference/attention';
import { rotaryInverse } from '../../src/engine/reference/rotary';
import { attentionBudgets } from './attention';
import { columns, noise, ofRun, openBench, play, shapes } from './play';
import { Expected, expectSame, turned } from './tolerance';

/** Scores within about +-1, and scores of tens, where probabilities are close to 0 or 1. */
const spreads = [
  { kind: 'even', spread: 1 },
  { kind: 'sharp', spread: 6 },
];

const { device } = await openBench();
const forms = availableAttention(device);

test('the software adapters of the tests have every form that their subgroups are wide enough for', () => {
  const wide = (device.adapterInfo.subgroupMinSize ?? 1) >= 8;
  const every = Object.keys(attentionForms) as AttentionForm[];
  expect(forms).toEqual(wide ? every : every.filter((name) => name !== 'subgroups/8'));
});

const cases = shapes.flatMap(({ name, shape }) =>
  forms.map((attention) => ({ name: `${name}, ${attention}`, shape, kernels: { ...plainForms, attention } })),
);

describe.each(cases)('attention, $name', ({ name, shape, kernels }) => {
  const sizes = sizesOf({ ...shape, kernels });
  const { R, B, T, N, C, H, D, L } = sizes;
  const layer = L - 1;
  const [qkvName, mixName, lseName] = [`qkv.${layer}`, `mix.${layer}`, `lse.${layer}`] as const;
  const forward = [forwardDispatch(sizes, layer)];
  const [backwardQ, backwardKv] = backwardDispatches(sizes, layer);
  const rotary = rotaryTable(shape.model);

  /** All that a backward pass reads, float32; sequences of all runs in a row, as one batch of the twin. */
  function world(spread: number) {
    const qkv = noise(R * N * 3 * C, 1, spread);
    const [q, k, v] = [0, 1, 2].map((i) => columns(qkv, 3 * C, i * C, (i + 1) * C)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const twin = attentionForward(q, k, v, R * B, T, H, D);
    const da = noise(R * N * C, 2);
    const lse = Float32Array.from(twin.logSumExp);
    const y = Float32Array.from(twin.y);
    const mix = noise(R * N * 5 * C, 3);
    for (let n = 0; n < R * N; n++) mix.set(y.subarray(n * C, (n + 1) * C), n * 5 * C);
    const delta = Float32Array.from({ length: R * N * H }, (_, i) => {
      let sum = 0;
      for (let d = 0; d < D; d++) sum += da[i * D + d]! * y[i * D + d]!;
      return sum;
    });
    const budgets = attentionBudgets({ q, k, v, y, lse, da }, R * B, T, H, D);
    return { qkv, q, k, v, twin, da, lse, y, mix, delta, budgets };
  }

  test.each(spreads)('forward, $kind', async ({ kind, spread }) => {
    const { qkv, twin, budgets } = world(spread);
    const out = await play(sizes, forward, { [qkvName]: qkv }, [mixName, lseName]);
    const what = `attention.forward ${name} ${kind}`;
    new Expected().putColumns(5 * C, 0, C, twin.y, budgets.y).check(`${what} mix`, out[mixName]!);
    new Expected().put(0, twin.logSumExp, budgets.lse).check(`${what} lse`, out[lseName]!);
  });

  test.each(spreads)('backward, $kind', async ({ kind, spread }) => {
    const { qkv, q, k, v, da, lse, y, mix, delta, budgets } = world(spread);
    const given = { [qkvName]: qkv, [lseName]: lse, da, rotary };
    const first = await play(sizes, [backwardQ!], { ...given, [mixName]: mix }, ['dy', 'delta', mixName]);
    const { dy } = await play(sizes, [backwardKv!], { ...given, delta }, ['dy']);
    const { dq, dk, dv } = attentionBackward(da, q, k, v, y, lse, R * B, T, H, D);
    const rot = rotaryDimensions(shape.model);
    const turnBack = (g: Float64Array) => rotaryInverse(g, R * B, T, H, D, rot);
    const what = `attention.backward ${name} ${kind}`;
    new Expected().putColumns(7 * C, 0, C, turnBack(dq), turned(budgets.dq, dq)).check(`${what} dq`, first.dy);
    new Expected().put(0, delta, budgets.delta).check(`${what} delta`, first.delta);
    expectSame(`${what} leaves mix`, first[mixName]!, mix);
    new Expected()
      .putColumns(7 * C, C, C, turnBack(dk), turned(budgets.dk, dk))
      .putColumns(7 * C, 2 * C, C, dv, budgets.dv)
      .check(`${what} dk dv`, dy);
  });

  test('no position sees a later one, to the bit', async () => {
    const { qkv, da, lse, mix, delta } = world(1);
    const past = Math.floor(T / 2);
    const other = noise(qkv.length, 9, 5);
    /** `x` (rows, width) with other numbers wherever `changes(t)`. */
    const change = (x: Float32Array, width: number, changes: (t: number) => boolean) =>
      x.map((value, i) => (changes(Math.floor(i / width) % T) ? other[i % other.length]! : value));
    const rowsWhere = (x: Float32Array, width: number, keeps: (t: number) => boolean) =>
      x.filter((_, i) => keeps(Math.floor(i / width) % T));
    const early = (t: number) => t <= past;
    const late = (t: number) => t > past;

    const a = await play(sizes, forward, { [qkvName]: qkv }, [mixName, lseName]);
    const b = await play(sizes, forward, { [qkvName]: change(qkv, 3 * C, late) }, [mixName, lseName]);
    expectSame('mix', rowsWhere(b[mixName]!, 5 * C, early), rowsWhere(a[mixName]!, 5 * C, early));
    expectSame('lse', rowsWhere(b[lseName]!, H, early), rowsWhere(a[lseName]!, H, early));

    // A query's gradient depends on nothing later, a key's and a value's on nothing earlier.
    for (const [backward, own, changed] of [
      [backwardQ!, early, late],
      [backwardKv!, late, early],
    ] as const) {
      const withMix: Record<string, Float32Array> = backward === backwardQ ? { [mixName]: mix } : { delta };
      const given = { [qkvName]: qkv, [lseName]: lse, da, ...withMix };
      const widths: Record<string, number> = { [qkvName]: 3 * C, [lseName]: H, da: C, delta: H, [mixName]: 5 * C };
      const altered = Object.fromEntries(
        Object.entries(given).map(([key, x]) => [key, change(x, widths[key]!, changed)]),
      );
      const before = await play(sizes, [backward], { ...given, rotary }, ['dy']);
      const after = await play(sizes, [backward], { ...altered, rotary }, ['dy']);
      expectSame(backward.entry, rowsWhere(after.dy, 7 * C, own), rowsWhere(before.dy, 7 * C, own));
    }
  });

  test('a run alone gives the bits it has among others', async () => {
    const alone = sizesOf({ ...shape, runs: 1, kernels });
    const { qkv, da, lse, mix, delta } = world(1);
    const widths: Record<string, number> = {
      [qkvName]: 3 * C,
      [mixName]: 5 * C,
      [lseName]: H,
      da: C,
      delta: H,
      dy: 7 * C,
    };
    const given = { [qkvName]: qkv, [mixName]: mix, [lseName]: lse, da, delta };
    for (const dispatch of [...forward, backwardQ!, backwardKv!]) {
      const bound = Object.values(dispatch.bindings);
      const last = R - 1;
      const inputs = Object.fromEntries(Object.entries(given).filter(([key]) => bound.includes(key)));
      const own = Object.fromEntries(
        Object.entries(inputs).map(([key, x]) => [key, ofRun(x, N * widths[key]!, last).slice()]),
      );
      const turn: Record<string, Float32Array> = bound.includes('rotary') ? { rotary } : {};
      const outputs = Object.keys(widths).filter((key) => bound.includes(key));
      const together = await play(sizes, [dispatch], { ...inputs, ...turn }, outputs);
      const [single] = [forwardDispatch(alone, layer), ...backwardDispatches(alone, layer)].filter(
        ({ entry }) => entry === dispatch.entry,
      );
      const apart = await play(alone, [single!], { ...own, ...turn }, outputs);
      for (const key of outputs) {
        expectSame(`${dispatch.entry} ${key}`, apart[key]!, ofRun(together[key]!, N * widths[key]!, last));
      }
    }
  });
});
