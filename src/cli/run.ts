// `run`: trains an experiment, shows how far it is, and writes results and checkpoints.

import { join } from 'node:path';
import { ownPart } from '../experiment/figures/own';
import { plan } from '../experiment/plan';
import { modelShape } from '../train/shape';
import { weightsResult } from '../train/weights';
import type { RunCommand } from './commands';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { openEngine } from './engines';
import { chosenExperiment, isPreset } from './experiments';
import { attempted, probeFolder } from './files';
import { checkpointsFolder } from './folder';
import { progressOn } from './progress';
import { added, resultsBefore, resultsFile, writeResults } from './results';
import { finalTable } from './table';
import { checkpointStore, ending, planLine, trainPlan } from './training';
import { requireWeights, startingFrom, weightsOf } from './weights';

export async function run(command: RunCommand, { stdout, stderr, signal }: Console): Promise<number> {
  const weights = command.weights === null ? null : await weightsOf(command.weights);
  const scale = isPreset(command.experiment) ? (command.scale ?? weights?.scale ?? null) : command.scale;
  const { name, experiment: whole } = await chosenExperiment({ ...command, scale });
  const experiment = weights ? startingFrom(whole, weights) : whole;
  const folder = command.out ?? join('runs', weights ? `${name}-weights` : name);
  const planned = plan(experiment);
  if (!weights) await requireWeights(planned, checkpointsFolder(folder));
  const data = await openCorpora(experiment);
  const progress = progressOn(stderr);
  const engine = await openEngine(command.engine, modelShape(experiment.model), progress.line);
  try {
    const kept = checkpointsFolder(folder);
    for (const place of [folder, kept]) await probeFolder(place);
    const own = { figure: null, parts: [ownPart(experiment)] };
    const before = await resultsBefore(folder, own, progress.line);
    progress.line(`${planLine(experiment.name, planned, engine.adapter.kind, data)} Writing to ${folder}.`);
    const tools = { engine, data, checkpoints: kept, progress, signal };
    if (weights) await checkpointStore(planned, tools).put(weightsResult(weights), experiment);
    const trained = await trainPlan(planned, tools);
    const all = added(before, { ...own, records: trained.records });
    const unwritten = await attempted(() => writeResults(folder, all));
    for (const part of all.parts) stdout.write(`${finalTable(plan(part.experiment), all.records)}\n`);
    const code = ending(trained, unwritten, progress.line);
    if (code !== exitCode.stopped && unwritten.length === 0) {
      progress.line(`Wrote ${resultsFile(folder)}${trained.unkept === 0 ? `, and the checkpoints to ${kept}` : ''}.`);
    }
    return code;
  } finally {
    engine.destroy();
  }
}
