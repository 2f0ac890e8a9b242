// embedding: x[n] = E[token[n]], the row of a table that belongs to a token
// shapes     tokens (N)   weight dWeight (V,C)   x dx (N,C)        N = B*T
// This folder is the definition of the model: plain loops in float64, one file per operation, forward and
// backward side by side. Backward functions take and return d<name> = derivative of the loss by <name>.

/** x (N,C): row `tokens[n]` of `weight` (V,C) for every n. */
export function embeddingForward(
  tokens: ArrayLike<number>,
  weight: ArrayLike<number>,
  N: number,
  C: number,
): Float64Array {
  const x = new Float64Array(N * C);
  for (let n = 0; n < N; n++) {
    const row = tokens[n]! * C;
    for (let c = 0; c < C; c++) x[n * C + c] = weight[row + c]!;
  }
  return x;
}

/** dWeight (V,C): the sum of dx (N,C) over the places where each token stands. */
export function embeddingBackward(
  dx: ArrayLike<number>,
  tokens: ArrayLike<number>,
  N: number,
  V: number,
  C: number,
): Float64Array {
  const dWeight = new Float64Array(V * C);
  for (let n = 0; n < N; n++) {
    const row = tokens[n]! * C;
    for (let c = 0; c < C; c++) dWeight[row + c]! += dx[n * C + c]!;
  }
  return dWeight;
}
