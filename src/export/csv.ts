// Text as a field of CSV (RFC 4180), and as a comment before the table, so that no spreadsheet takes it for a formula.

/** What a spreadsheet may read as the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;

/** In quotes, as labels hold commas. An apostrophe before what would be a formula makes it text. */
export function csvText(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** A line before the table. One cell in every spreadsheet: separators would begin another, which could be a formula. */
export function csvComment(text: string): string {
  return `# ${text.replaceAll(/[,;"\s]+/g, ' ')}`;
}

export function csvFile(comments: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[...comments.map(csvComment), ...rows.map((row) => row.join(','))].join('\n')}\n`;
}
