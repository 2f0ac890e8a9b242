// The final table of a run: one line for every arm and seed, and the mean over seeds where there are several.

import { evidenceOf } from '../experiment/evidence/evidence';
import type { Records } from '../experiment/evidence/record';
import { armPath, type Plan } from '../experiment/plan';
import type { Losses } from '../experiment/readings';

interface TableRow {
  readonly arm: string;
  readonly seed: number;
  /** Losses at the end of the arm's first stage; null when it did not get there. */
  readonly base: Losses | null;
  readonly final: Losses | null;
  /** Why there is no end, in a few words; null when there is one. */
  readonly problem: string | null;
}

function tableRows(plan: Plan, records: Records): TableRow[] {
  const evidence = evidenceOf([{ key: 'own', plan }], records);
  const { arms, seeds } = plan.experiment;
  return arms.flatMap(({ id: arm }) =>
    seeds.map((seed): TableRow => {
      const stages = evidence('own', arm).find((run) => run.seed === seed)?.stages ?? [];
      const final = stages.at(-1)?.final ?? null;
      const failed = armPath(plan, arm, seed).some(({ id }) => records.get(id)?.failure);
      const problem = failed ? 'failed' : final ? null : 'not finished';
      return { arm, seed, base: stages[0]?.final ?? null, final, problem };
    }),
  );
}

const missing = '-';
const heading = ['arm', 'seed', 'D0 loss', 'D1 loss', 'forgetting', 'learned'];

/** Losses in nats a byte. Forgetting: D0 loss gained since the base. Learned: D1 loss shed since the base. */
export function finalTable(plan: Plan, records: Records): string {
  const rows = tableRows(plan, records);
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
  return base && final ? [final.old, final.new, final.old - base.old, base.new - final.new] : null;
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
