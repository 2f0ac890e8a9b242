// table.csv: the table of a figure, one row an arm: means over seeds with how far the seeds lie apart, and the paper's numbers by
// the same rules.

import type { TableColumn } from '../experiment/figures/figure';
import { figureTable, paperColumns, type TableNumbers } from '../experiment/figures/table';
import type { ShownResults } from '../experiment/shown';
import { csvText } from './csv';

/** Heads of the columns, in the papers' words. */
const tableHeads: Readonly<Record<TableColumn, string>> = {
  old: 'd0',
  new: 'd1',
  average: 'average',
  forgetting: 'forgetting',
  learned: 'learned',
  removed: 'removed',
  cost: 'cost',
};

export function tableCsv({ of, parts, evidence }: ShownResults): string {
  const columns = of.columns ?? paperColumns;
  const names = columns.map((column) => tableHeads[column]);
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
