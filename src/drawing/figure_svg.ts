// figure.svg: a figure's charts as one drawing without scripts or style sheets, from the same lines, axes and marks as the
// page. Fixed light colours, so that it prints; inside a page with the palette's variables it follows those.

import type { Records } from '../experiment/evidence/record';
import type { ShownResults } from '../experiment/shown';
import { xAxis } from '../plot/axis';
import { curveMarks, endMarks, levelMarks } from '../plot/curves';
import { fitView } from '../plot/fit';
import { frameOf } from '../plot/frame';
import { labelSpace } from '../plot/labels';
import { group, type Mark, rect, text } from '../plot/marks';
import { backdropMarks, captionLine, highestRate, lossAxisMarks, stripMarks } from '../plot/panel';
import { svgFile } from '../plot/svg';
import { ticks } from '../plot/ticks';
import { type DrawnPanel, type DrawnPart, drawnPart } from './parts';

const width = 1280;
const margin = 24;
const gap = 32;
const headHeight = 92;
const partHead = 26;
const panelTitle = 22;
const panelHeight = 380;
const partHeight = partHead + panelTitle + panelHeight + 32;
const footHeight = 40;
const lineHeight = 18;
const serif = "'Source Serif 4', Georgia, serif";

const loss = (value: number) => value.toFixed(3);

/** Says what is above the view, on the line of the phases' names. */
function cutMarks(right: number, share: number): Mark[] {
  const percent = Math.max(1, Math.round(100 * share));
  const words = `y starts after the first ${percent} %`;
  return share > 0 ? [text('note', right - 8, captionLine, words, { anchor: 'end' })] : [];
}

function panelMarks(
  { lines, references }: DrawnPanel,
  part: DrawnPart,
  size: { width: number; labels: number },
): Mark[] {
  const { phases, end, steep, rates } = part;
  const frame = frameOf({ ...size, height: panelHeight, strip: 56 });
  const zoom = end < phases.end ? { from: 0, to: end } : null;
  const axis = xAxis({
    unit: 'tokens',
    log: false,
    zoom,
    end: phases.end,
    tokensPerStep: 1,
    firstTokens: 1,
    clock: null,
  });
  const fitted = fitView({ lines, references, phases, showAll: !steep, zoom, log: false, weight: null });
  const strip = [
    ...stripMarks(frame, axis, rates, 'tokens'),
    text('axis', frame.right + 9, frame.stripTop + 11, `up to ${Number(highestRate(rates).toPrecision(2))}`),
  ];
  const backdrop = backdropMarks(frame, axis, phases, fitted ? 'nats' : '');
  if (!fitted) return [...backdrop, ...strip, text('note', frame.left + 8, 120, 'Nothing has been trained yet.')];
  const plot = { frame, axis, domain: fitted.domain, logY: false };
  return [
    ...backdrop,
    ...cutMarks(frame.right, fitted.cutShare),
    ...lossAxisMarks(frame, fitted.domain, ticks(fitted.domain, 6)),
    ...levelMarks(plot, references),
    ...curveMarks(plot, lines),
    ...strip,
    ...endMarks({ ...plot, lines, references, formatValue: loss, weight: 500 }),
  ];
}

function partMarks(part: DrawnPart, top: number, labels: number): Mark[] {
  const columns = part.panels.length;
  const own = (width - 2 * margin - gap * (columns - 1)) / columns;
  const panels = part.panels.map((panel, i) =>
    group(margin + i * (own + gap), top + partHead, [
      text('title', 0, 14, panel.title, { size: 14, weight: 600, fill: 'var(--ink)' }),
      group(0, panelTitle, panelMarks(panel, part, { width: own, labels })),
    ]),
  );
  return [
    text('title', margin, top + 12, part.title, { size: 16, weight: 600, fill: 'var(--ink)' }),
    text('note', width - margin, top + 12, part.seeds, { anchor: 'end' }),
    ...panels,
  ];
}

/** Who computed it, in a few words; empty where nobody says so. */
function makersText(records: Records): string {
  const makers = [...records.values()].flatMap(({ maker }) =>
    maker ? `${maker.adapter} · Rewarm ${maker.version}` : [],
  );
  return [...new Set(makers)].join(' · ');
}

interface SvgOptions {
  /** Where it can be seen alive; stands in the foot. */
  readonly address?: string | null;
  /** In a page, which has the words round it: colours that follow the page's, and the charts alone. */
  readonly live?: boolean;
}

export function figureSvg(shown: ShownResults, { address = null, live = false }: SvgOptions = {}): string {
  const { of: figure, parts: own, evidence, records } = shown;
  const [head, under] = live ? [8, 0] : [headHeight, footHeight + (address ? lineHeight : 0)];
  const height = head + own.length * partHeight + under;
  const parts = own.map((part) => drawnPart(figure, part, evidence));
  const source = figure.source && `After ${figure.source}, thousands of times smaller. `;
  const panels = parts.flatMap((part) => part.panels);
  const values = panels.flatMap(({ references }) => references.map(({ label, value }) => `${label} ${loss(value)}`));
  // One width for all panels, so that their axes line up.
  const labels = labelSpace(
    [...panels.flatMap(({ lines }) => lines.flatMap(({ label }) => label ?? [])), ...values],
    240,
  );
  const foot = [`${source}${makersText(records)}`, ...(address ? [address] : [])];
  const around = [
    text('title', margin, 40, figure.question, { size: 24, family: serif, fill: 'var(--ink)' }),
    text('note', margin, 66, figure.watch, { size: 14, fill: 'var(--soft)' }),
    ...foot.map((line, i) => text('note', margin, height - 16 - lineHeight * (foot.length - 1 - i), line)),
  ];
  const sheet = {
    width,
    height,
    title: `${figure.name}: ${figure.question}`,
    marks: [
      rect('paper', { left: 0, top: 0, width, height }, 'var(--paper)'),
      ...parts.flatMap((part, i) => partMarks(part, head + i * partHeight, labels)),
      ...(live ? [] : around),
    ],
  };
  return svgFile(sheet, { live });
}
