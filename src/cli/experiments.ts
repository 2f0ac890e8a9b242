// The experiment that a command names: a preset, a link, or a file that is read as unknown input.

import { basename } from 'node:path';
import { parse } from 'lossless-json';
import { type Shift, shifts } from '../experiment/compose';
import { contentHash } from '../experiment/hash';
import { parseExperiment } from '../experiment/parse';
import { preset } from '../experiment/presets';
import { composedOf, type KeptRecipe } from '../experiment/recipe/kept';
import type { Experiment, ScaleName } from '../experiment/spec';
import { recipeIn } from '../link/address';
import { openRecipeLink } from '../link/recipe';
import { listed, UsageError } from './arguments';
import type { RunCommand } from './commands';
import { InputFileError, readGivenText } from './files';
import { linkedResults } from './results';

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
  const linked = linkedExperiment(wanted, scale);
  if (linked) return { ...linked, experiment: changed(linked.experiment, seeds, steps) };
  const figure = /^https?:.*#\/fig\/([\w-]+)/.exec(wanted)?.[1];
  if (figure !== undefined) throw new UsageError(`That is the address of a figure, which "figure ${figure}" trains.`);
  const text = await readGivenText(wanted);
  if (text === null) {
    throw new UsageError(
      `There is no preset and no file "${wanted}". Choose ${presetNames}, a .json file, or a link in quotes.`,
    );
  }
  if (scale !== null) throw new UsageError('--scale is for presets; a file states its own model.');
  if (text.length > mostFileLength) throw new InputFileError(`${wanted} is too large to be an experiment.`);
  const value = readJsonObject(wanted, text);
  // A file whose seeds are wrong is right with those of the command.
  const experiment = parseExperiment({ ...value, ...(seeds === null ? {} : { seeds }) });
  return { name: basename(wanted).replace(/\.json$/i, ''), experiment: changed(experiment, null, steps) };
}

function changed(experiment: Experiment, seeds: readonly number[] | null, steps: number | null): Experiment {
  const repeated = seeds === null ? experiment : parseExperiment({ ...experiment, seeds });
  return steps === null ? repeated : parseExperiment(withSteps(repeated, steps));
}

/** The experiment in the text of an address; null where the text is none. @throws LinkError, UsageError */
function linkedExperiment(text: string, scale: ScaleName | null): NamedExperiment | null {
  const letters = recipeIn(text);
  const experiment = letters === null ? linkedPart(text, scale) : composed(openRecipeLink(letters), scale);
  return experiment && { name: `link-${contentHash(experiment).slice(0, 8)}`, experiment };
}

function composed(recipe: KeptRecipe, scale: ScaleName | null): Experiment | null {
  if (recipe.setting.scale !== null) refuseScale(scale);
  return composedOf(recipe, scale ?? 'XS')?.experiment ?? null;
}

function linkedPart(text: string, scale: ScaleName | null): Experiment | null {
  const results = linkedResults(text);
  if (!results) return null;
  refuseScale(scale);
  const [part, ...more] = results.parts;
  if (part && more.length === 0) return part.experiment;
  const way = results.figure === null ? 'Give each of them as a file.' : `Use "figure ${results.figure}" instead.`;
  throw new UsageError(`This link holds ${results.parts.length} experiments, and run trains one. ${way}`);
}

function refuseScale(scale: ScaleName | null): void {
  if (scale !== null) throw new UsageError('--scale is for presets; this link states its own model.');
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
