// block: y = x + W_o attention(LN1 x) + b_o + W_down gelu(W_up LN2 x + b_up) + b_down
// shapes x y dx dy (N,C)    N = B*T
// source GPT-J's parallel residual as in GPT-NeoX (Black et al. 2022): attention and MLP read the same x, each
//        through a LayerNorm of its own, and their outputs are added at once.

import type { AttentionOutput } from './attention';
import { geluBackward, geluForward, geluGates } from './gelu';
import { type LayernormOutput, layernormBackward, layernormForward } from './layernorm';
import type { BlockViews, LinearViews } from './parameters';
import type { Products } from './products';
import { rotaryForward, rotaryInverse } from './rotary';

/** Sizes of one pass; `rot` is the rotated part of each head. */
export interface BlockSizes {
  readonly B: number;
  readonly T: number;
  readonly C: number;
  readonly H: number;
  readonly rot: number;
}

/** What the backward pass needs again, and the block's output `y` (N,C). */
export interface BlockPass {
  readonly x: Float64Array;
  readonly ln1: LayernormOutput;
  readonly ln2: LayernormOutput;
  /** (N,C) each, queries and keys after the rotation. */
  readonly q: Float64Array;
  readonly k: Float64Array;
  readonly v: Float64Array;
  readonly attention: AttentionOutput;
  /** (N,4C) before the activation. */
  readonly up: Float64Array;
  /** (N,4C) share of each that passes the activation. */
  readonly gates: Float64Array;
  /** (N,5C) rows [attention C | gelu(up) 4C], the input of the block's last product. */
  readonly joined: Float64Array;
  readonly y: Float64Array;
}

export function blockForward(x: Float64Array, w: BlockViews, sizes: BlockSizes, products: Products): BlockPass {
  const { B, T, C, H, rot } = sizes;
  const N = B * T;
  const D = C / H;
  const ln1 = layernormForward(x, w.ln1Weight, w.ln1Bias, N, C);
  const ln2 = layernormForward(x, w.ln2Weight, w.ln2Bias, N, C);
  const project = ({ weight, bias }: LinearViews) => products.forward(ln1.y, weight, bias, N, C, C);
  const q = rotaryForward(project(w.query), B, T, H, D, rot);
  const k = rotaryForward(project(w.key), B, T, H, D, rot);
  const v = project(w.value);
  const attention = products.attentionForward(q, k, v, B, T, H, D);
  const up = products.forward(ln2.y, w.up.weight, w.up.bias, N, C, 4 * C);
  const gates = geluGates(up);
  const joined = joinColumns(attention.y, geluForward(up, gates), N, C, 4 * C);
  const bias = w.attentionBias.map((b, c) => b + w.mlpBias[c]!);
  const y = products.forward(joined, w.outWeight, bias, N, 5 * C, C);
  add(y, x);
  return { x, ln1, ln2, q, k, v, attention, up, gates, joined, y };
}

/** Writes the block's parameter gradients to the views `g` and returns dx (N,C). */
export function blockBackward(
  dy: Float64Array,
  pass: BlockPass,
  w: BlockViews,
  g: BlockViews,
  sizes: BlockSizes,
  products: Products,
): Float64Array {
  const { B, T, C, H, rot } = sizes;
  const N = B * T;
  const D = C / H;
  const linearBackward = (d: Float64Array, x: Float64Array, W: LinearViews, into: LinearViews, M: number) => {
    into.weight.set(products.backwardWeight(d, x, N, C, M));
    into.bias.set(products.backwardBias(d, N, M));
    return products.backwardInput(d, W.weight, N, C, M);
  };

  g.outWeight.set(products.backwardWeight(dy, pass.joined, N, 5 * C, C));
  g.attentionBias.set(products.backwardBias(dy, N, C));
  g.mlpBias.set(g.attentionBias);
  const djoined = products.backwardInput(dy, w.outWeight, N, 5 * C, C);

  const dup = geluBackward(columns(djoined, N, 5 * C, C, 5 * C), pass.up, pass.gates);
  const dln2 = linearBackward(dup, pass.ln2.y, w.up, g.up, 4 * C);

  const dattention = columns(djoined, N, 5 * C, 0, C);
  const { y, logSumExp } = pass.attention;
  const { dq, dk, dv } = products.attentionBackward(dattention, pass.q, pass.k, pass.v, y, logSumExp, B, T, H, D);
  const dln1 = linearBackward(rotaryInverse(dq, B, T, H, D, rot), pass.ln1.y, w.query, g.query, C);
  add(dln1, linearBackward(rotaryInverse(dk, B, T, H, D, rot), pass.ln1.y, w.key, g.key, C));
  add(dln1, linearBackward(dv, pass.ln1.y, w.value, g.value, C));

  const first = layernormBackward(dln1, pass.x, w.ln1Weight, pass.ln1.mean, pass.ln1.rstd, N, C);
  const second = layernormBackward(dln2, pass.x, w.ln2Weight, pass.ln2.mean, pass.ln2.rstd, N, C);
  g.ln1Weight.set(first.dWeight);
  g.ln1Bias.set(first.dBias);
  g.ln2Weight.set(second.dWeight);
  g.ln2Bias.set(second.dBias);

  const dx = Float64Array.from(dy);
  add(dx, first.dx);
  add(dx, second.dx);
  return dx;
}

function add(sum: Float64Array, term: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += term[i]!;
}

/** (N, left + right): the rows of `a` (N,left) and `b` (N,right) side by side. */
function joinColumns(a: Float64Array, b: Float64Array, N: number, left: number, right: number): Float64Array {
  const joined = new Float64Array(N * (left + right));
  for (let n = 0; n < N; n++) {
    joined.set(a.subarray(n * left, (n + 1) * left), n * (left + right));
    joined.set(b.subarray(n * right, (n + 1) * right), n * (left + right) + left);
  }
  return joined;
}

/** Columns [begin, end) of `x` (N,width). */
function columns(x: Float64Array, N: number, width: number, begin: number, end: number): Float64Array {
  const part = new Float64Array(N * (end - begin));
  for (let n = 0; n < N; n++) part.set(x.subarray(n * width + begin, n * width + end), n * (end - begin));
  return part;
}
