// `run`: trains an experiment, shows how far it is, and writes results and checkpoints.

import { join } from 'node:path';
import { ownPart } from '../experiment/figures/own';
import { plan } from '../experiment/plan';
import { modelShape } from '../train/shape';
import type { RunCommand } from './arguments';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { openEngine } from './engines';
import { chosenExperiment } from './experiments';
import { checkpointsFolder } from './folder';
import { progressOn } from './progress';
import { added, resultsBefore, resultsFile, writeResults } from './results';
import { finalTable } from './table';
import { planLine, type Trained, trainPlan } from './training';

export async function run(command: RunCommand, { stdout, stderr, signal }: Console): Promise<number> {
  const { name, experiment } = await chosenExperiment(command);
  const folder = command.out ?? join('runs', name);
  const data = await openCorpora(experiment);
  const progress = progressOn(stderr);
  const engine = await openEngine(command.engine, modelShape(experiment.model), progress.line);
  const whole = plan(experiment);
  const own = { figure: null, parts: [ownPart(experiment)] };
  const before = await resultsBefore(folder, own, progress.line);
  progress.line(`${planLine(whole.experiment.name, whole, engine.adapter.kind)} Writing to ${folder}.`);
  const kept = checkpointsFolder(folder);
  let trained: Trained;
  try {
    trained = await trainPlan(whole, { engine, data, checkpoints: kept, progress, signal }, (records) =>
      writeResults(folder, added(before, { ...own, records })),
    );
  } finally {
    engine.destroy();
  }
  const { parts, records } = added(before, { ...own, records: trained.records });
  for (const { experiment: all } of parts) stdout.write(`${finalTable(plan(all), records)}\n`);
  if (!trained.whole) {
    progress.line(`Stopped. The finished stages are kept in ${folder}: give the same command to go on after them.`);
    return exitCode.stopped;
  }
  progress.line(`Wrote ${resultsFile(folder)}, and the checkpoints to ${kept}.`);
  return trained.failed ? exitCode.failed : exitCode.done;
}
