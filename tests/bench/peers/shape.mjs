// What is trained by all alike: the decoder's shape, the optimizer's settings and one batch of tokens, repeated. The
// tokens follow a rule that a decoder finds at once, so that a falling loss is a sign that the steps were real.

/**
 * @typedef {object} Shape
 * @property {number} layers L
 * @property {number} width C
 * @property {number} heads H
 * @property {number} context T
 * @property {number} vocabulary V
 * @property {number} batch B
 */

/** What every trainer here offers, ours and the peers'.
 * @typedef {object} Trainer
 * @property {string} what its model and optimizer in one sentence
 * @property {number} parameters trained numbers
 * @property {unknown} [kernels] the forms of its kernels that were chosen on this adapter before the clock started
 * @property {(steps: number) => Promise<number>} train takes training steps on the repeated batch, waits until they
 *   have run, and resolves with the loss that the last of them read back, nats a token
 */

export const optimizer = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  /** Of matrices; biases and norms have none. */
  weightDecay: 0.1,
  /** Largest global norm of the gradient. */
  clip: 1,
};

/**
 * @param {number} batch
 * @param {number} vocabulary
 * @returns {Shape}
 */
export function shapeOf(batch, vocabulary) {
  return { layers: 2, width: 64, heads: 2, context: 64, vocabulary, batch };
}

/**
 * (B, T+1) tokens: inputs are [0, T) of each row, targets [1, T+1).
 * @param {Shape} shape
 * @returns {Uint8Array}
 */
export function windowsOf({ batch, context, vocabulary }) {
  const windows = new Uint8Array(batch * (context + 1));
  for (let b = 0; b < batch; b++) {
    let token = (b * 29) % vocabulary;
    for (let t = 0; t <= context; t++) {
      windows[b * (context + 1) + t] = token;
      token = (token * 5 + 7) % vocabulary;
    }
  }
  return windows;
}

/**
 * The same tokens as two lists of B*T, the form that most trainers take.
 * @param {Shape} shape
 * @returns {{ inputs: Int32Array, targets: Int32Array }}
 */
export function batchOf(shape) {
  const { batch, context } = shape;
  const windows = windowsOf(shape);
  const inputs = new Int32Array(batch * context);
  const targets = new Int32Array(batch * context);
  for (let b = 0; b < batch; b++) {
    const row = windows.subarray(b * (context + 1), (b + 1) * (context + 1));
    inputs.set(row.subarray(0, context), b * context);
    targets.set(row.subarray(1), b * context);
  }
  return { inputs, targets };
}
