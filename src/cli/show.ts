// `show`: results that were saved, printed again from the file alone: the table and, for a figure, the verdicts and the drawing.

import { plan } from '../experiment/plan';
import { type ShownResults, shownResults } from '../experiment/shown';
import type { ShowCommand } from './commands';
import { type Console, exitCode } from './console';
import { writeShown } from './figure_files';
import { figureReport } from './figure_report';
import { addressOf, resultsOf } from './results';
import { finalTable } from './table';

export async function show({ place, to }: ShowCommand, { stdout, stderr }: Console): Promise<number> {
  const results = await resultsOf(place);
  const shown = shownResults(results);
  stdout.write(`${results.figure === null ? ownReport(shown) : figureReport(shown)}\n`);
  if (to === null) return exitCode.done;
  const names = await writeShown(to, shown, addressOf(place));
  stderr.write(`Wrote ${names.join(', ')} to ${to}.\n`);
  return exitCode.done;
}

function ownReport({ parts, records }: ShownResults): string {
  return parts.map(({ experiment }) => finalTable(plan(experiment), records)).join('\n\n');
}
