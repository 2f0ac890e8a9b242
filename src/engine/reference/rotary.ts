// rotary: turns pairs of dimensions of each head by an angle that grows with the position in the sequence
//         (a, b) -> (a cos - b sin, b cos + a sin),  angle_i(t) = t * 10000^(-2i/rot),  i = 0 .. rot/2 - 1
// shapes  x y (N, H*D), row n = b*T + t; the pair i of a head is its dimensions (2i, 2i+1), the ones from
//         `rot` on stay as they are
// source  Su et al. 2021. GPT-NeoX pairs (i, i + rot/2) instead: the same model with its rows reordered.

const base = 10000;

/** Angle of pair `i` at position `t`, radians. */
function angle(t: number, i: number, rot: number): number {
  return t * base ** ((-2 * i) / rot);
}

/** Turns queries or keys x (N, H*D) by their positions. */
export function rotaryForward(
  x: ArrayLike<number>,
  B: number,
  T: number,
  H: number,
  D: number,
  rot: number,
): Float64Array {
  return turn(x, B, T, H, D, rot, 1);
}

/** Turns back. A rotation's transpose is its inverse, so dx = rotaryInverse(dy) is also the backward pass. */
export function rotaryInverse(
  y: ArrayLike<number>,
  B: number,
  T: number,
  H: number,
  D: number,
  rot: number,
): Float64Array {
  return turn(y, B, T, H, D, rot, -1);
}

function turn(
  x: ArrayLike<number>,
  B: number,
  T: number,
  H: number,
  D: number,
  rot: number,
  direction: 1 | -1,
): Float64Array {
  const y = Float64Array.from(x);
  for (let t = 0; t < T; t++) {
    for (let i = 0; i < rot / 2; i++) {
      const cos = Math.cos(angle(t, i, rot));
      const sin = direction * Math.sin(angle(t, i, rot));
      for (let b = 0; b < B; b++) {
        for (let h = 0; h < H; h++) {
          const at = ((b * T + t) * H + h) * D + 2 * i;
          const a = x[at]!;
          const c = x[at + 1]!;
          y[at] = a * cos - c * sin;
          y[at + 1] = c * cos + a * sin;
        }
      }
    }
  }
  return y;
}
