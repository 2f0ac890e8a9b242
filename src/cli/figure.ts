// `figure`: trains what a figure of the paper needs, judges its claims, and writes results, verdicts, table and drawing.

import { join } from 'node:path';
import type { Engine } from '../engine/engine';
import { judgeFigure } from '../experiment/claims';
import { figures } from '../experiment/figures';
import type { Evidence } from '../experiment/figures/evidence';
import type { Figure, FigurePart } from '../experiment/figures/figure';
import { plan } from '../experiment/plan';
import { armRecords } from '../train/evidence';
import type { Results } from '../train/results';
import { modelShape } from '../train/shape';
import { type FigureCommand, listed, UsageError } from './arguments';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { openEngine } from './engines';
import { figureCsv, type PartResults, verdictsFile } from './figure_files';
import { figureReport } from './figure_report';
import { figureSamples } from './figure_samples';
import { figureSvg } from './figure_svg';
import { writeJson, writeWhole } from './files';
import { type Progress, progressOn } from './progress';
import { planLine, trainPlan } from './training';

export async function figure(command: FigureCommand, console: Console): Promise<number> {
  const chosen = figures[command.figure];
  const { scale, seeds, budget } = command;
  const parts = chosenParts(chosen, chosen.parts({ scale, seeds, budget }), command);
  const folder = command.out ?? join('runs', `figure-${chosen.id}-${scale}`);
  const progress = progressOn(console.stderr);
  const done: PartResults[] = [];
  let code: number = exitCode.done;
  for (const part of parts) {
    const trained = await trainPart(part, command, progress, console.signal);
    if (trained.results) done.push({ part, results: trained.results, texts: trained.texts });
    if (trained.failed) code = exitCode.failed;
    // Written after every part, so that a fault in a later one loses nothing.
    await write(chosen, command, folder, done);
    if (trained.whole) continue;
    progress.line('Stopped. The finished stages are kept: give the same command to go on after them.');
    return exitCode.stopped;
  }
  const evidence = evidenceOf(done);
  console.stdout.write(`${figureReport(chosen, done, evidence)}\n`);
  progress.line(`Wrote results.json, verdicts.json, table.csv, figure.svg and samples.txt to ${folder}.`);
  return code;
}

/** The parts and arms that were asked for. */
function chosenParts(chosen: Figure, all: readonly FigurePart[], command: FigureCommand): FigurePart[] {
  const keys = all.map(({ key }) => key as string);
  const unknown = command.parts?.find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new UsageError(`${chosen.name} has no part "${unknown}". Choose ${listed(keys)}.`);
  const parts = all.filter(({ key }) => command.parts?.includes(key) ?? true);
  const { arms } = command;
  if (arms === null) return parts;
  const names = [...new Set(parts.flatMap(({ experiment }) => experiment.arms.map(({ id }) => id)))];
  const stranger = arms.find((arm) => !names.includes(arm));
  if (stranger !== undefined) throw new UsageError(`${chosen.name} has no arm "${stranger}". Choose ${listed(names)}.`);
  const some = parts.map((part) => withArms(part, arms)).filter(({ experiment }) => experiment.arms.length > 0);
  return some;
}

function withArms(part: FigurePart, arms: readonly string[]): FigurePart {
  const { experiment, references } = part;
  return {
    ...part,
    experiment: { ...experiment, arms: experiment.arms.filter(({ id }) => arms.includes(id)) },
    references: references.filter((id) => arms.includes(id)),
  };
}

interface TrainedPart {
  readonly results: Results | null;
  /** For samples.txt. */
  readonly texts: string;
  readonly whole: boolean;
  readonly failed: boolean;
}

async function trainPart(
  part: FigurePart,
  command: FigureCommand,
  progress: Progress,
  signal: AbortSignal,
): Promise<TrainedPart> {
  const { title, experiment } = part;
  const data = await openCorpora(experiment);
  let engine: Engine | null = null;
  let results: Results | null = null;
  try {
    engine = await openEngine(command.engine, modelShape(experiment.model), progress.line);
    const whole = plan(experiment);
    progress.line(`${title}: ${planLine(whole, engine.adapter.kind)}`);
    const tools = { engine, data, checkpoints: command.checkpoints, progress, signal };
    const trained = await trainPlan(whole, tools, async (some) => {
      results = some;
    });
    const share = trained.view.evaluationShare();
    if (share !== null) progress.line(`${Math.round(100 * share)} % of the time went into measuring.`);
    const texts = trained.whole ? await figureSamples(part, whole, tools) : '';
    return { results, texts, whole: trained.whole, failed: trained.view.failed.size > 0 };
  } finally {
    engine?.destroy();
  }
}

function evidenceOf(done: readonly PartResults[]): Evidence {
  const records = new Map(done.map(({ part, results }) => [part.key as string, armRecords(results.arms)]));
  return (part, arm) => records.get(part)?.get(arm) ?? [];
}

async function write(chosen: Figure, command: FigureCommand, folder: string, done: readonly PartResults[]) {
  const { scale, seeds, budget } = command;
  const evidence = evidenceOf(done);
  const parts = done.map(({ part, results }) => ({ part: part.key, results }));
  await writeJson(join(folder, 'results.json'), { v: 1, figure: chosen.id, scale, seeds, budget, parts });
  await writeJson(join(folder, 'verdicts.json'), verdictsFile(chosen, judgeFigure(chosen, evidence)));
  await writeWhole(join(folder, 'table.csv'), figureCsv(chosen, done, evidence));
  await writeWhole(join(folder, 'figure.svg'), figureSvg(chosen, done, evidence));
  await writeWhole(join(folder, 'samples.txt'), done.map(({ texts }) => texts).join(''));
}
