// Trains one plan from the command line: progress on stderr, checkpoints in a folder, results gathered as they come.

import { version } from '../../package.json';
import type { TextData } from '../data/text';
import type { AdapterReport, Engine } from '../engine/engine';
import { lockstepBytes } from '../engine/memory';
import { parameterCount } from '../engine/model';
import type { Plan } from '../experiment/plan';
import type { Experiment } from '../experiment/spec';
import type { CheckpointStore } from '../train/checkpoints';
import { train } from '../train/loop';
import { largestGroup } from '../train/measure';
import { collector, type Results } from '../train/results';
import { lockstepShape, modelShape } from '../train/shape';
import { fileCheckpoints } from './checkpoints';
import { adapterName, kernelLines } from './engines';
import type { Progress } from './progress';
import { type RunView, viewRun } from './view';

export interface TrainingTools {
  readonly engine: Engine;
  readonly data: TextData;
  /** Folder of the finished stages, by content hash. */
  readonly checkpoints: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface Trained {
  readonly results: Results | null;
  readonly view: RunView;
  /** False when it was stopped before its end. */
  readonly whole: boolean;
}

/**
 * Trains what is not in the folder yet.
 * @param save hears the results at the end, also after a fault of the machine: what is finished can be used
 */
export async function trainPlan(
  whole: Plan,
  tools: TrainingTools,
  save: (results: Results | null) => Promise<void>,
): Promise<Trained> {
  const { engine, data, progress, signal } = tools;
  const { experiment } = whole;
  const view = viewRun(whole, progress);
  const gathered = collector({ version, adapter: engine.adapter, corpora: data.entries() });
  try {
    for (const line of await kernelLines(engine, lockstepShape(experiment, 1))) progress.line(line);
    const store = checkpointStore(experiment, tools);
    for await (const event of train(whole, engine, data, { checkpoints: store, signal })) {
      gathered.collect(event);
      view.hear(event);
    }
  } finally {
    progress.end();
    await save(gathered.results());
  }
  const open = whole.nodes.some(({ id }) => !view.finals.has(id) && !view.failed.has(id));
  return { results: gathered.results(), view, whole: !open };
}

/** The finished stages that are kept for an experiment. */
export function checkpointStore(
  { model }: Experiment,
  { engine, checkpoints, progress }: TrainingTools,
): CheckpointStore {
  return fileCheckpoints({
    folder: checkpoints,
    parameters: parameterCount(modelShape(model)),
    adapter: adapterName(engine.adapter),
    report: (sentence) => progress.line(sentence),
  });
}

/** What a plan asks for, in one sentence. */
export function planLine(whole: Plan, kind: AdapterReport['kind']): string {
  const { experiment, tokens } = whole;
  const { arms, seeds } = experiment;
  const count = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
  const bytes = lockstepBytes(lockstepShape(experiment, largestGroup(whole)));
  const memory = kind === 'webgpu' ? `, ${Math.ceil(bytes / 2 ** 20)} MB of GPU memory` : '';
  const work = `${count(arms.length, 'arm')}, ${count(seeds.length, 'seed')}, ${count(tokens, 'training token')}`;
  return `${experiment.name}: ${work}, ${count(parameterCount(modelShape(experiment.model)), 'parameter')}${memory}.`;
}
