// The final table of a run: one line for every arm and seed, and the mean over seeds where there are several.

import type { FinalLosses } from '../train/events';

export interface TableRow {
  readonly arm: string;
  readonly seed: number;
  /** Losses at the end of the arm's first stage; null when it did not get there. */
  readonly base: FinalLosses | null;
  readonly final: FinalLosses | null;
  /** Why there is no end, in a few words; null when there is one. */
  readonly problem: string | null;
}

const missing = '-';
const heading = ['arm', 'seed', 'D0 loss', 'D1 loss', 'forgetting', 'learned'];

/** Losses in nats a byte. Forgetting: D0 loss gained since the base. Learned: D1 loss shed since the base. */
export function finalTable(rows: readonly TableRow[]): string {
  const seeds = new Set(rows.map((row) => row.seed));
  const arms = [...new Set(rows.map((row) => row.arm))];
  const cells = arms.flatMap((arm) => {
    const own = rows.filter((row) => row.arm === arm);
    const lines = own.map((row) => [arm, String(row.seed), ...numbers(row), row.problem ?? '']);
    return seeds.size > 1 ? [...lines, [arm, 'mean', ...means(own), '']] : lines;
  });
  return `${aligned([[...heading, ''], ...cells])}\n${legend}`;
}

const legend =
  'Losses in nats a byte. forgetting = D0 loss now - at the end of the first stage; learned = D1 loss then - now.';

function values({ base, final }: TableRow): number[] | null {
  return base && final ? [final.d0, final.d1, final.d0 - base.d0, base.d1 - final.d1] : null;
}

function numbers(row: TableRow): string[] {
  return formatted(values(row));
}

function means(rows: readonly TableRow[]): string[] {
  const known = rows.map(values);
  const first = known[0];
  // A mean over fewer seeds than the other arms have would not compare.
  if (!first || known.some((row) => row === null)) return formatted(null);
  return formatted(first.map((_, column) => known.reduce((sum, row) => sum + (row?.[column] ?? 0), 0) / known.length));
}

function formatted(row: readonly number[] | null): string[] {
  if (!row) return [missing, missing, missing, missing];
  return row.map((value, column) => (column > 1 && value >= 0 ? '+' : '') + value.toFixed(4));
}

/** Columns of one width; the first and the last to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const last = widths.length - 1;
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === last ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
