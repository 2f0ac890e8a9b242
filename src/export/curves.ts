// curves.csv: validation losses as a spreadsheet draws them, one row a place and three columns for each arm and text.

import type { FigurePart } from '../experiment/part';
import { deviation, mean } from '../experiment/spread';
import { csvFile, csvText } from './csv';
import { originLines } from './origin';
import { type ExportedResults, type Run, runsOf } from './runs';

/** The columns of one arm and text. */
interface Column {
  readonly name: string;
  /** Values of the seeds by tokens. */
  readonly at: ReadonlyMap<number, readonly number[]>;
}

function column(name: string, runs: readonly Run[], dataset: 'd0' | 'd1'): Column {
  const at = new Map<number, number[]>();
  for (const { tokens, values } of runs.flatMap(({ points }) => points)) {
    const found = values.find((one) => one.split === 'val' && one.dataset === dataset);
    if (found) at.set(tokens, [...(at.get(tokens) ?? []), found.value]);
  }
  return { name, at };
}

/** Arms by their labels; by their ids, too, where two are called the same. */
function columnsOf(part: FigurePart, runs: readonly Run[], alone: boolean): Column[] {
  const { arms } = part.experiment;
  return arms.flatMap(({ id, label }) => {
    const called = arms.filter((arm) => arm.label === label).length > 1 ? `${label} (${id})` : label;
    const name = alone ? called : `${part.title}: ${called}`;
    const own = runs.filter((run) => run.part === part && run.arm.id === id);
    return [column(`${name} D0`, own, 'd0'), column(`${name} D1`, own, 'd1')];
  });
}

/** Mean, deviation and number; empty where nothing was measured, and the deviation of one. */
function cells(values: readonly number[]): string[] {
  if (values.length === 0) return ['', '', ''];
  return [String(mean(values)), values.length < 2 ? '' : String(deviation(values)), String(values.length)];
}

export function curvesCsv(results: ExportedResults): string {
  const runs = runsOf(results);
  const columns = results.parts.flatMap((part) => columnsOf(part, runs, results.parts.length === 1));
  const head = [
    'tokens',
    ...columns.flatMap(({ name }) => ['mean', 'sd', 'n'].map((one) => csvText(`${name} ${one}`))),
  ];
  const places = [...new Set(columns.flatMap(({ at }) => [...at.keys()]))].sort((a, b) => a - b);
  const rows = places.map((tokens) => [String(tokens), ...columns.flatMap(({ at }) => cells(at.get(tokens) ?? []))]);
  const comments = [
    ...originLines(results),
    'tokens: training tokens since the run began. D0 is the old text and D1 the new one',
    'mean and sd: loss on small fixed windows of the validation set in nats a token over n seeds. sd divides by n - 1',
    'Text that would begin a formula in a spreadsheet has an apostrophe before it',
  ];
  return csvFile(comments, [head, ...rows]);
}
