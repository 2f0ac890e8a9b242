// Trains one plan from the command line: progress on stderr, checkpoints in a folder, results gathered as they come.

import { version } from '../../package.json';
import { listedTokens, type TextData } from '../data/text';
import { type AdapterReport, adapterName, type Engine } from '../engine/engine';
import { lockstepBytes } from '../engine/memory';
import { parameterCount } from '../engine/model';
import { anyEnd, type Records } from '../experiment/evidence/record';
import { idleStages } from '../experiment/idle';
import type { Plan } from '../experiment/plan';
import { repeats, repeatWords } from '../experiment/repeats';
import type { CheckpointStore } from '../train/checkpoints';
import { largestGroups } from '../train/estimate';
import { recordsAfter } from '../train/events';
import { train } from '../train/loop';
import { lockstepShape, modelShape } from '../train/shape';
import { fileCheckpoints } from './checkpoints';
import { exitCode } from './console';
import { kernelLines } from './engines';
import { attempted } from './files';
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
  /** What ended it before its time, to be thrown when all that is known is written; null for none. */
  readonly fault: unknown;
  /** How many checkpoints could not be written. */
  readonly unkept: number;
  /** Share of the time that went into measuring; null when nothing was trained. */
  readonly evaluationShare: number | null;
}

/** Trains what is not in the folder yet. What is known stays known, whatever ends the training. */
export async function trainPlan(whole: Plan, tools: TrainingTools): Promise<Trained> {
  const { engine, data, progress, signal } = tools;
  const view = viewRun(whole, progress);
  let unkept = 0;
  let records: Records = new Map();
  let fault: unknown = null;
  try {
    for (const sentence of idleStages(whole)) progress.line(sentence);
    for (const { node } of largestGroups(whole)) {
      for (const line of await kernelLines(engine, lockstepShape(node, 1))) progress.line(line);
    }
    const checkpoints = keptWherePossible(checkpointStore(whole, tools), (sentence) => {
      unkept++;
      progress.line(`${sentence} Training goes on without it.`);
    });
    for await (const event of train(whole, engine, data, { checkpoints, version, signal })) {
      records = recordsAfter(records, event);
      view.hear(event);
    }
  } catch (error) {
    fault = error;
  } finally {
    progress.end();
  }
  const known = whole.nodes.map(({ id }) => records.get(id));
  return {
    records,
    whole: known.every((record) => record?.final || record?.failure),
    failed: known.some((record) => record?.failure),
    fault,
    unkept,
    evaluationShare: view.evaluationShare(),
  };
}

/** A stage whose checkpoint cannot be written is trained all the same, and so are those after it. */
function keptWherePossible(store: CheckpointStore, say: (sentence: string) => void): CheckpointStore {
  return {
    get: (node) => store.get(node),
    put: async (result, experiment) => {
      for (const sentence of await attempted(() => store.put(result, experiment))) say(sentence);
    },
  };
}

/**
 * Says how a training ended, and gives the exit code; throws what ended it before its time.
 * @param unwritten one sentence for each file beside the checkpoints that could not be written
 */
export function ending(
  { whole, failed, fault, records, unkept }: Trained,
  unwritten: readonly string[],
  say: (line: string) => void,
): number {
  if (unkept > 0) say(`Not saved: ${count(unkept, 'checkpoint')}. A later run trains those stages again.`);
  for (const sentence of unwritten) say(`Not saved: ${sentence}`);
  if (fault !== null) throw fault;
  const saved = unkept === 0 && unwritten.length === 0;
  if (!whole) {
    if (!anyEnd(records)) say('Stopped before the first stage was finished, so there is nothing to keep.');
    else if (saved) say('Stopped. The finished stages are kept: give the same command to go on after them.');
    else say('Stopped.');
    return exitCode.stopped;
  }
  return failed || !saved ? exitCode.failed : exitCode.done;
}

const count = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

/** The finished stages that are kept for a plan. */
export function checkpointStore({ nodes }: Plan, { engine, checkpoints, progress }: TrainingTools): CheckpointStore {
  const sizes = new Map(
    nodes.flatMap(({ id, start, model }) => {
      const size = parameterCount(modelShape(model));
      return [[id, size] as const, ...(start.kind === 'weights' ? [[start.sha256, size] as const] : [])];
    }),
  );
  return fileCheckpoints({
    folder: checkpoints,
    parameters: (node) => sizes.get(node) ?? 0,
    adapter: adapterName(engine.adapter),
    report: (sentence) => progress.line(sentence),
  });
}

/** What a plan asks for, in one sentence that begins with what it is called, and in a second one which text its stages read more than once. */
export function planLine(title: string, whole: Plan, kind: AdapterReport['kind'], data: TextData): string {
  const { experiment, nodes, tokens } = whole;
  const { arms, seeds } = experiment;
  const bytes = Math.max(...largestGroups(whole).map(({ node, runs }) => lockstepBytes(lockstepShape(node, runs))));
  const memory = kind === 'webgpu' ? `, ${Math.ceil(bytes / 2 ** 20)} MB of GPU memory` : '';
  const work = `${count(arms.length, 'arm')}, ${count(seeds.length, 'seed')}, ${count(tokens, 'training token')}`;
  const sizes = [...new Set(nodes.map(({ model }) => parameterCount(modelShape(model))))];
  const models = sizes.map((size) => count(size, 'parameter')).join(' or ');
  const again = repeatWords(repeats(nodes, (name) => listedTokens(name, data.entries())));
  return `${title}: ${work}, ${models}${memory}.${again && ` A stage reads ${again}.`}`;
}
