// gelu:  y = 0.5 x (1 + tanh(a)) = x sigmoid(2a),  a = sqrt(2/pi) (x + 0.044715 x^3), element by element
// shapes x y dx dy of any one length
// source Hendrycks & Gimpel 2016, the tanh form that GPT-NeoX computes (`gelu_new` in Hugging Face files)

const slope = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/** The share of x that passes, 0.5 (1 + tanh(a)). */
function gate(x: number): number {
  return 1 / (1 + Math.exp(-2 * slope * (x + cubic * x * x * x)));
}

/** The gate of every number: what both directions need and where the time goes, so that a pass can keep it. */
export function geluGates(x: ArrayLike<number>): Float64Array {
  const gates = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) gates[i] = gate(x[i]!);
  return gates;
}

/** @param gates `geluGates(x)`, where it is already there */
export function geluForward(x: ArrayLike<number>, gates: ArrayLike<number> = geluGates(x)): Float64Array {
  const y = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) y[i] = x[i]! * gates[i]!;
  return y;
}

/** dx = dy * (s + x s (1 - s) 2 da/dx), where s = sigmoid(2a) is the gate; `gates` as above. */
export function geluBackward(
  dy: ArrayLike<number>,
  x: ArrayLike<number>,
  gates: ArrayLike<number> = geluGates(x),
): Float64Array {
  const dx = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    const s = gates[i]!;
    const steepness = slope * (1 + 3 * cubic * value * value);
    dx[i] = dy[i]! * (s + value * s * (1 - s) * 2 * steepness);
  }
  return dx;
}
