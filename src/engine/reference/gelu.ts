// gelu:  y = 0.5 x (1 + tanh(a)),  a = sqrt(2/pi) (x + 0.044715 x^3), element by element
// shapes x y dx dy of any one length
// source Hendrycks & Gimpel 2016, the tanh form that GPT-NeoX computes (`gelu_new` in Hugging Face files)

const slope = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

export function geluForward(x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    y[i] = 0.5 * value * (1 + Math.tanh(slope * (value + cubic * value ** 3)));
  }
  return y;
}

/** dx = dy * (0.5 (1 + tanh a) + 0.5 x (1 - tanh^2 a) da/dx). */
export function geluBackward(dy: ArrayLike<number>, x: ArrayLike<number>): Float64Array {
  const dx = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    const tanh = Math.tanh(slope * (value + cubic * value ** 3));
    const inner = slope * (1 + 3 * cubic * value ** 2);
    dx[i] = dy[i]! * (0.5 * (1 + tanh) + 0.5 * value * (1 - tanh * tanh) * inner);
  }
  return dx;
}
