// A folder that `run` wrote: where its files are, and how a later command finds a checkpoint in it.

import { dirname, join } from 'node:path';
import { type ModelShape, parameterCount } from '../engine/model';
import { armModel, armPath, type PlanNode, plan } from '../experiment/plan';
import type { Arm, Experiment } from '../experiment/spec';
import type { StageResult } from '../train/checkpoints';
import { initialState } from '../train/initialize';
import { modelShape } from '../train/shape';
import { listed, UsageError } from './arguments';
import { readCheckpoint } from './checkpoints';
import type { CheckpointChoice } from './commands';
import { FileError } from './files';
import { readResults, resultsFile, setAside } from './results';

export const checkpointsFolder = (folder: string) => join(folder, 'checkpoints');

export interface SavedStage {
  readonly node: PlanNode;
  readonly result: StageResult;
}

export interface SavedCheckpoint {
  readonly experiment: Experiment;
  /** Of the program that wrote the results. */
  readonly version: string;
  readonly arm: Arm;
  readonly model: ModelShape;
  /** The finished stages up to the checkpoint; none before the first step. */
  readonly stages: readonly SavedStage[];
  /** Weights before the first step of the arm: random ones of the seed, or those of a file. */
  readonly initial: Float32Array;
  /** The chosen weights. */
  readonly parameters: Float32Array;
}

/** Finds the weights that a command asks for, or says what there is to choose from. */
export async function openCheckpoint(choice: CheckpointChoice): Promise<SavedCheckpoint> {
  const { folder: place, seed, at } = choice;
  const results = await readResults(place);
  const [part] = results?.parts ?? [];
  if (!results || !part) {
    throw new UsageError(`${resultsFile(place)} does not exist. Give the folder that "run" wrote.`);
  }
  const folder = place.endsWith('.json') ? dirname(place) : place;
  if (results.figure !== null) {
    const aside = await setAside(folder);
    const instead =
      aside.length === 0 ? 'Use "run" instead.' : `Earlier results are in ${aside.join(', ')}: give that file.`;
    throw new UsageError(`${place} was written by "figure", which keeps its checkpoints together. ${instead}`);
  }
  const { experiment } = part;
  const { arms, seeds } = experiment;
  const arm = arms.find(({ id }) => id === choice.arm);
  if (!arm) throw new UsageError(`There is no arm "${choice.arm}" here. Choose ${listed(arms.map(({ id }) => id))}.`);
  if (!seeds.includes(seed))
    throw new UsageError(`Seed ${seed} was not run here. Choose ${listed(seeds.map(String))}.`);
  const model = modelShape(armModel(experiment, arm));
  const path = armPath(plan(experiment), arm.id, seed);
  const wanted = at === 'init' ? [] : at === 'base' ? path.slice(0, 1) : path;
  const stages: SavedStage[] = [];
  for (const node of wanted) {
    const result = await readCheckpoint(checkpointsFolder(folder), node.id, parameterCount(model));
    if (!result || 'problem' in result) {
      const why = result?.problem ?? 'It was not finished, or its files were removed.';
      throw new FileError(
        `There is no checkpoint of stage ${node.stage.name} of arm ${arm.id}, seed ${seed}. ${why} ` +
          'Run the experiment again with the same --out to get it.',
      );
    }
    stages.push({ node, result });
  }
  const initial = await initialWeights(folder, arm, model, seed);
  const parameters = stages.at(-1)?.result.state.parameters ?? initial;
  return { experiment, version: results.version, arm, model, stages, initial, parameters };
}

async function initialWeights(folder: string, arm: Arm, model: ModelShape, seed: number): Promise<Float32Array> {
  if (arm.init.kind === 'random') return initialState(model, seed).parameters;
  const read = await readCheckpoint(checkpointsFolder(folder), arm.init.sha256, parameterCount(model));
  if (read && !('problem' in read)) return read.state.parameters;
  const why = read?.problem ?? 'They were removed.';
  throw new FileError(`There are no weights that arm ${arm.id} starts from. ${why} Run it again with --weights.`);
}
