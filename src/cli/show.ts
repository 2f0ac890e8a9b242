// `show`: results that were saved, printed again from the file alone: the table and, for a figure, the verdicts and the drawing.

import { plan } from '../experiment/plan';
import { type ShownResults, shownResults } from '../experiment/shown';
import { printedAddress } from '../link/address';
import type { ShowCommand } from './commands';
import { type Console, exitCode } from './console';
import { writeShown } from './figure_files';
import { figureReport } from './figure_report';
import { givenResults, linkedResults } from './results';
import { finalTable } from './table';

export async function show({ place, to }: ShowCommand, { stdout, stderr }: Console): Promise<number> {
  const results = linkedResults(place) ?? (await givenResults(place));
  const shown = shownResults(results);
  stdout.write(`${results.figure === null ? ownReport(shown) : figureReport(shown)}\n`);
  if (to === null) return exitCode.done;
  const names = await writeShown(to, shown, addressOf(place));
  stderr.write(`Wrote ${names.join(', ')} to ${to}.\n`);
  return exitCode.done;
}

/** Results out of an address are seen there, too. */
export function addressOf(place: string): string | null {
  return /^https?:[^#\s]+#/.test(place) ? printedAddress(place) : null;
}

function ownReport({ parts, records }: ShownResults): string {
  return parts.map(({ experiment }) => finalTable(plan(experiment), records)).join('\n\n');
}
