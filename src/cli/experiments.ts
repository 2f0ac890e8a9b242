// The experiment that a command names: a preset, or a file that is read as unknown input.

import { basename } from 'node:path';
import { parse } from 'lossless-json';
import { type Shift, shifts } from '../experiment/compose';
import { parseExperiment } from '../experiment/parse';
import { preset } from '../experiment/presets';
import type { Experiment } from '../experiment/spec';
import { listed, UsageError } from './arguments';
import type { RunCommand } from './commands';
import { InputFileError, readGivenText } from './files';

export interface NamedExperiment {
  /** For a folder: `weak-XS`, or the file's name without its ending. */
  readonly name: string;
  readonly experiment: Experiment;
}

/** No experiment needs more characters; a larger file is something else. */
const mostFileLength = 1_000_000;

/** Throws UsageError or SpecError for what cannot be run. */
export async function chosenExperiment(
  command: Pick<RunCommand, 'experiment' | 'scale' | 'seeds' | 'steps'>,
): Promise<NamedExperiment> {
  const { experiment: wanted, scale, seeds, steps } = command;
  if (isPreset(wanted)) {
    const size = scale ?? 'XS';
    const options = { scale: size, seeds: seeds ?? [1], ...(steps === null ? {} : { steps }) };
    return { name: `${wanted}-${size}`, experiment: parseExperiment(preset(wanted, options)) };
  }
  const text = await readGivenText(wanted);
  if (text === null) {
    throw new UsageError(`There is no preset and no file "${wanted}". Choose ${presetNames}, or a .json file.`);
  }
  if (scale !== null) throw new UsageError('--scale is for presets; a file states its own model.');
  if (text.length > mostFileLength) throw new InputFileError(`${wanted} is too large to be an experiment.`);
  const value = readJsonObject(wanted, text);
  const experiment = parseExperiment({ ...value, ...(seeds === null ? {} : { seeds }) });
  return {
    name: basename(wanted).replace(/\.json$/i, ''),
    experiment: steps === null ? experiment : parseExperiment(withSteps(experiment, steps)),
  };
}

const presetNames = listed(Object.keys(shifts));

export function isPreset(name: string): name is Shift {
  return Object.hasOwn(shifts, name);
}

function readJsonObject(path: string, text: string): object {
  let value: unknown;
  try {
    // It finds what JSON.parse passes over: of two equal keys the last would win in silence.
    parse(text);
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw new InputFileError(`${path} is nested far too deeply to be an experiment.`);
    const why = error instanceof Error ? error.message : String(error);
    throw new InputFileError(
      `${path} is not valid JSON: ${why.replace(/at position (\d+)/, (_, at) => place(text, at))}.`,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InputFileError(`${path} does not hold an experiment: a JSON object is expected.`);
}

function place(text: string, position: string): string {
  const lines = text.slice(0, Number(position)).split('\n');
  return `in line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

/** Every stage takes so many steps, and what is counted in steps of a stage shrinks or grows with it. */
function withSteps(experiment: Experiment, steps: number): Experiment {
  const arms = experiment.arms.map((arm) => ({
    ...arm,
    stages: arm.stages.map((stage, i) => {
      const { scheduleSteps, mixture } = stage;
      const earlier = arm.stages.slice(0, i).reduce((sum, one) => sum + one.steps, 0);
      const skip = mixture.skip && earlier > 0 ? Math.round((mixture.skip * i * steps) / earlier) : mixture.skip;
      return {
        ...stage,
        steps,
        mixture: skip === undefined ? mixture : { ...mixture, skip },
        ...(scheduleSteps && { scheduleSteps: Math.max(steps, Math.round((scheduleSteps * steps) / stage.steps)) }),
      };
    }),
  }));
  return { ...experiment, arms };
}
