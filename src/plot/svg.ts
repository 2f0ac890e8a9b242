// Prints marks as SVG text: one file without scripts or style sheets, its colours put in for the page's variables.

import type { Mark } from './marks';
import { type Theme, themes } from './palette';

/** Text as XML and HTML have it, between tags and in attributes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** SVG's name of one of React's attributes: `strokeWidth` is `stroke-width`. */
function spelled(name: string): string {
  return name === 'viewBox' ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function printedValue(value: string | number, theme: Theme): string {
  if (typeof value === 'number') return String(Number(value.toFixed(2)));
  const name = /^var\(--(.+)\)$/.exec(value)?.[1];
  return escaped(name !== undefined && name in theme ? theme[name as keyof Theme] : value);
}

function printed({ tag, role, attributes, children = [] }: Mark, theme: Theme): string {
  const all = Object.entries(attributes)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${spelled(name)}="${printedValue(value, theme)}"`);
  const open = `<${tag} class="${role}"${all.join('')}`;
  const inside = typeof children === 'string' ? escaped(children) : children.map((one) => printed(one, theme)).join('');
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

export function svgFile({ width, height, title, marks }: Sheet, theme: Theme = print): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="Inter, Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    ...marks.map((mark) => printed(mark, theme)),
    '</svg>\n',
  ].join('\n');
}
