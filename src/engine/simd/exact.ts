// Powers, cosines and sines in float64 from additions and multiplications alone, whose bits the language fixes; those of
// Math are each browser's own. Right to about 1e-12, far below a rounding to float32.

/** base^n for whole n >= 0, by squaring. */
export function power(base: number, n: number): number {
  let result = 1;
  for (let square = base, rest = n; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}

const LN_10000 = 9.210340371976184;

/** 10000^-x for x in [0, 1]: the series of e^y at y / 16, which is at most 0.58 from zero, four times squared. */
export function frequency(x: number): number {
  const y = (-x * LN_10000) / 16;
  let sum = 1;
  for (let i = 20; i > 0; i--) sum = 1 + (sum * y) / i;
  return power(sum, 16);
}

/** Half of pi in two parts: whole multiples of the first, up to 2^20, are exact. */
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;

/** Cosine and sine of an angle in [0, 1e6], radians. */
export function turn(angle: number): { cos: number; sin: number } {
  const quarter = Math.round(angle / (HALF_PI_HIGH + HALF_PI_LOW));
  const r = angle - quarter * HALF_PI_HIGH - quarter * HALF_PI_LOW;
  const square = r * r;
  let cos = 1;
  let sin = 1;
  for (let i = 18; i > 0; i -= 2) {
    cos = 1 - (cos * square) / (i * (i - 1));
    sin = 1 - (sin * square) / (i * (i + 1));
  }
  sin *= r;
  const turned = [
    { cos, sin },
    { cos: -sin, sin: cos },
    { cos: -cos, sin: -sin },
    { cos: sin, sin: -cos },
  ];
  return turned[quarter % 4]!;
}
