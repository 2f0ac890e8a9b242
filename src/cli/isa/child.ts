// The part of `bench --isa` that runs in a process of its own, one for each family: the driver takes its orders from the
// environment at its start, prints to the process's own stderr, and crashes take the process with them. Kernels are
// compiled one after another with a line before each, so that what the driver prints can be told apart.

import { readFileSync, writeSync } from 'node:fs';
import { EngineError } from '../../engine/engine';
import { openHost } from '../../engine/webgpu';
import { exitCode } from '../console';
import { findGpu } from '../device';

/** Set in the environment of such a process, to the family's name. */
export const childVariable = 'REWARM_ISA_CHILD';

/** A pipeline as the device gets it. */
export interface PipelineText {
  readonly label: string;
  readonly code: string;
  readonly entry: string;
  readonly constants: Readonly<Record<string, number>>;
}

/** Stands alone on its line; the number is the pipeline's, and what follows up to the next such line is about it. */
export const markerLine = /^=== rewarm pipeline (\d+) ===$/m;
const stderr = 2;
const beginSection = (index: number) => writeSync(stderr, `\n=== rewarm pipeline ${index} ===\n`);

/** Reads pipelines as JSON from stdin, compiles them, and prints the adapter's name or, at the end, what went wrong. */
export async function compileAsChild(family: string): Promise<number> {
  const pipelines: PipelineText[] = JSON.parse(readFileSync(0, 'utf8'));
  try {
    const { found } = await findGpu();
    if (!found) throw new EngineError('no-adapter', 'The driver offers no adapter.');
    const { vendor, device, description } = (await found.gpu.requestAdapter())?.info ?? {};
    const name = [vendor, device, description].join(' ');
    if (!name.toLowerCase().includes(family)) throw new EngineError('no-adapter', `The adapter is ${name}.`);
    const host = await openHost(found.gpu);
    for (const [index, { code, entry, constants }] of pipelines.entries()) {
      const module = host.device.createShaderModule({ code });
      beginSection(index);
      const compute = { module, entryPoint: entry, constants: { ...constants } };
      await host.device.createComputePipelineAsync({ layout: 'auto', compute });
    }
    process.stdout.write(name);
    return exitCode.done;
  } catch (error) {
    process.stdout.write(error instanceof Error ? error.message : String(error));
    return exitCode.failed;
  }
}
