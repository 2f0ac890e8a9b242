// attention: y[t] = sum_{s<=t} p[t,s] v[s],  p[t,s] = softmax_s(q[t].k[s] / sqrt(D)), within a sequence and head
// shapes     q k v y and their derivatives (N, H*D), row n = b*T + t, columns head by head   logSumExp (N,H)
// source     Vaswani et al. 2017, causal. logSumExp lets the backward pass find p again without storing it:
//            p = exp(score - logSumExp).

export interface AttentionOutput {
  /** (N, H*D) */
  readonly y: Float64Array;
  /** (N,H) log of the softmax denominator: log sum_s exp(score[t,s]). */
  readonly logSumExp: Float64Array;
}

export interface AttentionGradients {
  /** (N, H*D) */
  readonly dq: Float64Array;
  readonly dk: Float64Array;
  readonly dv: Float64Array;
}

function dot(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, D: number): number {
  let sum = 0;
  for (let d = 0; d < D; d++) sum += a[i + d]! * b[j + d]!;
  return sum;
}

/** Each position looks at itself and the ones before it. */
export function attentionForward(
  q: ArrayLike<number>,
  k: ArrayLike<number>,
  v: ArrayLike<number>,
  B: number,
  T: number,
  H: number,
  D: number,
): AttentionOutput {
  const C = H * D;
  const y = new Float64Array(B * T * C);
  const logSumExp = new Float64Array(B * T * H);
  const p = new Float64Array(T);
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const start = b * T * C + h * D;
      for (let t = 0; t < T; t++) {
        const row = start + t * C;
        let largest = -Infinity;
        for (let s = 0; s <= t; s++) {
          p[s] = dot(q, row, k, start + s * C, D) / Math.sqrt(D);
          largest = Math.max(largest, p[s]!);
        }
        let sum = 0;
        for (let s = 0; s <= t; s++) {
          p[s] = Math.exp(p[s]! - largest);
          sum += p[s]!;
        }
        for (let s = 0; s <= t; s++) {
          for (let d = 0; d < D; d++) y[row + d]! += (p[s]! / sum) * v[start + s * C + d]!;
        }
        logSumExp[(b * T + t) * H + h] = largest + Math.log(sum);
      }
    }
  }
  return { y, logSumExp };
}

/**
 * With dp[t,s] = dy[t].v[s], the softmax gives dscore[t,s] = p[t,s] (dp[t,s] - sum_j p[t,j] dp[t,j]),
 * and that last sum equals dy[t].y[t].
 */
export function attentionBackward(
  dy: ArrayLike<number>,
  q: ArrayLike<number>,
  k: ArrayLike<number>,
  v: ArrayLike<number>,
  y: ArrayLike<number>,
  logSumExp: ArrayLike<number>,
  B: number,
  T: number,
  H: number,
  D: number,
): AttentionGradients {
  const C = H * D;
  const scale = 1 / Math.sqrt(D);
  const dq = new Float64Array(B * T * C);
  const dk = new Float64Array(B * T * C);
  const dv = new Float64Array(B * T * C);
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const start = b * T * C + h * D;
      for (let t = 0; t < T; t++) {
        const row = start + t * C;
        const average = dot(dy, row, y, row, D);
        for (let s = 0; s <= t; s++) {
          const other = start + s * C;
          const p = Math.exp(dot(q, row, k, other, D) * scale - logSumExp[(b * T + t) * H + h]!);
          const dscore = p * (dot(dy, row, v, other, D) - average) * scale;
          for (let d = 0; d < D; d++) {
            dq[row + d]! += dscore * k[other + d]!;
            dk[other + d]! += dscore * q[row + d]!;
            dv[other + d]! += p * dy[row + d]!;
          }
        }
      }
    }
  }
  return { dq, dk, dv };
}
