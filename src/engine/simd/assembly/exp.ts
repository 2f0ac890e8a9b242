// exp: e^x of four numbers, and the logarithm of one. WebAssembly has neither; the host's would differ between browsers.
//      exp: x = n ln 2 + r, |r| <= ln 2 / 2, e^x = 2^n e^r; the polynomial is that of Cephes' expf (Moshier 1992)
//      log: x = 2^n m, 0.75 <= m <= 1.5, log m = 2 (s + s^3 / 3 + s^5 / 5 ...), s = (m - 1) / (m + 1), in float64
// exp is right to 1.5 EPS (1 + |x| / 90) of its value, EPS = 2^-24, for x in [-64, 64] (tests/simd/exp.test.ts); below, the
// result is 0, so that no denormal number arises, and above it is e^64. A NaN stays one, whatever its bits are.

/** Adding it to a number below 2^22 leaves the nearest whole number in the lowest bits. */
const MAGIC: f32 = 12582912.0;
const LEAST: f32 = -64.0;

export function exp(x: v128): v128 {
  const within = f32x4.pmin(f32x4.pmax(x, f32x4.splat(LEAST)), f32x4.splat(64.0));
  const shifted = f32x4.add(f32x4.mul(within, f32x4.splat(<f32>Math.LOG2E)), f32x4.splat(MAGIC));
  const n = f32x4.sub(shifted, f32x4.splat(MAGIC));
  // ln 2 in two parts: the products with the first are exact.
  let r = f32x4.sub(within, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  let p = f32x4.add(f32x4.mul(f32x4.splat(1.98756915e-4), r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1.0));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(LEAST)));
}

/** Natural logarithm of a normal number above 0; NaN of NaN. */
export function log(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let n = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.5) {
    m *= 0.5;
    n += 1;
  }
  const s = (m - 1.0) / (m + 1.0);
  const square = s * s;
  let sum: f64 = 1.0 / 23.0;
  for (let odd = 21; odd > 0; odd -= 2) sum = sum * square + 1.0 / <f64>odd;
  return <f64>n * Math.LN2 + 2.0 * s * sum + (x - x);
}

/** The sum of the four numbers, the outer pairs first. */
export function laneSum(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3));
}

/** The largest of the four, in each place. Of a NaN it need not know: the sum of exponentials will be one. */
export function laneMax(x: v128): v128 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

/** e^x of `count` numbers, in place; a multiple of 4. For tests. */
export function expAll(x: usize, count: i32): void {
  for (const end = x + ((<usize>count) << 2); x < end; x += 16) v128.store(x, exp(v128.load(x)));
}
