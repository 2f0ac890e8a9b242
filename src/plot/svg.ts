// Prints marks as SVG text: one file without scripts or style sheets, its colours put in for the page's variables, or beside
// them where it stands in a page.

import type { Mark } from './marks';
import { type Theme, themes } from './palette';

/** What XML has no way to write: controls but for the blanks, halves of a pair, and two codes that are no letters. */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text as it stands in XML and HTML, inside an element or an attribute's quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** SVG's name of one of React's attributes: `strokeWidth` is `stroke-width`. */
function spelled(name: string): string {
  return name === 'viewBox' ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function printedValue(value: string | number, live: boolean): string {
  if (typeof value === 'number') return String(Number(value.toFixed(2)));
  const name = /^var\(--(.+)\)$/.exec(value)?.[1];
  if (name === undefined || !(name in print)) return escaped(value);
  const colour = print[name as keyof Theme];
  return live ? `var(--${name},${colour})` : colour;
}

function printed({ tag, role, attributes, children = [] }: Mark, live: boolean): string {
  const all = Object.entries(attributes)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${spelled(name)}="${printedValue(value, live)}"`);
  const open = `<${tag} class="${role}"${all.join('')}`;
  const inside = typeof children === 'string' ? escaped(children) : children.map((one) => printed(one, live)).join('');
  return inside === '' ? `${open}/>` : `${open}>${inside}</${tag}>`;
}

/** Colours for white paper. */
export const print: Theme = { ...themes.light, paper: '#ffffff', band: '#f8f7f4' };

export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** What it shows, for who does not see it. */
  readonly title: string;
  readonly marks: readonly Mark[];
}

/** @param live colours follow the variables of the page it stands in, where there are any */
export function svgFile({ width, height, title, marks }: Sheet, { live = false } = {}): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="Inter, Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    ...marks.map((mark) => printed(mark, live)),
    '</svg>\n',
  ].join('\n');
}
