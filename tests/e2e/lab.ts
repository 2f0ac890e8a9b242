// What a person does on the Lab page and what they can read there, by accessible names alone.

import type { Locator, Page } from 'playwright-core';

export type Measure = 'd0' | 'd1';

const chartNames: Readonly<Record<Measure, RegExp>> = { d0: /^Old data \(D0\)/, d1: /^New data \(D1\)/ };

/** By a press on the radio's label, which may have to wait until the page no longer moves. */
export async function choose(page: Page, group: string, option: string): Promise<void> {
  const radio = page.getByRole('radio', { name: option, exact: true });
  await page.getByRole('group', { name: group }).locator('label').filter({ has: radio }).click();
}

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });

/** The Run button once the time has been measured on this machine. */
export const measuredRun = (page: Page): Locator => button(page, /^Run.* here$/);

const progress = (page: Page): Locator => page.getByRole('progressbar', { name: 'Progress of the run' });

/** Share of the run that is done, 0..1. */
export const share = async (page: Page): Promise<number> => Number(await progress(page).getAttribute('value'));

/** A table as it is read: header cells, and each row's header with its cells. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

async function read(table: Locator): Promise<Table> {
  const rows: string[][] = await table.evaluate((element) =>
    [...element.querySelectorAll('tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? ''),
    ),
  );
  const [[, ...columns] = [], ...body] = rows;
  return { columns, rows: body.map(([name = '', ...cells]) => ({ name, cells })) };
}

/** Final losses of every arm. */
export const finalLosses = (page: Page): Promise<Table> => read(page.getByRole('table', { name: /^Final losses/ }));

/** Every evaluation on one chart, in the order of tokens; the page must show tables. */
export const evaluations = (page: Page, measure: Measure): Promise<Table> =>
  read(page.getByRole('region', { name: chartNames[measure] }).getByRole('table'));

/** The cell of a row and a column, as text. */
export function cell(table: Table, row: string, column: string): string {
  const text = table.rows.find(({ name }) => name === row)?.cells[table.columns.indexOf(column)];
  if (text !== undefined) return text;
  const names = table.rows.map(({ name }) => name).join(', ');
  throw new Error(`No cell ${row} / ${column}: rows are ${names}; columns are ${table.columns.join(', ')}.`);
}

/** The column of the first phase, which arms share. */
export const firstPhase = 'before the switch';

/** One column's losses along the tokens: an arm's after the switch, or those of the first phase. */
export function curve(table: Table, name: string): number[] {
  const column = table.columns.indexOf(name);
  return table.rows.flatMap(({ cells }) => (cells[column] ? [Number(cells[column])] : []));
}
