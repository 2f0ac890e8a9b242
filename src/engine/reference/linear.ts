// linear: y = x W^T + b, the product of every row with every row of the weight
// shapes  x dx (N,K)   weight dWeight (M,K), stored (out, in) as in PyTorch   bias dBias (M)   y dy (N,M)
// The first three exist once more in blocked.ts, faster and checked against these.

/** y (N,M) = x (N,K) times weight (M,K) transposed, plus `bias` (M) where there is one. */
export function linearForward(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number> | null,
  N: number,
  K: number,
  M: number,
): Float64Array {
  const y = new Float64Array(N * M);
  for (let n = 0; n < N; n++) {
    for (let m = 0; m < M; m++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += x[n * K + k]! * weight[m * K + k]!;
      y[n * M + m] = bias === null ? sum : sum + bias[m]!;
    }
  }
  return y;
}

/** dx (N,K) = dy (N,M) times weight (M,K). */
export function linearBackwardInput(
  dy: ArrayLike<number>,
  weight: ArrayLike<number>,
  N: number,
  K: number,
  M: number,
): Float64Array {
  const dx = new Float64Array(N * K);
  for (let n = 0; n < N; n++) {
    for (let m = 0; m < M; m++) {
      const d = dy[n * M + m]!;
      for (let k = 0; k < K; k++) dx[n * K + k]! += d * weight[m * K + k]!;
    }
  }
  return dx;
}

/** dWeight (M,K) = dy (N,M) transposed times x (N,K). */
export function linearBackwardWeight(
  dy: ArrayLike<number>,
  x: ArrayLike<number>,
  N: number,
  K: number,
  M: number,
): Float64Array {
  const dWeight = new Float64Array(M * K);
  for (let n = 0; n < N; n++) {
    for (let m = 0; m < M; m++) {
      const d = dy[n * M + m]!;
      for (let k = 0; k < K; k++) dWeight[m * K + k]! += d * x[n * K + k]!;
    }
  }
  return dWeight;
}

/** dBias (M): the sum of dy (N,M) over its rows. */
export function linearBackwardBias(dy: ArrayLike<number>, N: number, M: number): Float64Array {
  const dBias = new Float64Array(M);
  for (let n = 0; n < N; n++) {
    for (let m = 0; m < M; m++) dBias[m]! += dy[n * M + m]!;
  }
  return dBias;
}
