// Weights that a run is to start from, out of a file of Hugging Face's layout with its config.json beside it.

import { dirname, join } from 'node:path';
import { parameterCount } from '../engine/model';
import { continuedFrom } from '../experiment/continued';
import type { Plan } from '../experiment/plan';
import type { Experiment } from '../experiment/spec';
import { modelShape } from '../train/shape';
import { type OpenedWeights, openWeights, sameModel, weightsRefusal } from '../train/weights';
import { UsageError } from './arguments';
import { readCheckpoint } from './checkpoints';
import { InputFileError, readGivenText, readIfThere } from './files';

/** @throws UsageError where there is no file, InputFileError for one that holds none */
export async function weightsOf(path: string): Promise<OpenedWeights> {
  const bytes = await readIfThere(path);
  if (!bytes)
    throw new UsageError(`There is no file ${path}. Give a model.safetensors, with its config.json beside it.`);
  const beside = join(dirname(path), 'config.json');
  const text = await readGivenText(beside);
  try {
    return await openWeights(bytes, text === null ? null : JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputFileError(`${beside} is not valid JSON: ${error.message}.`);
    const message = weightsRefusal(error);
    if (message === null) throw error;
    throw new InputFileError(`${path} cannot be started from. ${message}`);
  }
}

/** The experiment that starts from them, where its model is theirs. */
export function startingFrom(experiment: Experiment, { sha256, model, scale }: OpenedWeights): Experiment {
  const continued = continuedFrom(experiment, sha256);
  const theirs = continued.arms.filter(({ init }) => init.kind === 'weights');
  const other = theirs.find(({ init }) => init.kind === 'weights' && init.sha256 !== sha256);
  if (other) throw new UsageError(`Arm "${other.id}" starts from other weights than those of --weights.`);
  const misfit = theirs.find((arm) => !sameModel({ ...experiment.model, ...arm.model }, model));
  if (!misfit) return continued;
  const { width, layers, heads } = model;
  const which = scale ?? `${width} wide, ${layers} layers, ${heads} heads`;
  throw new UsageError(`The weights are of a model of another size than arm "${misfit.id}": ${which}.`);
}

/** @throws UsageError where runs start from weights that are neither given nor kept in the folder of checkpoints */
export async function requireWeights({ nodes }: Plan, folder: string): Promise<void> {
  for (const { start, model } of nodes) {
    if (start.kind !== 'weights') continue;
    const kept = await readCheckpoint(folder, start.sha256, parameterCount(modelShape(model)));
    if (kept && !('problem' in kept)) continue;
    throw new UsageError(
      `Runs start from the weights ${start.sha256.slice(0, 12)} of a file. Give it: --weights model.safetensors.`,
    );
  }
}
