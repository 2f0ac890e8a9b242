// cross_entropy.wgsl against its twins, for usual logits and for huge ones.

import { describe, expect, test } from 'vitest';
import { plainForms, uniformForms } from '../../src/engine/forms/forms';
import { crossEntropy } from '../../src/engine/gpu/kernels/cross_entropy';
import { crossEntropyBackward, crossEntropyForward } from '../../src/engine/reference/cross_entropy';
import { batchOf, EPS, expectWithin, noise, play, shapes } from './play';
import { DIVISION, Expected, expError, expectSame, logError } from './tolerance';

describe.each(shapes)('cross entropy, $name', ({ name, sizes }) => {
  const { R, N, V } = sizes;
  const rows = R * N;

  function world(spread: number) {
    const { batch, targets } = batchOf(sizes, 1);
    const logits = noise(rows * V, 2, spread);
    if (spread > 10) {
      // Only the target is likely, then only the target is not: losses near 0 and near 2 spread.
      for (const [n, sign] of [
        [0, 1],
        [rows - 1, -1],
      ] as const) {
        logits.fill(-sign * spread, n * V, (n + 1) * V);
        logits[n * V + targets[n]!] = sign * spread;
      }
    }
    const twin = crossEntropyForward(logits, targets, rows, V);
    const lossBudget = new Float64Array(rows);
    const sumErrors = new Float64Array(rows);
    for (let n = 0; n < rows; n++) {
      const row = logits.subarray(n * V, (n + 1) * V);
      const top = Math.max(...row);
      const logSum = twin.logSumExp[n]! - top;
      // Terms: logit - top and exp, in shares of the sum; then V - 1 additions and log.
      const terms = row.reduce((sum, l) => {
        const p = Math.exp(l - twin.logSumExp[n]!);
        return sum + p * (top - l + expError(top - l));
      }, 0);
      sumErrors[n] = EPS * (terms + V - 1 + logError(logSum));
      // top - logit of the target, and a sum.
      lossBudget[n] = sumErrors[n]! + EPS * (top - row[targets[n]!]! + twin.losses[n]!);
    }
    return { batch, targets, logits, twin, lossBudget, sumErrors };
  }

  test.each([2, 80])('losses of logits within +-%i', async (spread) => {
    const { batch, logits, twin, lossBudget } = world(spread);
    const out = await play(sizes, [crossEntropy(sizes, 'losses')], { batch, logits }, ['row_loss', 'logits']);
    expectWithin(`cross_entropy.losses ${name} ${spread}`, out.row_loss, twin.losses, lossBudget);
    expectSame(`cross_entropy.losses ${name} leaves the logits`, out.logits, logits);
  });

  test.each([2, 80])('gradient of logits within +-%i', async (spread) => {
    const { batch, targets, logits, twin, lossBudget, sumErrors } = world(spread);
    const out = await play(sizes, [crossEntropy(sizes, 'gradient')], { batch, logits }, ['row_loss', 'logits']);
    const what = `cross_entropy.gradient ${name} ${spread}`;
    expectWithin(`${what} losses`, out.row_loss, twin.losses, lossBudget);
    expect(out.logits.every(Number.isFinite)).toBe(true);
    // The mean is over the N rows of a run, the twin's over all rows.
    const gradient = crossEntropyBackward(logits, targets, twin.logSumExp, rows, V).map((d) => d * R);
    const tolerances = gradient.map((d, i) => {
      const n = Math.floor(i / V);
      const argument = Math.abs(logits[i]! - twin.logSumExp[n]!);
      const p = Math.exp(logits[i]! - twin.logSumExp[n]!);
      // p: two subtractions, the error of log sum, exp; then - onehot and / N.
      const pError = p * (EPS * (2 * argument + expError(argument)) + sumErrors[n]!);
      return pError / N + (1 + DIVISION) * EPS * Math.abs(d);
    });
    new Expected().put(0, gradient, tolerances).check(what, out.logits);
  });

  test.each(['losses', 'gradient'] as const)('%s: eight threads a row give the bits of one', async (entry) => {
    const { batch, logits } = world(2);
    const spread = { ...sizes, forms: uniformForms('tiles 32x32', plainForms.attention) };
    const wide = crossEntropy(spread, entry);
    expect(wide.overrides.LANES).toBe(8);
    const names = ['row_loss', 'logits'] as const;
    const plain = await play(sizes, [crossEntropy(sizes, entry)], { batch, logits }, names);
    const got = await play(sizes, [wide], { batch, logits }, names);
    for (const one of names) expectSame(`cross_entropy.${entry} ${name} ${one}`, got[one], plain[one]);
  });
});
