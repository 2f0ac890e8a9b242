// cross entropy: loss[n] = log sum_v exp(logits[n,v]) - logits[n,target[n]], nats
// shapes         logits dlogits (N,V)   targets losses logSumExp (N)
// The training loss is the mean of the N row losses, hence dlogits = (softmax(logits) - onehot(target)) / N.

export interface CrossEntropyOutput {
  /** (N) loss of each row, nats. */
  readonly losses: Float64Array;
  /** (N) log of the softmax denominator. */
  readonly logSumExp: Float64Array;
}

export function crossEntropyForward(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  N: number,
  V: number,
): CrossEntropyOutput {
  const losses = new Float64Array(N);
  const logSumExp = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    let largest = -Infinity;
    for (let v = 0; v < V; v++) largest = Math.max(largest, logits[n * V + v]!);
    let sum = 0;
    for (let v = 0; v < V; v++) sum += Math.exp(logits[n * V + v]! - largest);
    logSumExp[n] = largest + Math.log(sum);
    losses[n] = logSumExp[n]! - logits[n * V + targets[n]!]!;
  }
  return { losses, logSumExp };
}

/** Derivative of the mean of the row losses. */
export function crossEntropyBackward(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  logSumExp: ArrayLike<number>,
  N: number,
  V: number,
): Float64Array {
  const dlogits = new Float64Array(N * V);
  for (let n = 0; n < N; n++) {
    for (let v = 0; v < V; v++) {
      const p = Math.exp(logits[n * V + v]! - logSumExp[n]!);
      dlogits[n * V + v] = (p - (v === targets[n] ? 1 : 0)) / N;
    }
  }
  return dlogits;
}
