// Tolerances of attention.wgsl: how roundings of scores and of exp reach outputs and gradients.

import { EPS } from './play';
import { DIVISION, expError, logError } from './tolerance';

type Numbers = ArrayLike<number>;

/** What the kernels read, (N,C) each but lse (N,H); q and k after rotation, y and da of the output. */
interface World {
  readonly q: Numbers;
  readonly k: Numbers;
  readonly v: Numbers;
  readonly y: Numbers;
  readonly lse: Numbers;
  readonly da: Numbers;
}

/** Sum of |a b| over a head. */
function size(a: Numbers, i: number, b: Numbers, j: number, D: number): number {
  let sum = 0;
  for (let d = 0; d < D; d++) sum += Math.abs(a[i + d]! * b[j + d]!);
  return sum;
}

function score(q: Numbers, i: number, k: Numbers, j: number, D: number): number {
  let sum = 0;
  for (let d = 0; d < D; d++) sum += q[i + d]! * k[j + d]!;
  return sum / Math.sqrt(D);
}

/**
 * Budgets of forward (y, lse) and backward (delta; dq and dk before the turn back; dv), all in the layout of the twins.
 * `reach` is the largest |q||k| / sqrt(D) that a query meets; no score or difference of two is beyond it or its double.
 * A score: D products, two ULP of 1 / sqrt(D), a product.
 */
export function attentionBudgets(world: World, B: number, T: number, H: number, D: number) {
  const { q, k, v, y, lse, da } = world;
  const C = H * D;
  const [yBudget, dq, dk, dv] = [0, 1, 2, 3].map(() => new Float64Array(B * T * C)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const lseBudget = new Float64Array(B * T * H);
  const delta = new Float64Array(B * T * H);
  for (let i = 0; i < B * T * H; i++) {
    const h = i % H;
    const t = Math.floor(i / H) % T;
    const row = i * D;
    const other = (s: number) => ((Math.floor(i / H) - t + s) * H + h) * D;
    let reach = 0;
    for (let s = 0; s <= t; s++) reach = Math.max(reach, size(q, row, k, other(s), D) / Math.sqrt(D));
    const scoreError = (D + 5) * EPS * reach;
    // Forward weights: each step multiplies by exp of a difference of maxima (all differences add up to at most
    // 2 reach) and rounds twice; the own weight is one exp more. Relative error of a term, and of the sum.
    const termError = EPS * ((t + 1) * (expError(0) + 2) + expError(4 * reach) + 4 * reach);
    // y = sum p v: errors of the score and its term, those of the sum, the final division and product.
    const yError = 2 * scoreError + 2 * termError + (DIVISION + 2) * EPS;
    lseBudget[i] = scoreError + termError + EPS * (logError(Math.log(t + 1)) + Math.abs(lse[i]!));
    // Backward weights: exp(score - lse).
    const argument = reach + Math.abs(lse[i]!);
    const weightError = scoreError + EPS * (argument + Math.abs(lse[i]!) + expError(argument));
    // dS: a dot product of D, delta (rounded once more where it is stored), a subtraction and two products; then sums
    // of at most T terms of two roundings.
    const pullError = weightError + EPS * (D + 1 + 1 + 2 + 4 + T + 1);
    const average = size(da, row, y, row, D);
    delta[i] = (D + 1) * EPS * average;
    for (let s = 0; s <= t; s++) {
      const at = other(s);
      const p = Math.exp(score(q, row, k, at, D) - lse[i]!);
      const pull = (pullError * p * (size(da, row, v, at, D) + average)) / Math.sqrt(D);
      for (let d = 0; d < D; d++) {
        yBudget[row + d]! += yError * p * Math.abs(v[at + d]!);
        dq[row + d]! += pull * Math.abs(k[at + d]!);
        dk[at + d]! += pull * Math.abs(q[row + d]!);
        dv[at + d]! += (weightError + (T + 1) * EPS) * p * Math.abs(da[row + d]!);
      }
    }
  }
  return { y: yBudget, lse: lseBudget, delta, dq, dk, dv };
}
