// The ceilings rest on probes that compute what they claim: their numbers, and the rate that follows from a time.

import { expect, it } from 'vitest';
import { copyForms, fmaForms, fmaResult, measureCeilings } from '../../../src/engine/bench/probes';
import { isCredible, KernelTimer, timingOf } from '../../../src/engine/bench/time';
import { openHost } from '../../../src/engine/webgpu';
import { testGpu } from '../../adapter';

it.each(fmaForms)('the formula of $entry is that of the loop it stands for', (form) => {
  for (const [x, a, b] of [
    [0.5, 0.99, 0.01],
    [0.1, 0.995, 0.005],
  ] as const) {
    let sum = 0;
    for (let chain = 0; chain < form.chains; chain++) {
      let value = x + chain;
      for (let i = 0; i < 16 * form.turns; i++) value = a * value + b;
      sum += value;
    }
    const { value, tolerance } = fmaResult(form, [x, a, b], 16);
    // Both in float64: differences are those of 2^-53, far below the float32 tolerance.
    expect(Math.abs(value - sum)).toBeLessThan(1e-9);
    // One multiply-add too few must show.
    const { value: fewer } = fmaResult({ ...form, turns: form.turns - 1 / 16 }, [x, a, b], 16);
    expect(Math.abs(fewer - value)).toBeGreaterThan(2 * tolerance);
  }
});

it('measures every form on this adapter after checking its numbers', async () => {
  const host = await openHost(testGpu());
  const timer = new KernelTimer(host);
  const heard: string[] = [];
  const { fma, fmaLoop, copy, forms } = await measureCeilings(host, timer, (what) => void heard.push(what));
  expect(heard).toHaveLength(fmaForms.length + Object.keys(copyForms).length);
  expect(forms.map(({ form }) => form)).toEqual([
    ...fmaForms.map(({ entry }) => `fma ${entry}`),
    ...Object.keys(copyForms).map((entry) => `copy ${entry}`),
  ]);
  expect(fma).toBe(Math.max(...forms.slice(0, fmaForms.length).map(({ rate }) => rate)));
  expect(fmaLoop).toBe(forms[0]?.rate);
  expect(copy).toBe(Math.max(...forms.slice(fmaForms.length).map(({ rate }) => rate)));
  for (const { form, rate, time } of forms.slice(fmaForms.length)) {
    expect(rate, form).toBeCloseTo((2 * 32 * 2 ** 20) / time.median / 1e6, 9);
  }
  timer.destroy();
  host.watch.check();
  host.watch.close();
  host.device.destroy();
});

it('takes the middle sample, whatever the order', () => {
  expect(timingOf([5, 1, 9, 2, 4])).toEqual({ least: 1, median: 4, most: 9 });
  expect(timingOf([3, 2, 1])).toEqual({ least: 1, median: 2, most: 3 });
  expect(timingOf([4, 1, 9, 2])).toEqual({ least: 1, median: 3, most: 9 });
});

it('believes a device clock only within the time that passed outside', () => {
  expect(isCredible(9, 10)).toBe(true);
  expect(isCredible(0, 0.1)).toBe(true);
  expect(isCredible(-1, 10)).toBe(false);
  expect(isCredible(200, 10)).toBe(false);
});
