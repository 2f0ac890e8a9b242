// Results inside a page: the JSON of results.json in an element that no browser runs, so that one file is read by people and
// opened again as results.

const id = 'rewarm-results';

/** The element. No text inside it can end it: `<` is written as its code, which JSON reads as the same. */
export function embedded(json: string): string {
  return `<script type="application/json" id="${id}">${json.replaceAll('<', '\\u003c')}</script>`;
}

/** True for a text that begins as pages do and JSON does not. */
export function isPage(text: string): boolean {
  return /^\ufeff?\s*</.test(text);
}

/** The JSON inside a page, whoever has saved it again; null where there is none. */
export function embeddedIn(page: string): string | null {
  return new RegExp(`<script\\b[^>]*\\bid=["']?${id}\\b[^>]*>(.*?)</script`, 'is').exec(page)?.[1] ?? null;
}
