// layernorm: y = weight * (x - mean) * rstd + bias over the last axis, rstd = 1 / sqrt(variance + 1e-5)
// shapes     x y dx dy (N,C)   weight bias dWeight dBias (C)   mean rstd (N)
// source     Ba, Kiros & Hinton 2016; the variance divides by C, as in PyTorch

/** Added to the variance, so that a constant row does not divide by zero. */
const epsilon = 1e-5;

export interface LayernormOutput {
  /** (N,C) */
  readonly y: Float64Array;
  /** (N) */
  readonly mean: Float64Array;
  /** (N) one over the standard deviation. */
  readonly rstd: Float64Array;
}

export interface LayernormGradients {
  /** (N,C) */
  readonly dx: Float64Array;
  /** (C) */
  readonly dWeight: Float64Array;
  /** (C) */
  readonly dBias: Float64Array;
}

/** Normalises each row of x (N,C), then scales by `weight` (C) and shifts by `bias` (C). */
export function layernormForward(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  N: number,
  C: number,
): LayernormOutput {
  const y = new Float64Array(N * C);
  const mean = new Float64Array(N);
  const rstd = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    const row = n * C;
    let sum = 0;
    for (let c = 0; c < C; c++) sum += x[row + c]!;
    const m = sum / C;
    let squares = 0;
    for (let c = 0; c < C; c++) squares += (x[row + c]! - m) ** 2;
    const r = 1 / Math.sqrt(squares / C + epsilon);
    for (let c = 0; c < C; c++) y[row + c] = weight[c]! * (x[row + c]! - m) * r + bias[c]!;
    mean[n] = m;
    rstd[n] = r;
  }
  return { y, mean, rstd };
}

/**
 * With u = (x - mean) * rstd and g = dy * weight, both (N,C), and averages taken over a row:
 * dx = rstd * (g - average(g) - u * average(g * u)),  dWeight = sum_n dy * u,  dBias = sum_n dy.
 */
export function layernormBackward(
  dy: ArrayLike<number>,
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  mean: ArrayLike<number>,
  rstd: ArrayLike<number>,
  N: number,
  C: number,
): LayernormGradients {
  const dx = new Float64Array(N * C);
  const dWeight = new Float64Array(C);
  const dBias = new Float64Array(C);
  for (let n = 0; n < N; n++) {
    const row = n * C;
    const m = mean[n]!;
    const r = rstd[n]!;
    let sumG = 0;
    let sumGU = 0;
    for (let c = 0; c < C; c++) {
      const u = (x[row + c]! - m) * r;
      const g = dy[row + c]! * weight[c]!;
      sumG += g;
      sumGU += g * u;
      dWeight[c]! += dy[row + c]! * u;
      dBias[c]! += dy[row + c]!;
    }
    for (let c = 0; c < C; c++) {
      const u = (x[row + c]! - m) * r;
      dx[row + c] = r * (dy[row + c]! * weight[c]! - sumG / C - (u * sumGU) / C);
    }
  }
  return { dx, dWeight, dBias };
}
