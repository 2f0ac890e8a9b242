// `neox`: an experiment as a run of GPT-NeoX, the engine of the papers, written for a cluster. Trains nothing.

import { join } from 'node:path';
import { paperAdamW } from '../engine/optimizer';
import type { Experiment } from '../experiment/spec';
import { neoxFiles } from '../neox/files';
import type { NeoxCommand } from './commands';
import { type Console, exitCode } from './console';
import { writeWhole } from './files';
import { givenAny } from './given';

interface Part {
  /** Folder in that of --to; empty for the only part. */
  readonly folder: string;
  readonly experiment: Experiment;
}

export async function neox({ place, to, shape }: NeoxCommand, { stderr }: Console): Promise<number> {
  let count = 0;
  for (const { folder, experiment } of await chosenParts(place)) {
    for (const { name, text } of neoxFiles(experiment, shape, paperAdamW)) {
      await writeWhole(join(to, folder, name), text);
      count++;
    }
  }
  stderr.write(`Wrote ${count} files to ${to}. Begin with README.md.\n`);
  return exitCode.done;
}

async function chosenParts(place: string): Promise<Part[]> {
  const { parts } = await givenAny(place, { scale: null, seeds: null, steps: null });
  return parts.map(({ key, experiment }) => ({ folder: parts.length > 1 ? key : '', experiment }));
}
