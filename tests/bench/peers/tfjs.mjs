// gpt-tfjs as a trainer of the comparison: its GPT model, its AdamW and its clipping, on tfjs's WebGPU backend. The
// step is the one of its own training loop, without the loading of data and the pause of a millisecond there.

import { createRequire } from 'node:module';
import { repeated } from './repeated.mjs';
import { batchOf, optimizer } from './shape.mjs';

const require = createRequire(import.meta.url);

/**
 * @param {import('./shape.mjs').Shape} shape
 * @returns {Promise<import('./shape.mjs').Trainer>}
 */
export async function open(shape) {
  const tf = require('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-webgpu');
  const { model: gpt, optimizers } = require('gpt-tfjs');
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs found no WebGPU device.');
  await tf.ready();
  const { batch: B, context: T, vocabulary: V, width, layers, heads } = shape;
  const model = gpt.GPT({
    nLayer: layers,
    nHead: heads,
    nEmbd: width,
    vocabSize: V,
    blockSize: T,
    dropout: 0,
    residDrop: 0,
    embdDrop: 0,
  });
  const weights = model.getNamedWeights();
  const decayed = weights.map(({ name }) => name).filter((name) => !/bias|normalization|emb/.test(name));
  const update = new optimizers.AdamW({
    learningRate: optimizer.learningRate,
    beta1: optimizer.beta1,
    beta2: optimizer.beta2,
    epsilon: optimizer.epsilon,
    weightDecayRate: optimizer.weightDecay,
    includeInWeightDecay: decayed,
  });
  const { inputs, targets } = batchOf(shape);
  const x = tf.tensor2d(inputs, [B, T], 'int32');
  const y = tf.oneHot(tf.tensor2d(targets, [B, T], 'int32'), V);
  const lossOf = () => tf.losses.softmaxCrossEntropy(y, model.apply(x));
  const step = () =>
    tf.tidy(() => {
      const { value, grads } = update.computeGradients(lossOf);
      update.applyGradients(optimizers.clipByGlobalNormObj(grads, optimizer.clip));
      return value;
    });
  return {
    what: 'gpt-tfjs: GPT-2 decoder, learned positions, untied head; its AdamW with clipping',
    parameters: weights.reduce((sum, { tensor }) => sum + tensor.size, 0),
    // As its own loop: with many steps on their way at once the process can crash.
    train: repeated(step, 1),
  };
}
