// A reader of CSV as RFC 4180 says, comments before it taken off: what another program makes of a file.

/** Rows of fields. */
export function readCsv(file: string): string[][] {
  const text = file.replace(/^(#[^\n]*\n)*/, '');
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Each row by the names of its columns. */
export function readTable(file: string): Record<string, string>[] {
  const [head = [], ...rows] = readCsv(file);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}
