// jax-js as a trainer of the comparison: the same decoder as Rewarm's (GPT-NeoX: pre-LayerNorm, parallel residual,
// rotary, GELU, untied head) and AdamW with clipping, written with its own functions; loss, gradient and update are one
// jitted function. Its arrays are counted references: a use that is not the last takes `.ref`.

import { defaultDevice, init, jit, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax';
import { batchOf, optimizer } from './shape.mjs';

/** @typedef {import('./shape.mjs').Shape} Shape */

/** Steps between two waits for a loss: with many on their way at once its steps take twice as long. */
const WAIT_EVERY = 4;

/** @param {Shape} shape */
function initialParameters({ layers: L, width: C, vocabulary: V }) {
  let seed = 1;
  const normal = (/** @type {number[]} */ sizes, /** @type {number} */ deviation) =>
    random.normal(random.key(seed++), sizes).mul(deviation);
  const small = Math.sqrt(2 / (5 * C));
  const wang = 2 / (L * Math.sqrt(C));
  const block = () => ({
    gain1: np.ones([C]),
    shift1: np.zeros([C]),
    gain2: np.ones([C]),
    shift2: np.zeros([C]),
    qkv: normal([C, 3 * C], small),
    qkvBias: np.zeros([3 * C]),
    out: normal([C, C], wang),
    outBias: np.zeros([C]),
    up: normal([C, 4 * C], small),
    upBias: np.zeros([4 * C]),
    down: normal([4 * C, C], wang),
    downBias: np.zeros([C]),
  });
  return {
    embedIn: normal([V, C], small),
    blocks: Array.from({ length: L }, block),
    gain: np.ones([C]),
    shift: np.zeros([C]),
    embedOut: normal([C, V], small),
  };
}

/** Cosines and sines (T, D) of rotary positions, GPT-NeoX's order: dimension i turns with i + D/2.
 * @param {number} T
 * @param {number} D
 */
function rotaryTables(T, D) {
  const table = (/** @type {(angle: number) => number} */ of) =>
    np
      .array(
        Float32Array.from({ length: T * D }, (_, i) => of(Math.floor(i / D) / 10_000 ** ((2 * (i % (D / 2))) / D))),
      )
      .reshape([T, D]);
  return { cosines: table(Math.cos), sines: table(Math.sin) };
}

/** Loss of a batch: (parameters, tables, inputs (B, T), targets (B, T)) -> nats a token.
 * @param {Shape} shape
 */
function lossOf({ width: C, heads: H, context: T, vocabulary: V, batch: B }) {
  const D = C / H;
  const normalized = (x, gain, shift) => nn.standardize(x).mul(gain).add(shift);
  const turned = (x, { cosines, sines }) => {
    const [a, b] = np.split(x.ref, 2, -1);
    return x.mul(cosines.ref).add(np.concatenate([b.mul(-1), a], -1).mul(sines.ref));
  };
  const attention = (x, p, tables) => {
    const byHead = (one) => np.transpose(one.reshape([B, T, H, D]), [0, 2, 1, 3]);
    const [q, k, v] = np.split(np.matmul(x, p.qkv).add(p.qkvBias), 3, -1).map(byHead);
    const scores = np.matmul(turned(q, tables), np.matrixTranspose(turned(k, tables))).mul(1 / Math.sqrt(D));
    const causal = np.where(np.tri(T, T, 0, { dtype: 'bool' }), scores, Number.NEGATIVE_INFINITY);
    const mixed = np.transpose(np.matmul(nn.softmax(causal), v), [0, 2, 1, 3]);
    return np.matmul(mixed.reshape([B, T, C]), p.out).add(p.outBias);
  };
  const mlp = (x, p) => np.matmul(nn.gelu(np.matmul(x, p.up).add(p.upBias)), p.down).add(p.downBias);
  return (parameters, tables, inputs, targets) => {
    let x = np.take(parameters.embedIn, inputs, 0);
    for (const p of parameters.blocks) {
      const attended = attention(normalized(x.ref, p.gain1, p.shift1), p, tables);
      const expanded = mlp(normalized(x.ref, p.gain2, p.shift2), p);
      x = x.add(attended).add(expanded);
    }
    const logits = np.matmul(normalized(x, parameters.gain, parameters.shift), parameters.embedOut);
    tree.dispose(tables);
    return nn
      .logSoftmax(logits)
      .mul(nn.oneHot(targets, V))
      .sum()
      .mul(-1 / (B * T));
  };
}

/** One AdamW update of one array; `t` is the number of this step, `scale` what clipping multiplies the gradient by. */
function updated(parameter, first, second, gradient, t, scale) {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = optimizer;
  const decay = parameter.ndim > 1 ? 1 - learningRate * weightDecay : 1;
  const g = gradient.mul(scale);
  const m = first.mul(beta1).add(g.ref.mul(1 - beta1));
  const v = second.mul(beta2).add(np.square(g).mul(1 - beta2));
  const correction = (beta) =>
    np
      .exp(t.ref.mul(Math.log(beta)))
      .mul(-1)
      .add(1);
  const root = np.sqrt(v.ref.div(correction(beta2))).add(epsilon);
  const moved = m.ref.div(correction(beta1)).div(root).mul(learningRate);
  t.dispose();
  return [parameter.mul(decay).sub(moved), m, v];
}

/** (state, tables, inputs, targets) -> [state, loss]; the state is { parameters, first, second, t }.
 * @param {Shape} shape
 */
function stepOf(shape) {
  const gradientOf = valueAndGrad(lossOf(shape));
  return jit((state, tables, inputs, targets) => {
    const [parameters, form] = tree.flatten(state.parameters);
    const first = tree.leaves(state.first);
    const second = tree.leaves(state.second);
    const t = state.t.add(1);
    const [loss, gradient] = gradientOf(tree.ref(state.parameters), tables, inputs, targets);
    const gradients = tree.leaves(gradient);
    const norm = np.sqrt(gradients.map((g) => np.square(g.ref).sum()).reduce((a, b) => a.add(b)));
    const scale = np.minimum(np.reciprocal(norm.add(1e-6)).mul(optimizer.clip), 1);
    const all = parameters.map((p, i) => updated(p, first[i], second[i], gradients[i], t.ref, scale.ref));
    scale.dispose();
    const list = (n) =>
      tree.unflatten(
        form,
        all.map((one) => one[n]),
      );
    return [{ parameters: list(0), first: list(1), second: list(2), t }, loss];
  });
}

/**
 * @param {Shape} shape
 * @returns {Promise<import('./shape.mjs').Trainer>}
 */
export async function open(shape) {
  const devices = await init('webgpu');
  if (!devices.includes('webgpu')) throw new Error('jax-js found no WebGPU device.');
  defaultDevice('webgpu');
  const { batch: B, context: T } = shape;
  const parameters = initialParameters(shape);
  const zeros = () => tree.map((p) => np.zeros(p.shape), parameters);
  let state = { parameters, first: zeros(), second: zeros(), t: np.array(new Float32Array([0])).reshape([]) };
  const tables = rotaryTables(T, shape.width / shape.heads);
  const batch = batchOf(shape);
  const inputs = np.array(batch.inputs).reshape([B, T]);
  const targets = np.array(batch.targets).reshape([B, T]);
  const step = stepOf(shape);
  return {
    what: 'the same decoder and AdamW with clipping, one jitted function',
    parameters: tree.leaves(parameters).reduce((sum, p) => sum + p.size, 0),
    async train(steps) {
      let last = Number.NaN;
      for (let i = 1; i <= steps; i++) {
        let loss;
        [state, loss] = step(state, tree.ref(tables), inputs.ref, targets.ref);
        if (i % WAIT_EVERY === 0 || i === steps) [last] = await loss.data();
        else loss.dispose();
      }
      return last;
    },
  };
}
