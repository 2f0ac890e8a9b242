// figure.tex: the charts for LaTeX, as pgfplots draws them: a document that compiles alone, and whose pictures can be taken
// over into another, numbers included.

import { type DrawnPart, drawnPart } from '../drawing/parts';
import type { ShownResults } from '../experiment/shown';
import { themes } from '../plot/palette';
import type { ChartLine, Reference } from '../plot/types';
import { originLines } from './origin';
import type { ExportedResults } from './runs';

/** What LaTeX reads as commands, as letters. */
const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
};

export function texText(text: string): string {
  return text.replaceAll(/[\\{}$&#%_^~<>|"]/g, (letter) => special[letter] ?? '').replaceAll(/[\p{Cc}\s]+/gu, ' ');
}

/** In a comment a line's end is all that could be read as more. */
const comment = (line: string) => `% ${line.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;

const colourName = (colour: string) => `rewarm-${/^var\(--(.+)\)$/.exec(colour)?.[1] ?? 'ink'}`;

function style({ colour, dash }: ChartLine['appearance']): string {
  const [on, off, ...more] = dash.split(' ').map((length) => Number(length) / 2);
  const pattern = [on, off, ...more].map((length, i) => `${i % 2 === 0 ? 'on' : 'off'} ${length}pt`).join(' ');
  return `color=${colourName(colour)}${dash === '' ? '' : `, dash pattern=${pattern}`}`.replace('{', '');
}

const table = (rows: readonly (readonly number[])[]) =>
  `table[row sep=newline] {\n${rows.map((row) => row.join(' ')).join('\n')}\n};`;

/** Range or deviation of the seeds, as an area. */
function band({ key, points, singles, appearance }: ChartLine, place: number): string[] {
  if (singles.length < 2) return [];
  const measured = points.filter(({ low, high }) => Number.isFinite(low + high));
  const edge = (side: 'low' | 'high') =>
    `\\addplot[draw=none, forget plot, name path=${side}-${place}] ${table(measured.map((point) => [point.tokens, point[side]]))}`;
  return [
    comment(`range of ${key} over its seeds`),
    edge('low'),
    edge('high'),
    `\\addplot[fill=${colourName(appearance.colour)}, fill opacity=0.15, draw=none, forget plot] fill between[of=low-${place} and high-${place}];`,
  ];
}

function curve(line: ChartLine, place: number): string[] {
  const { name, seeds, points, appearance } = line;
  const means = points.filter(({ mean }) => Number.isFinite(mean)).map(({ tokens, mean }) => [tokens, mean]);
  return [
    ...band(line, place),
    comment(`${name}, n = ${seeds.length}`),
    `\\addplot[${style(appearance)}, thick] ${table(means)}`,
    `\\addlegendentry{${texText(name)}}`,
  ];
}

function level({ label, value, appearance }: Reference, end: number): string[] {
  const dashed = { ...appearance, dash: appearance.dash || '5 4' };
  return [
    `\\addplot[${style(dashed)}] ${table([
      [0, value],
      [end, value],
    ])}`,
    `\\addlegendentry{${texText(label)}}`,
  ];
}

function pictures({ title, panels, end, steep }: DrawnPart): string[] {
  return panels.flatMap((panel) => {
    const values = panel.lines.flatMap(({ points }) => points.map(({ mean }) => mean)).filter(Number.isFinite);
    // A run from random weights begins far above everything that matters later.
    const ends = panel.lines.map(({ points }) => points.at(-1)?.mean ?? Number.NaN).filter(Number.isFinite);
    const top = Math.min(Math.max(...values), Math.max(...ends) + 3 * (Math.max(...ends) - Math.min(...values)) + 0.1);
    return [
      comment(`${title}. ${panel.title}`),
      '\\begin{tikzpicture}',
      '\\begin{axis}[',
      '  width=9cm, height=7cm, axis lines=left, grid=major, grid style={gray!20},',
      `  title={${texText(`${title}. ${panel.title}`)}},`,
      '  xlabel={training tokens}, ylabel={validation loss (nats a byte)},',
      `  xmin=0, xmax=${end},${steep && values.length > 0 ? ` ymax=${Number(top.toPrecision(4))},` : ''}`,
      '  legend style={draw=none, font=\\footnotesize}, legend cell align=left, legend pos=outer north east,',
      ']',
      ...panel.lines.flatMap(curve),
      ...panel.references.flatMap((reference) => level(reference, end)),
      '\\end{axis}',
      '\\end{tikzpicture}',
      '',
    ];
  });
}

export function figureTex(results: ExportedResults & ShownResults): string {
  const { of, parts, evidence } = results;
  const colours = Object.entries(themes.light).map(
    ([name, value]) => `\\definecolor{rewarm-${name}}{HTML}{${value.slice(1).toUpperCase()}}`,
  );
  return `${[
    ...originLines(results).map(comment),
    comment(
      'Compiles alone. To take a picture over, copy it with the lines up to \\begin{document}, or use the package',
    ),
    comment(
      'standalone and \\input this file. Losses are means over seeds on small fixed windows of the validation sets.',
    ),
    '\\documentclass[border=4pt, multi=tikzpicture]{standalone}',
    '\\usepackage[T1]{fontenc}',
    '\\usepackage[utf8]{inputenc}',
    '\\usepackage{pgfplots}',
    '\\usepgfplotslibrary{fillbetween}',
    '\\pgfplotsset{compat=1.16}',
    ...colours,
    '\\begin{document}',
    ...parts.flatMap((part) => pictures(drawnPart(of, part, evidence))),
    '\\end{document}',
  ].join('\n')}\n`;
}
