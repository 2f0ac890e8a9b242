// The files of a figure that other programs read: verdicts as JSON, the table as CSV.

import type { Judged } from '../experiment/claims';
import type { Evidence } from '../experiment/figures/evidence';
import type { Figure, FigurePart } from '../experiment/figures/figure';
import { figureTable, type TableNumbers } from '../experiment/figures/table';
import type { Results } from '../train/results';

export interface PartResults {
  readonly part: FigurePart;
  readonly results: Results;
  /** What its models write, for samples.txt; empty when it was stopped. */
  readonly texts: string;
}

/** The content of verdicts.json. */
export function verdictsFile(figure: Figure, judged: readonly Judged[]): object {
  return {
    v: 1,
    figure: figure.id,
    source: figure.source,
    verdicts: judged.map(({ claim, verdict }) => {
      const { judge: _, ...facts } = claim;
      return { ...facts, ...verdict };
    }),
  };
}

const numberColumns = ['d0', 'd1', 'average', 'forgetting', 'removed', 'cost'] as const;

/** One row an arm: means over seeds with how far the seeds lie apart, and the paper's numbers by the same rules. */
export function figureCsv(figure: Figure, done: readonly PartResults[], evidence: Evidence): string {
  const head = [
    ...['part', 'arm', 'label', 'n'],
    ...numberColumns,
    ...['d0_low', 'd0_high', 'd1_low', 'd1_high'],
    ...numberColumns.map((name) => `paper_${name}`),
    'paper_known',
  ];
  const values = (numbers: TableNumbers | null) => numberColumns.map((name) => cell(numbers?.[name] ?? null));
  const rows = done.flatMap(({ part }) =>
    figureTable(figure, part, evidence).map((row) => [
      part.key,
      row.arm,
      quoted(row.label),
      String(row.n),
      ...values(row.ours),
      ...(['d0', 'd1'] as const).flatMap((set) => [cell(row.spread?.[set].low), cell(row.spread?.[set].high)]),
      ...values(row.paper),
      row.paper?.known ?? '',
    ]),
  );
  return `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}

function cell(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : value.toFixed(5);
}

/** Labels hold commas. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
