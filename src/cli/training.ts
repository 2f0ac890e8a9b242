// Trains one plan from the command line: progress on stderr, checkpoints in a folder, results gathered as they come.

import { version } from '../../package.json';
import type { TextData } from '../data/text';
import { type AdapterReport, adapterName, type Engine } from '../engine/engine';
import { lockstepBytes } from '../engine/memory';
import { parameterCount } from '../engine/model';
import type { Records } from '../experiment/evidence/record';
import type { Plan } from '../experiment/plan';
import type { CheckpointStore } from '../train/checkpoints';
import { recordsAfter } from '../train/events';
import { train } from '../train/loop';
import { largestGroups } from '../train/measure';
import { lockstepShape, modelShape } from '../train/shape';
import { fileCheckpoints } from './checkpoints';
import { kernelLines } from './engines';
import type { Progress } from './progress';
import { viewRun } from './view';

export interface TrainingTools {
  readonly engine: Engine;
  readonly data: TextData;
  /** Folder of the finished stages, by content hash. */
  readonly checkpoints: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface Trained {
  /** What every stage has shown that was begun. */
  readonly records: Records;
  /** False when it was stopped before its end. */
  readonly whole: boolean;
  readonly failed: boolean;
  /** Share of the time that went into measuring; null when nothing was trained. */
  readonly evaluationShare: number | null;
}

/**
 * Trains what is not in the folder yet.
 * @param save hears the records at the end, also after a fault of the machine: what is finished can be used
 */
export async function trainPlan(
  whole: Plan,
  tools: TrainingTools,
  save: (records: Records) => Promise<void>,
): Promise<Trained> {
  const { engine, data, progress, signal } = tools;
  const view = viewRun(whole, progress);
  let records: Records = new Map();
  try {
    for (const { node } of largestGroups(whole)) {
      for (const line of await kernelLines(engine, lockstepShape(node, 1))) progress.line(line);
    }
    const options = { checkpoints: checkpointStore(whole, tools), version, signal };
    for await (const event of train(whole, engine, data, options)) {
      records = recordsAfter(records, event);
      view.hear(event);
    }
  } finally {
    progress.end();
    await save(records);
  }
  const known = whole.nodes.map(({ id }) => records.get(id));
  return {
    records,
    whole: known.every((record) => record?.final || record?.failure),
    failed: known.some((record) => record?.failure),
    evaluationShare: view.evaluationShare(),
  };
}

/** The finished stages that are kept for a plan. */
export function checkpointStore({ nodes }: Plan, { engine, checkpoints, progress }: TrainingTools): CheckpointStore {
  const sizes = new Map(nodes.map(({ id, model }) => [id, parameterCount(modelShape(model))]));
  return fileCheckpoints({
    folder: checkpoints,
    parameters: (node) => sizes.get(node) ?? 0,
    adapter: adapterName(engine.adapter),
    report: (sentence) => progress.line(sentence),
  });
}

/** What a plan asks for, in one sentence that begins with what it is called. */
export function planLine(title: string, whole: Plan, kind: AdapterReport['kind']): string {
  const { experiment, nodes, tokens } = whole;
  const { arms, seeds } = experiment;
  const count = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
  const bytes = Math.max(...largestGroups(whole).map(({ node, runs }) => lockstepBytes(lockstepShape(node, runs))));
  const memory = kind === 'webgpu' ? `, ${Math.ceil(bytes / 2 ** 20)} MB of GPU memory` : '';
  const work = `${count(arms.length, 'arm')}, ${count(seeds.length, 'seed')}, ${count(tokens, 'training token')}`;
  const sizes = [...new Set(nodes.map(({ model }) => parameterCount(modelShape(model))))];
  const models = sizes.map((size) => count(size, 'parameter')).join(' or ');
  return `${title}: ${work}, ${models}${memory}.`;
}
