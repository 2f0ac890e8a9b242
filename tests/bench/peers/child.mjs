// One measurement in a process of its own: `fork`ed by run.mjs with the address of a trainer's module, B and V. Answers
// with one message, { adapter, what, parameters, ... } or { error }.

import { measure } from './measure.mjs';
import { shapeOf } from './shape.mjs';
import { faults, handedOut, offerWebGpu } from './webgpu.mjs';

const [address = '', batch, vocabulary] = process.argv.slice(2);

async function answer() {
  offerWebGpu();
  const shape = shapeOf(Number(batch), Number(vocabulary));
  const { open } = await import(address);
  /** @type {import('./shape.mjs').Trainer} */
  const trainer = await open(shape);
  const { what, parameters, kernels } = trainer;
  const measurement = await measure(trainer, shape.batch * shape.context);
  if (faults.length > 0) throw new Error(`${faults.length} WebGPU errors, the first: ${faults[0]}`);
  return { adapter: handedOut.at(-1), what, parameters, kernels, ...measurement };
}

/** @param {unknown} message */
function leave(message) {
  // Not the end of the script: Dawn's threads would keep the process alive.
  process.send?.(message, () => process.exit(0));
}

process.on('unhandledRejection', (error) => leave({ error: String(error) }));
answer().then(leave, (error) => {
  console.error(error);
  leave({ error: error instanceof Error ? error.message : String(error) });
});
