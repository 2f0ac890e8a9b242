// The whole decoder: x = E_in[token]; L blocks; logits = E_out LN_f(x), without a bias.
// Loss = mean cross-entropy over all rows, nats. Shapes: windows (B, T+1), row n = b*T + t, N = B*T.

import { type ModelShape, parameterCount, rotaryDimensions } from '../model';
import { type BlockPass, type BlockSizes, blockBackward, blockForward } from './block';
import { crossEntropyBackward, crossEntropyForward } from './cross_entropy';
import { embeddingBackward, embeddingForward } from './embedding';
import { type LayernormOutput, layernormBackward, layernormForward } from './layernorm';
import { type ParameterViews, parameterViews } from './parameters';
import { type Products, plainProducts } from './products';

export interface LossAndGradients {
  /** Mean cross-entropy, nats a token. */
  readonly loss: number;
  /** (N) loss of each row, nats. */
  readonly rowLosses: Float64Array;
  /** (P) derivatives of `loss`, laid out like the parameters. */
  readonly gradients: Float64Array;
}

interface ModelPass {
  readonly blocks: readonly BlockPass[];
  /** (N,C) output of the last block. */
  readonly x: Float64Array;
  readonly final: LayernormOutput;
  /** (N,V) */
  readonly logits: Float64Array;
}

/** One pass forward and backward. `parameters` (P), `windows` (B, T+1) for any B. */
export function forwardBackward(
  model: ModelShape,
  parameters: ArrayLike<number>,
  windows: Uint8Array,
  products: Products = plainProducts,
): LossAndGradients {
  const { vocabulary: V, width: C } = model;
  const sizes = blockSizes(model, windows.length / (model.context + 1));
  const N = sizes.B * sizes.T;
  const { inputs, targets } = splitWindows(windows, sizes.T);
  const w = parameterViews(model, asFloat64(parameters));
  const pass = forward(w, inputs, V, sizes, products);
  const { losses, logSumExp } = crossEntropyForward(pass.logits, targets, N, V);

  const gradients = new Float64Array(parameterCount(model));
  const g = parameterViews(model, gradients);
  const dlogits = crossEntropyBackward(pass.logits, targets, logSumExp, N, V);
  g.embedOut.set(products.backwardWeight(dlogits, pass.final.y, N, C, V));
  const dfinal = products.backwardInput(dlogits, w.embedOut, N, C, V);
  const { mean, rstd } = pass.final;
  const final = layernormBackward(dfinal, pass.x, w.finalWeight, mean, rstd, N, C);
  g.finalWeight.set(final.dWeight);
  g.finalBias.set(final.dBias);
  let dx = final.dx;
  for (let l = pass.blocks.length - 1; l >= 0; l--) {
    dx = blockBackward(dx, pass.blocks[l]!, w.blocks[l]!, g.blocks[l]!, sizes, products);
  }
  g.embedIn.set(embeddingBackward(dx, inputs, N, V, C));
  return { loss: average(losses, 0, N), rowLosses: losses, gradients };
}

/** (B) mean cross-entropy of each window of `windows` (B, T+1), nats a token. */
export function forwardLosses(
  model: ModelShape,
  parameters: ArrayLike<number>,
  windows: Uint8Array,
  products: Products = plainProducts,
): Float64Array {
  const { vocabulary: V, context: T } = model;
  const sizes = blockSizes(model, windows.length / (T + 1));
  const { inputs, targets } = splitWindows(windows, T);
  const { logits } = forward(parameterViews(model, asFloat64(parameters)), inputs, V, sizes, products);
  const { losses } = crossEntropyForward(logits, targets, sizes.B * T, V);
  return Float64Array.from({ length: sizes.B }, (_, b) => average(losses, b * T, (b + 1) * T));
}

/** (N,V) logits after each of `tokens` (B,T). */
export function forwardLogits(
  model: ModelShape,
  parameters: ArrayLike<number>,
  tokens: Uint8Array,
  products: Products = plainProducts,
): Float64Array {
  const sizes = blockSizes(model, tokens.length / model.context);
  return forward(parameterViews(model, asFloat64(parameters)), tokens, model.vocabulary, sizes, products).logits;
}

function forward(w: ParameterViews, tokens: Uint8Array, V: number, sizes: BlockSizes, products: Products): ModelPass {
  const { B, T, C } = sizes;
  const N = B * T;
  let x = embeddingForward(tokens, w.embedIn, N, C);
  const blocks = w.blocks.map((block) => {
    const pass = blockForward(x, block, sizes, products);
    x = pass.y;
    return pass;
  });
  const final = layernormForward(x, w.finalWeight, w.finalBias, N, C);
  const logits = products.forward(final.y, w.embedOut, null, N, C, V);
  return { blocks, x, final, logits };
}

function blockSizes(model: ModelShape, B: number): BlockSizes {
  const { context, width, heads } = model;
  if (!Number.isInteger(B)) throw new Error(`The tokens do not divide into sequences of context ${context}.`);
  return { B, T: context, C: width, H: heads, rot: rotaryDimensions(model) };
}

/** Inputs are tokens [0, T) of each window, targets [1, T+1); (N) each. */
function splitWindows(windows: Uint8Array, T: number): { inputs: Uint8Array; targets: Uint8Array } {
  const B = windows.length / (T + 1);
  const inputs = new Uint8Array(B * T);
  const targets = new Uint8Array(B * T);
  for (let b = 0; b < B; b++) {
    const start = b * (T + 1);
    inputs.set(windows.subarray(start, start + T), b * T);
    targets.set(windows.subarray(start + 1, start + T + 1), b * T);
  }
  return { inputs, targets };
}

function average(values: Float64Array, begin: number, end: number): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum += values[i]!;
  return sum / (end - begin);
}

function asFloat64(values: ArrayLike<number>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}
