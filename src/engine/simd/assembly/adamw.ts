// adamw: m = b1 m + (1 - b1) g,  v = b2 v + (1 - b2) g^2,  p = p - decay p - step m / (sqrt(v / c2) + epsilon)
//        g = gradient * scale; step = rate / c1, decay = rate * weight decay, c1 and c2 the bias corrections
// norm:  sum of squares of all gradients, in float64, in four shares
// shapes p g m v, `count` numbers, a multiple of 4
// source Loshchilov & Hutter 2019. Moments below 2^-100 become 0: next to epsilon they are nothing, and would end as
//        denormal numbers, which slow a processor down for thousands of steps.

function flushed(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(7.888609052210118e-31)));
}

export function adamw(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  count: i32,
  scale: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  correction2: f32,
  epsilon: f32,
  step: f32,
  decay: f32,
): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 16) {
    const gradient = f32x4.mul(v128.load(g + i), f32x4.splat(scale));
    const first = flushed(
      f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m + i)), f32x4.mul(f32x4.splat(rest1), gradient)),
    );
    const second = flushed(
      f32x4.add(
        f32x4.mul(f32x4.splat(beta2), v128.load(v + i)),
        f32x4.mul(f32x4.mul(f32x4.splat(rest2), gradient), gradient),
      ),
    );
    const root = f32x4.add(f32x4.sqrt(f32x4.div(second, f32x4.splat(correction2))), f32x4.splat(epsilon));
    const before = v128.load(p + i);
    const kept = f32x4.sub(before, f32x4.mul(f32x4.splat(decay), before));
    v128.store(p + i, f32x4.sub(kept, f32x4.div(f32x4.mul(f32x4.splat(step), first), root)));
    v128.store(m + i, first);
    v128.store(v + i, second);
  }
}

export function squares(g: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = low;
  for (let i: usize = 0; i < (<usize>count) << 2; i += 16) {
    const x = v128.load(g + i);
    const a = f64x2.promote_low_f32x4(x);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
