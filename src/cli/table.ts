// The final table of a run: one line for every arm and seed, and the mean over seeds where there are several.

import { evidenceOf } from '../experiment/evidence/evidence';
import { type Change, changeBetween, changeSinceFile } from '../experiment/evidence/measures';
import type { Records } from '../experiment/evidence/record';
import { armPath, type Plan } from '../experiment/plan';
import type { Losses } from '../experiment/readings';

interface TableRow {
  readonly arm: string;
  readonly seed: number;
  /** Since the end of the arm's first stage, or since the weights of a file; null without either. */
  readonly change: Change | null;
  readonly final: Losses | null;
  /** Why there is no end, in a few words; null when there is one. */
  readonly problem: string | null;
}

function tableRows(plan: Plan, records: Records): TableRow[] {
  const evidence = evidenceOf([{ key: 'own', plan }], records);
  const { arms, seeds } = plan.experiment;
  return arms.flatMap(({ id: arm, init }) =>
    seeds.map((seed): TableRow => {
      const stages = evidence('own', arm).find((run) => run.seed === seed)?.stages ?? [];
      const final = stages.at(-1)?.final ?? null;
      const failed = armPath(plan, arm, seed).some(({ id }) => records.get(id)?.failure);
      const problem = failed ? 'failed' : final ? null : 'not finished';
      const between = stages.length > 1 ? changeBetween(stages[0], stages.at(-1)) : null;
      const change = init.kind === 'weights' ? changeSinceFile(stages) : between;
      return { arm, seed, change, final, problem };
    }),
  );
}

const missing = '-';
const heading = ['arm', 'seed', 'D0 loss', 'D1 loss', 'forgetting', 'learned'];

/** Losses in nats a byte. Forgetting: D0 loss gained since the base. Learned: D1 loss shed since then. */
export function finalTable(plan: Plan, records: Records): string {
  const rows = tableRows(plan, records);
  const seeds = new Set(rows.map((row) => row.seed));
  const arms = [...new Set(rows.map((row) => row.arm))];
  const cells = arms.flatMap((arm) => {
    const own = rows.filter((row) => row.arm === arm);
    const lines = own.map((row) => [arm, String(row.seed), ...numbers(row), row.problem ?? '']);
    return seeds.size > 1 ? [...lines, [arm, 'mean', ...means(own), '']] : lines;
  });
  const fromFile = plan.experiment.arms.some(({ init }) => init.kind === 'weights');
  return `${aligned([[...heading, ''], ...cells])}\n${fromFile ? legendOfFile : legend}`;
}

const legend =
  'Losses in nats a byte. forgetting = D0 loss now - at the end of the first stage; learned = D1 loss then - now.';
const legendOfFile =
  'Losses in nats a byte. forgetting = D0 loss now - of the weights at first; learned = D1 loss then - now; both on the small windows.';

function values({ change, final }: TableRow): number[] | null {
  if (!final) return null;
  const { before, after } = change ?? {};
  const changes = before && after ? [after.old - before.old, before.new - after.new] : [Number.NaN, Number.NaN];
  return [final.old, final.new, ...changes];
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
  return row.map((value, column) =>
    Number.isNaN(value) ? missing : (column > 1 && value >= 0 ? '+' : '') + value.toFixed(4),
  );
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
