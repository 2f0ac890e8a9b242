// The files that follow from results: verdicts as JSON, the table as CSV, the drawing, and what export/ makes for other
// programs.

import { join } from 'node:path';
import { version } from '../../package.json';
import { judgeFigure } from '../experiment/claims';
import type { TableColumn } from '../experiment/figures/figure';
import { figureTable, paperColumns, type TableNumbers } from '../experiment/figures/table';
import { csvText } from '../export/csv';
import { exportFiles } from '../export/files';
import { figureSvg } from './figure_svg';
import { removeFile, writeJson, writeWhole } from './files';
import type { ShownResults } from './shown';

/** The content of verdicts.json. */
function verdictsFile({ of, evidence }: ShownResults): object {
  return {
    v: 1,
    figure: of.id,
    source: of.source,
    verdicts: judgeFigure(of, evidence).map(({ claim, verdict }) => {
      const { judge: _, needs: __, ...facts } = claim;
      return { ...facts, ...verdict };
    }),
  };
}

/** Heads of the columns, in the papers' words. */
const heads: Readonly<Record<TableColumn, string>> = {
  old: 'd0',
  new: 'd1',
  average: 'average',
  forgetting: 'forgetting',
  learned: 'learned',
  removed: 'removed',
  cost: 'cost',
};

/** One row an arm: means over seeds with how far the seeds lie apart, and the paper's numbers by the same rules. */
function figureCsv({ of, parts, evidence }: ShownResults): string {
  const columns = of.columns ?? paperColumns;
  const names = columns.map((column) => heads[column]);
  // Seeds in what compares with the run without replay.
  const pairs = columns.includes('cost') ? ['paired_n'] : [];
  const head = [
    ...['part', 'arm', 'label', 'n'],
    ...names,
    ...pairs,
    ...['d0_low', 'd0_high', 'd1_low', 'd1_high'],
    ...names.map((name) => `paper_${name}`),
    'paper_known',
  ];
  const values = (numbers: TableNumbers | null) => columns.map((column) => cell(numbers?.[column]));
  const rows = parts.flatMap((part) =>
    figureTable(of, part, evidence).map((row) => [
      part.key,
      row.arm,
      csvText(row.label),
      String(row.n),
      ...values(row.ours),
      ...pairs.map(() => String(row.spread?.cost?.n ?? '')),
      ...(['old', 'new'] as const).flatMap((measure) => {
        const spread = row.spread?.[measure];
        return [cell(spread?.low), cell(spread?.high)];
      }),
      ...values(row.paper),
      row.paper?.known ?? '',
    ]),
  );
  return `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}

function cell(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : value.toFixed(5);
}

/** Writes them into a folder; without a figure there are no verdicts. @returns their names */
export async function writeShown(folder: string, shown: ShownResults): Promise<string[]> {
  await writeWhole(join(folder, 'table.csv'), figureCsv(shown));
  await writeWhole(join(folder, 'figure.svg'), figureSvg(shown));
  for (const [name, text] of Object.entries(exportFiles)) {
    await writeWhole(join(folder, name), text({ ...shown, version }));
  }
  const names = ['table.csv', 'figure.svg', ...Object.keys(exportFiles)];
  const verdicts = join(folder, 'verdicts.json');
  if (shown.figure === null) {
    // Those of a figure that was here before would stand beside another table.
    await removeFile(verdicts);
    return names;
  }
  await writeJson(verdicts, verdictsFile(shown));
  return [...names, 'verdicts.json'];
}
