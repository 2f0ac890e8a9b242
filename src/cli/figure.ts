// `figure`: trains what a figure of the paper needs, judges its claims, and writes results, verdicts, table and drawing.

import { join } from 'node:path';
import { anyEnd, type Records } from '../experiment/evidence/record';
import { figures } from '../experiment/figures';
import type { Figure } from '../experiment/figures/figure';
import { mergedRecords } from '../experiment/merge';
import type { FigurePart } from '../experiment/part';
import { plan } from '../experiment/plan';
import { type ShownResults, shownResults } from '../experiment/shown';
import { exportNames } from '../export/files';
import { modelShape } from '../train/shape';
import { listed, UsageError } from './arguments';
import type { FigureCommand } from './commands';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { openEngine } from './engines';
import { writeShown } from './figure_files';
import { figureReport } from './figure_report';
import { figureSamples, samplesByTitle } from './figure_samples';
import { attempted, probeFolder, readIfThere, writeWhole } from './files';
import { type Progress, progressOn } from './progress';
import { added, resultsBefore, writeResults } from './results';
import { ending, planLine, type Trained, trainPlan } from './training';

export async function figure(command: FigureCommand, console: Console): Promise<number> {
  const chosen = figures[command.figure];
  const { scale, seeds, budget } = command;
  const all = chosen.parts({ scale, seeds, budget });
  const parts = chosenParts(chosen, all, command);
  const folder = command.out ?? join('runs', `figure-${chosen.id}-${scale}`);
  const progress = progressOn(console.stderr);
  // Parts that are not asked for must be of the same study, too.
  const study = { figure: command.figure, parts: all };
  const before = await resultsBefore(folder, study, progress.line);
  const done: FigurePart[] = [];
  const texts = new Map<string, string>();
  let records: Records = new Map();
  let code: number = exitCode.done;
  const together = () => shownResults(added(before, { figure: command.figure, parts: done, records }));
  for (const part of parts) {
    done.push(part);
    const known = together().parts.find(({ key }) => key === part.key) ?? part;
    const trained = await trainPart({ part, known }, { ...command, out: folder }, progress, console.signal);
    records = mergedRecords(records, trained.records);
    if (trained.texts !== null) texts.set(part.title, trained.texts);
    // Written after every part, so that a fault in a later one loses nothing.
    const shown = together();
    const unwritten = await write(folder, shown, texts, before !== null);
    const last = part === parts.at(-1);
    if (anyEnd(shown.records) && (last || !trained.whole)) console.stdout.write(`${figureReport(shown)}\n`);
    const ended = ending(trained, unwritten, progress.line);
    if (ended === exitCode.stopped) return ended;
    if (ended !== exitCode.done) code = ended;
    if (last && unwritten.length === 0) {
      progress.line(`Wrote ${exportNames.join(', ')} and samples.txt to ${folder}.`);
    }
  }
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
  return parts.map((part) => withArms(part, arms)).filter(({ experiment }) => experiment.arms.length > 0);
}

function withArms(part: FigurePart, arms: readonly string[]): FigurePart {
  const { experiment, references } = part;
  return {
    ...part,
    experiment: { ...experiment, arms: experiment.arms.filter(({ id }) => arms.includes(id)) },
    references: references.filter((id) => arms.includes(id)),
  };
}

interface PartToTrain {
  readonly part: FigurePart;
  /** The same with the arms and seeds that were trained earlier. */
  readonly known: FigurePart;
}

interface TrainedPart extends Trained {
  /** For samples.txt; null where not all models are there. */
  readonly texts: string | null;
}

async function trainPart(
  { part, known }: PartToTrain,
  { engine: choice, out, checkpoints }: Pick<FigureCommand, 'engine' | 'checkpoints'> & { readonly out: string },
  progress: Progress,
  signal: AbortSignal,
): Promise<TrainedPart> {
  const { title, experiment } = part;
  const data = await openCorpora(experiment);
  const engine = await openEngine(choice, modelShape(experiment.model), progress.line);
  try {
    for (const place of [out, checkpoints]) await probeFolder(place);
    const whole = plan(experiment);
    progress.line(planLine(title, whole, engine.adapter.kind, data));
    const tools = { engine, data, checkpoints, progress, signal };
    const trained = await trainPlan(whole, tools);
    const share = trained.evaluationShare;
    if (share !== null) progress.line(`${Math.round(100 * share)} % of the time went into measuring.`);
    const texts = trained.whole ? await figureSamples(known, plan(known.experiment), tools) : null;
    return { ...trained, texts };
  } finally {
    engine.destroy();
  }
}

/**
 * @param goesOn what an earlier run has written into the folder is of the same study
 * @returns one sentence for each file that could not be written
 */
function write(folder: string, shown: ShownResults, texts: ReadonlyMap<string, string>, goesOn: boolean) {
  const results = () => writeResults(folder, shown);
  if (!anyEnd(shown.records)) return attempted(results);
  return attempted(
    results,
    () => writeShown(folder, shown),
    () => writeSamples(folder, shown, texts, goesOn),
  );
}

async function writeSamples(
  folder: string,
  { parts }: ShownResults,
  texts: ReadonlyMap<string, string>,
  goesOn: boolean,
): Promise<void> {
  const path = join(folder, 'samples.txt');
  // What this run has no models for stays as an earlier one wrote it.
  const earlier = samplesByTitle((goesOn && (await readIfThere(path))?.toString('utf8')) || '');
  const all = parts.map(({ title }) => texts.get(title) ?? earlier.get(title) ?? '').join('');
  if (all !== '') await writeWhole(path, all);
}
