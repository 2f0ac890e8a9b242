// layernorm: xhat = (x - mean) rstd over a row, rstd = 1 / sqrt(variance + 1e-5); gain and shift are in the next matrix
//            backward, dx += rstd (d - mean(d) - xhat mean(d xhat)), d the derivative by xhat
// shapes     x xhat d dx (N,C)   rstd (N)
// source     Ba, Kiros & Hinton 2016. Root and division are exact by specification. A row is summed in four shares.

import { laneSum } from './exp';

export function layernormForward(x: usize, xhat: usize, rstd: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  const share: f32 = <f32>1.0 / <f32>width;
  for (let n = 0; n < rows; n++) {
    let sum = f32x4.splat(0);
    for (let c: usize = 0; c < bytes; c += 16) sum = f32x4.add(sum, v128.load(x + c));
    const mean = f32x4.splat(laneSum(sum) * share);
    let squares = f32x4.splat(0);
    for (let c: usize = 0; c < bytes; c += 16) {
      const d = f32x4.sub(v128.load(x + c), mean);
      squares = f32x4.add(squares, f32x4.mul(d, d));
      v128.store(xhat + c, d);
    }
    const r: f32 = <f32>1.0 / sqrt<f32>(laneSum(squares) * share + <f32>1e-5);
    const scale = f32x4.splat(r);
    for (let c: usize = 0; c < bytes; c += 16) v128.store(xhat + c, f32x4.mul(v128.load(xhat + c), scale));
    store<f32>(rstd + ((<usize>n) << 2), r);
    x += bytes;
    xhat += bytes;
  }
}

export function layernormBackward(d: usize, xhat: usize, rstd: usize, dx: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  const share: f32 = <f32>1.0 / <f32>width;
  for (let n = 0; n < rows; n++) {
    let sum = f32x4.splat(0);
    let products = f32x4.splat(0);
    for (let c: usize = 0; c < bytes; c += 16) {
      const one = v128.load(d + c);
      sum = f32x4.add(sum, one);
      products = f32x4.add(products, f32x4.mul(one, v128.load(xhat + c)));
    }
    const mean = f32x4.splat(laneSum(sum) * share);
    const slope = f32x4.splat(laneSum(products) * share);
    const scale = v128.load32_splat(rstd + ((<usize>n) << 2));
    for (let c: usize = 0; c < bytes; c += 16) {
      const rest = f32x4.sub(f32x4.sub(v128.load(d + c), mean), f32x4.mul(v128.load(xhat + c), slope));
      v128.store(dx + c, f32x4.add(v128.load(dx + c), f32x4.mul(scale, rest)));
    }
    d += bytes;
    xhat += bytes;
    dx += bytes;
  }
}
