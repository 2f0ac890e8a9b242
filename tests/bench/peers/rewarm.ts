// Rewarm as a trainer of the comparison: its engine as the page and the command line use it, one run.

import { parameterCount } from '../../../src/engine/model';
import { paperAdamW } from '../../../src/engine/optimizer';
import { createWebGpuEngine } from '../../../src/engine/webgpu';
import { initialState } from '../../../src/train/initialize';
import { optimizer, type Shape, type Trainer, windowsOf } from './shape.mjs';

export async function open(shape: Shape): Promise<Trainer> {
  const { batch, ...sizes } = shape;
  const model = { ...sizes, rotaryFraction: 1 };
  const engine = await createWebGpuEngine(navigator.gpu);
  const lockstep = await engine.open({ model, runs: 1, batch, optimizer: paperAdamW });
  lockstep.write(0, initialState(model, 1));
  const step = { windows: windowsOf(shape), learningRates: Float64Array.of(optimizer.learningRate) };
  return {
    what: 'GPT-NeoX decoder: parallel residual, rotary positions, untied head; AdamW with clipping',
    parameters: parameterCount(model),
    kernels: lockstep.kernels,
    async train(steps) {
      const outputs = await lockstep.train(new Array<typeof step>(steps).fill(step));
      return outputs.at(-1)?.losses[0] ?? Number.NaN;
    },
  };
}
