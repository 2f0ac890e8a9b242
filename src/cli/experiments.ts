// The experiment that a command names: a preset, or a file that is read as unknown input.

import { basename } from 'node:path';
import { type Shift, shifts } from '../experiment/compose';
import { parseExperiment } from '../experiment/parse';
import { preset } from '../experiment/presets';
import type { Experiment } from '../experiment/spec';
import { listed, type RunCommand, UsageError } from './arguments';
import { readIfThere } from './files';

export interface NamedExperiment {
  /** For a folder: `weak-XS`, or the file's name without its ending. */
  readonly name: string;
  readonly experiment: Experiment;
}

/** No experiment needs more; a larger file is something else. */
const mostFileBytes = 1_000_000;

/** Throws UsageError or SpecError for what cannot be run. */
export async function chosenExperiment(command: RunCommand): Promise<NamedExperiment> {
  const { experiment: wanted, scale, seeds, steps } = command;
  if (isPreset(wanted)) {
    const size = scale ?? 'XS';
    const options = { scale: size, seeds: seeds ?? [1], ...(steps === null ? {} : { steps }) };
    return { name: `${wanted}-${size}`, experiment: parseExperiment(preset(wanted, options)) };
  }
  const bytes = await readIfThere(wanted);
  if (!bytes) {
    throw new UsageError(`There is no preset and no file "${wanted}". Choose ${presetNames}, or a .json file.`);
  }
  if (scale !== null) throw new UsageError('--scale is for presets; a file states its own model.');
  if (bytes.length > mostFileBytes) throw new UsageError(`${wanted} is too large to be an experiment.`);
  const value = readJsonObject(wanted, bytes.toString('utf8'));
  const experiment = parseExperiment({ ...value, ...(seeds === null ? {} : { seeds }) });
  return {
    name: basename(wanted).replace(/\.json$/i, ''),
    experiment: steps === null ? experiment : parseExperiment(withSteps(experiment, steps)),
  };
}

const presetNames = listed(Object.keys(shifts));

function isPreset(name: string): name is Shift {
  return Object.hasOwn(shifts, name);
}

function readJsonObject(path: string, text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${path} does not hold an experiment: a JSON object is expected.`);
}

function withSteps(experiment: Experiment, steps: number): Experiment {
  const arms = experiment.arms.map((arm) => ({ ...arm, stages: arm.stages.map((stage) => ({ ...stage, steps })) }));
  return { ...experiment, arms };
}
