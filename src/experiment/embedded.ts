// Results inside a page: as a script that is no program, so that the page shows without running anything.

const opening = '<script type="application/json" id="rewarm-results">';
const closing = '</script>';

/** @param json of results */
export function embedded(json: string): string {
  // Nothing in it can end the element.
  return `${opening}${json.replaceAll('<', '\\u003c')}${closing}`;
}

/** The JSON in the text of such a page; any other text as it is. */
export function unembedded(text: string): string {
  const begin = text.indexOf(opening);
  const end = begin < 0 ? -1 : text.indexOf(closing, begin);
  return end < 0 ? text : text.slice(begin + opening.length, end);
}
