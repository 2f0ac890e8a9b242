// Chooses what trains: what was asked for, else the graphics adapter that is found, or plain JavaScript where there is none
// and the model is small.

import { type AdapterReport, adapterName, type Engine, EngineError, type LockstepShape } from '../engine/engine';
import { type ModelShape, parameterCount } from '../engine/model';
import { createReferenceEngine } from '../engine/reference/engine';
import { createSimdEngine } from '../engine/simd/engine';
import { faultySentence } from '../engine/tuning/store';
import { createWebGpuEngine } from '../engine/webgpu';
import type { EngineChoice } from './commands';
import { adapterCure, findGpu } from './device';
import { cacheFolder, fileTunings } from './tunings';

/** P of the XS model: what plain JavaScript trains in minutes. */
const mostReferenceParameters = 45_000;

/** @param say hears which adapter is used, in plain sentences */
export async function openEngine(
  choice: EngineChoice,
  model: ModelShape,
  say: (line: string) => void,
): Promise<Engine> {
  const engine = await chosenEngine(choice, model, say);
  say(`Adapter: ${adapterWords(engine.adapter)}.`);
  return engine;
}

async function chosenEngine(choice: EngineChoice, model: ModelShape, say: (line: string) => void): Promise<Engine> {
  if (choice === 'reference') return createReferenceEngine();
  return choice === 'cpu' ? createSimdEngine() : adapterEngine(choice, model, say);
}

async function adapterEngine(
  choice: 'auto' | 'webgpu',
  model: ModelShape,
  say: (line: string) => void,
): Promise<Engine> {
  const { found, attempts } = await findGpu();
  if (found) {
    if (found.driver !== null) say(`Graphics driver: ${found.driver}.`);
    return createWebGpuEngine(found.gpu, { tunings: fileTunings(cacheFolder()) });
  }
  for (const attempt of attempts) say(attempt);
  if (choice === 'webgpu') throw new EngineError('no-adapter', `No graphics adapter was found. ${adapterCure}`);
  const size = parameterCount(model);
  if (size > mostReferenceParameters) {
    throw new EngineError(
      'no-adapter',
      `No graphics adapter was found, and this model (${size.toLocaleString('en')} parameters) is too large for plain ` +
        `JavaScript. ${adapterCure} Or take --scale XS; or --engine reference, if you can wait very long.`,
    );
  }
  say(`No graphics adapter was found, so plain JavaScript trains on one core: right, but slow. ${adapterCure}`);
  return createReferenceEngine();
}

/** `llvmpipe (software: right, but slow)`. */
export function adapterWords(adapter: AdapterReport): string {
  return adapter.isFallback ? `${adapterName(adapter)} (software: right, but slow)` : adapterName(adapter);
}

/** What the kernels of a shape were chosen from; nothing where there is no choice. */
export async function kernelLines(engine: Engine, shape: LockstepShape): Promise<string[]> {
  const tuning = await engine.tuning(shape);
  if (!tuning) return [];
  const forms = new Set([...Object.values(tuning.kernels.products), `attention ${tuning.kernels.attention}`]);
  const faulty = faultySentence(tuning);
  return [`Kernels, the fastest here: ${[...forms].join(', ')}.`, ...(faulty ? [faulty] : [])];
}
