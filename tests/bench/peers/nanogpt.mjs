// GenAI NanoGPT as a trainer of the comparison: its model, its trainer's step and its AdamW on its own WebGPU kernels.
// The package exports only the whole application around them, so they are imported by the path of their files.

import { repeated } from './repeated.mjs';
import { batchOf, optimizer } from './shape.mjs';

const folder = new URL('./node_modules/@genai-fi/nanogpt/dist/', import.meta.url);
const part = (/** @type {string} */ path) => import(new URL(path, folder).href);

/**
 * @param {import('./shape.mjs').Shape} shape
 * @returns {Promise<import('./shape.mjs').Trainer>}
 */
export async function open(shape) {
  // Without it the tfjs inside takes Node for its platform, whose parts were left out of the bundle.
  globalThis['WorkerGlobalScope'] ??= class {};
  const { selectBackend } = await part('backend.js');
  const { default: NanoGPT } = await part('models/NanoGPTV1.js');
  const { default: Trainer } = await part('training/BasicTrainer.js');
  await selectBackend('webgpu');
  const { batch: B, context: T, vocabulary: vocabSize, width: nEmbed, layers: nLayer, heads: nHead } = shape;
  const model = new NanoGPT({ vocabSize, blockSize: T, nLayer, nHead, nEmbed, mlpFactor: 4, useRope: true });
  const { clip: clipNorm, ...rest } = optimizer;
  const constant = { warmupSteps: 0, decayEpochs: 1, epochSteps: 1e9, minLearningRate: rest.learningRate };
  const trainer = new Trainer(model, null, { ...rest, clipNorm, ...constant });
  // The tensors of tfjs live in one engine, which the copy inside the package keeps in this global place.
  const engine = globalThis['_tfengine'];
  const { inputs, targets } = batchOf(shape);
  const batch = {
    xs: engine.makeTensor(inputs, [B, T], 'int32'),
    ys: engine.makeTensor(targets, [B, T], 'int32'),
  };
  const step = () => trainer.trainStep({}, batch);
  return {
    what: 'GenAI NanoGPT v1: RMSNorm without bias, rotary positions, tied head; its AdamW with clipping',
    parameters: model.getNumParams(),
    train: repeated(step, 8),
  };
}
