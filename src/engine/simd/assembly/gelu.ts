// gelu:  y = x s, s = 1 / (1 + exp(-z)), z = 2 sqrt(2/pi) (x + 0.044715 x^3); slope = s + x s (1 - s) dz/dx
// shapes x y slope d, rows of `columns` numbers, ld* bytes apart. y takes the place of x.
// source Hendrycks & Gimpel 2016, the tanh form. The slope is kept: the backward pass only multiplies, d = d slope.

import { exp } from './exp';

export function geluForward(x: usize, ldx: usize, slope: usize, lds: usize, rows: i32, columns: i32): void {
  const scale = f32x4.splat(1.5957691216057308);
  const one = f32x4.splat(1.0);
  for (let n = 0; n < rows; n++) {
    for (let c: usize = 0; c < (<usize>columns) << 2; c += 16) {
      const v = v128.load(x + c);
      const square = f32x4.mul(v, v);
      const z = f32x4.mul(f32x4.mul(scale, v), f32x4.add(one, f32x4.mul(square, f32x4.splat(0.044715))));
      const s = f32x4.div(one, f32x4.add(one, exp(f32x4.neg(z))));
      const y = f32x4.mul(v, s);
      const steep = f32x4.mul(scale, f32x4.add(one, f32x4.mul(square, f32x4.splat(0.134145))));
      v128.store(x + c, y);
      v128.store(slope + c, f32x4.add(s, f32x4.mul(f32x4.mul(y, f32x4.sub(one, s)), steep)));
    }
    x += ldx;
    slope += lds;
  }
}

export function geluBackward(d: usize, ldd: usize, slope: usize, lds: usize, rows: i32, columns: i32): void {
  for (let n = 0; n < rows; n++) {
    for (let c: usize = 0; c < (<usize>columns) << 2; c += 16) {
      v128.store(d + c, f32x4.mul(v128.load(d + c), v128.load(slope + c)));
    }
    d += ldd;
    slope += lds;
  }
}
