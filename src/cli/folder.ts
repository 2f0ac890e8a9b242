// A folder that `run` wrote: where its files are, and how a later command finds a checkpoint in it.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ModelShape } from '../engine/model';
import { parameterCount } from '../engine/model';
import { parseExperiment } from '../experiment/parse';
import { armPath, type Plan, type PlanNode, plan } from '../experiment/plan';
import type { Arm, Experiment } from '../experiment/spec';
import type { NodeResult } from '../train/checkpoints';
import { initialState } from '../train/initialize';
import { modelShape } from '../train/shape';
import { type CheckpointChoice, listed, UsageError } from './arguments';
import { readCheckpoint } from './checkpoints';
import { FileError, readIfThere, renameFile } from './files';

export const resultsFile = (folder: string) => join(folder, 'results.json');
export const checkpointsFolder = (folder: string) => join(folder, 'checkpoints');

/** The results of a run, as far as later commands need them. */
export interface SavedRun {
  readonly experiment: Experiment;
  /** The other fields, as they were written. */
  readonly version: string;
  readonly corpora: unknown;
}

/** Null where nothing has been run. */
async function readSavedRun(folder: string): Promise<SavedRun | null> {
  const path = resultsFile(folder);
  const bytes = await readIfThere(path);
  if (!bytes) return null;
  try {
    const value: { experiment?: unknown; version?: unknown; corpora?: unknown } = JSON.parse(bytes.toString('utf8'));
    const { experiment, version, corpora } = value;
    return { experiment: parseExperiment(experiment), version: String(version), corpora };
  } catch {
    throw new FileError(`${path} does not hold the results of a run. Move it away and run the experiment again.`);
  }
}

/** Results of another experiment in the folder are renamed, not overwritten; `say` hears it. */
export async function setAsideOthers(folder: string, whole: Plan, say: (line: string) => void): Promise<void> {
  const path = resultsFile(folder);
  const bytes = await readIfThere(path);
  if (!bytes || planOf(bytes) === whole.id) return;
  const name = `results-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.json`;
  await renameFile(path, join(folder, name));
  say(`${path} held the results of another experiment; it is now ${name}.`);
}

/** The content hash of the plan in a results file; null when it is none. */
function planOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))?.plan ?? null;
  } catch {
    return null;
  }
}

export interface SavedStage {
  readonly node: PlanNode;
  /** Name of the adapter that trained it. */
  readonly adapter: string;
  readonly result: NodeResult;
}

export interface SavedCheckpoint {
  readonly run: SavedRun;
  readonly arm: Arm;
  readonly model: ModelShape;
  /** The finished stages up to the checkpoint; none before the first step. */
  readonly stages: readonly SavedStage[];
  /** Weights before the first step of the arm's seed. */
  readonly initial: Float32Array;
  /** The chosen weights. */
  readonly parameters: Float32Array;
}

/** Finds the weights that a command asks for, or says what there is to choose from. */
export async function openCheckpoint(choice: CheckpointChoice): Promise<SavedCheckpoint> {
  const { folder, seed, at } = choice;
  const run = await readSavedRun(folder);
  if (!run) throw new UsageError(`${resultsFile(folder)} does not exist. Give the folder that "run" wrote.`);
  const { arms, seeds } = run.experiment;
  const arm = arms.find(({ id }) => id === choice.arm);
  if (!arm) throw new UsageError(`There is no arm "${choice.arm}" here. Choose ${listed(arms.map(({ id }) => id))}.`);
  if (!seeds.includes(seed))
    throw new UsageError(`Seed ${seed} was not run here. Choose ${listed(seeds.map(String))}.`);
  const model = modelShape(run.experiment.model);
  const path = armPath(plan(run.experiment), arm.id, seed);
  const wanted = at === 'init' ? [] : at === 'base' ? path.slice(0, 1) : path;
  const stages: SavedStage[] = [];
  for (const node of wanted) {
    const read = await readCheckpoint(checkpointsFolder(folder), node.id, parameterCount(model));
    if (!read || 'problem' in read) {
      const why = read?.problem ?? 'It was not finished, or its files were removed.';
      throw new FileError(
        `There is no checkpoint of stage ${node.stage.name} of arm ${arm.id}, seed ${seed}. ${why} ` +
          'Run the experiment again with the same --out to get it.',
      );
    }
    stages.push({ node, ...read });
  }
  const initial = initialState(model, seed).parameters;
  return { run, arm, model, stages, initial, parameters: stages.at(-1)?.result.state.parameters ?? initial };
}
