// cross entropy: loss[n] = log sum_v exp(x[n][v]) - x[n][target], nats; dx[n][v] = (p[n][v] - onehot) / N over the logits
// shapes         x (rows,V), targets (rows) one byte each, count = N of the mean whose derivative it is
// Returns the sum of the rows' losses in float64, in their order. exp(x - largest) is worked out once, in place.

import { exp, laneMax, laneSum, log } from './exp';

/** The largest number of a row, in each place. */
function rowMax(x: usize, bytes: usize): v128 {
  let most = v128.load(x);
  for (let c: usize = 16; c < bytes; c += 16) most = f32x4.pmax(most, v128.load(x + c));
  return laneMax(most);
}

export function crossEntropy(x: usize, targets: usize, rows: i32, vocabulary: i32, count: i32): f64 {
  const bytes = (<usize>vocabulary) << 2;
  const share: f32 = <f32>1.0 / <f32>count;
  let total: f64 = 0.0;
  for (let n = 0; n < rows; n++) {
    const most = rowMax(x, bytes);
    const place = x + ((<usize>load<u8>(targets + n)) << 2);
    const wanted = load<f32>(place);
    let sum = f32x4.splat(0);
    for (let c: usize = 0; c < bytes; c += 16) {
      const e = exp(f32x4.sub(v128.load(x + c), most));
      sum = f32x4.add(sum, e);
      v128.store(x + c, e);
    }
    const all = laneSum(sum);
    total += log(<f64>all) + (<f64>f32x4.extract_lane(most, 0) - <f64>wanted);
    if (count > 0) {
      const scale = f32x4.splat(share / all);
      for (let c: usize = 0; c < bytes; c += 16) v128.store(x + c, f32x4.mul(v128.load(x + c), scale));
      store<f32>(place, load<f32>(place) - share);
    }
    x += bytes;
  }
  return total;
}
