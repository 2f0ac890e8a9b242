// `show`: results that were saved, printed again from the file alone: the table and, for a figure, the verdicts and the drawing.

import { join } from 'node:path';
import { plan } from '../experiment/plan';
import { type ShowCommand, UsageError } from './arguments';
import { type Console, exitCode } from './console';
import { figureCsv, verdictsFile } from './figure_files';
import { figureReport } from './figure_report';
import { figureSvg } from './figure_svg';
import { writeJson, writeWhole } from './files';
import { readResults } from './results';
import { shownResults } from './shown';
import { finalTable } from './table';

export async function show({ place, to }: ShowCommand, { stdout, stderr }: Console): Promise<number> {
  const results = await readResults(place);
  if (!results) {
    throw new UsageError(`There are no results in ${place}. Give a folder that "run" or "figure" wrote, or its file.`);
  }
  const shown = shownResults(results);
  const tables = shown.parts.map(({ experiment }) => finalTable(plan(experiment), shown.records));
  stdout.write(`${results.figure === null ? tables.join('\n\n') : figureReport(shown)}\n`);
  if (to === null) return exitCode.done;
  const names = ['table.csv', 'figure.svg', ...(results.figure === null ? [] : ['verdicts.json'])];
  await writeWhole(join(to, 'table.csv'), figureCsv(shown));
  await writeWhole(join(to, 'figure.svg'), figureSvg(shown));
  if (results.figure !== null) await writeJson(join(to, 'verdicts.json'), verdictsFile(shown));
  stderr.write(`Wrote ${names.join(', ')} to ${to}.\n`);
  return exitCode.done;
}
