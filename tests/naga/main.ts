// The same training under wgpu and naga, the WebGPU implementation of Firefox, which Deno ships. Prints JSON.

import { createWebGpuEngine } from '../../src/engine/webgpu';
import { trainShortly } from './training';

const engine = await createWebGpuEngine(navigator.gpu);
console.log(JSON.stringify(await trainShortly(engine)));
engine.destroy();
process.exit(0);
