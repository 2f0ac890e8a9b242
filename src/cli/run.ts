// `run`: trains an experiment, shows how far it is, and writes results and checkpoints.

import { join } from 'node:path';
import { version } from '../../package.json';
import type { AdapterReport } from '../engine/engine';
import { lockstepBytes } from '../engine/memory';
import { type ModelShape, parameterCount } from '../engine/model';
import { armPath, type Plan, plan } from '../experiment/plan';
import { train } from '../train/loop';
import { largestGroup } from '../train/measure';
import { collector } from '../train/results';
import { lockstepShape, modelShape } from '../train/shape';
import type { RunCommand } from './arguments';
import { fileCheckpoints } from './checkpoints';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { adapterName, kernelLines, openEngine } from './engines';
import { chosenExperiment } from './experiments';
import { writeJson } from './files';
import { checkpointsFolder, resultsFile, setAsideOthers } from './folder';
import { type Progress, progressOn } from './progress';
import { finalTable, type TableRow } from './table';
import { type RunView, viewRun } from './view';

export async function run(command: RunCommand, { stdout, stderr, signal }: Console): Promise<number> {
  const { name, experiment } = await chosenExperiment(command);
  const folder = command.out ?? join('runs', name);
  const data = await openCorpora(experiment);
  const progress = progressOn(stderr);
  const model = modelShape(experiment.model);
  const engine = await openEngine(command.engine, model, progress.line);
  const whole = plan(experiment);
  const view = viewRun(whole, progress);
  const gathered = collector({ version, adapter: engine.adapter, corpora: data.entries() });
  await setAsideOthers(folder, whole, progress.line);
  progress.line(planLine(whole, model, engine.adapter.kind, folder));
  try {
    for (const line of await kernelLines(engine, lockstepShape(experiment, 1))) progress.line(line);
    const checkpoints = checkpointsIn(folder, model, engine.adapter, progress);
    for await (const event of train(whole, engine, data, { checkpoints, signal })) {
      gathered.collect(event);
      view.hear(event);
    }
  } finally {
    progress.end();
    engine.destroy();
    // Also after a fault of the machine: what is finished can be exported.
    await writeJson(resultsFile(folder), gathered.results());
  }
  stdout.write(`${finalTable(tableRows(whole, view))}\n`);
  if (whole.nodes.some(({ id }) => !view.finals.has(id) && !view.failed.has(id))) {
    progress.line(`Stopped. The finished stages are kept in ${folder}: give the same command to go on after them.`);
    return exitCode.stopped;
  }
  progress.line(`Wrote ${resultsFile(folder)}, and the checkpoints to ${checkpointsFolder(folder)}.`);
  return view.failed.size > 0 ? exitCode.failed : exitCode.done;
}

function checkpointsIn(folder: string, model: ModelShape, adapter: AdapterReport, progress: Progress) {
  return fileCheckpoints({
    folder: checkpointsFolder(folder),
    parameters: parameterCount(model),
    adapter: adapterName(adapter),
    report: (sentence) => progress.line(sentence),
  });
}

function planLine(whole: Plan, model: ModelShape, kind: AdapterReport['kind'], folder: string): string {
  const { experiment, tokens } = whole;
  const { arms, seeds } = experiment;
  const count = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
  const bytes = lockstepBytes(lockstepShape(experiment, largestGroup(whole)));
  const memory = kind === 'webgpu' ? `, ${Math.ceil(bytes / 2 ** 20)} MB of GPU memory` : '';
  const work = `${count(arms.length, 'arm')}, ${count(seeds.length, 'seed')}, ${count(tokens, 'training token')}`;
  return `${experiment.name}: ${work}, ${count(parameterCount(model), 'parameter')}${memory}. Writing to ${folder}.`;
}

function tableRows(whole: Plan, { finals, failed }: RunView): TableRow[] {
  const { arms, seeds } = whole.experiment;
  return arms.flatMap(({ id: arm }) =>
    seeds.map((seed) => {
      const path = armPath(whole, arm, seed);
      const finalOf = (node: (typeof path)[number] | undefined) => (node && finals.get(node.id)) ?? null;
      const final = finalOf(path.at(-1));
      const problem = path.some(({ id }) => failed.has(id)) ? 'failed' : final ? null : 'not finished';
      return { arm, seed, base: finalOf(path[0]), final, problem };
    }),
  );
}
