// `run`: trains an experiment, shows how far it is, and writes results and checkpoints.

import { join } from 'node:path';
import { armPath, type Plan, plan } from '../experiment/plan';
import { modelShape } from '../train/shape';
import type { RunCommand } from './arguments';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { openEngine } from './engines';
import { chosenExperiment } from './experiments';
import { writeJson } from './files';
import { checkpointsFolder, resultsFile, setAsideOthers } from './folder';
import { progressOn } from './progress';
import { finalTable, type TableRow } from './table';
import { planLine, type Trained, trainPlan } from './training';
import type { RunView } from './view';

export async function run(command: RunCommand, { stdout, stderr, signal }: Console): Promise<number> {
  const { name, experiment } = await chosenExperiment(command);
  const folder = command.out ?? join('runs', name);
  const data = await openCorpora(experiment);
  const progress = progressOn(stderr);
  const engine = await openEngine(command.engine, modelShape(experiment.model), progress.line);
  const whole = plan(experiment);
  await setAsideOthers(folder, whole, progress.line);
  progress.line(`${planLine(whole, engine.adapter.kind)} Writing to ${folder}.`);
  let trained: Trained | null = null;
  try {
    const kept = checkpointsFolder(folder);
    trained = await trainPlan(whole, { engine, data, checkpoints: kept, progress, signal }, (results) =>
      writeJson(resultsFile(folder), results),
    );
  } finally {
    engine.destroy();
  }
  stdout.write(`${finalTable(tableRows(whole, trained.view))}\n`);
  if (!trained.whole) {
    progress.line(`Stopped. The finished stages are kept in ${folder}: give the same command to go on after them.`);
    return exitCode.stopped;
  }
  progress.line(`Wrote ${resultsFile(folder)}, and the checkpoints to ${checkpointsFolder(folder)}.`);
  return trained.view.failed.size > 0 ? exitCode.failed : exitCode.done;
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
