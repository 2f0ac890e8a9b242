// figure.svg: a figure's charts as one drawing without scripts or style sheets, from the same lines, axes and marks as the
// page. Fixed light colours, so that it prints.

import type { Evidence } from '../experiment/figures/evidence';
import type { Figure, FigurePart, Measure } from '../experiment/figures/figure';
import { placeOf } from '../experiment/figures/kin';
import { drawnArms, figureAxis, figureLines, figureRates, referenceValues } from '../experiment/figures/lines';
import { xAxis } from '../plot/axis';
import { curveMarks, endMarks, levelMarks } from '../plot/curves';
import { fitView } from '../plot/fit';
import { frameOf } from '../plot/frame';
import { labelSpace } from '../plot/labels';
import { group, type Mark, rect, text } from '../plot/marks';
import { appearanceAt, inkAppearance } from '../plot/palette';
import { backdropMarks, captionLine, highestRate, lossAxisMarks, stripMarks } from '../plot/panel';
import { svgFile } from '../plot/svg';
import { ticks } from '../plot/ticks';
import type { ChartLine, Phases, RateLine, Reference } from '../plot/types';
import type { PartResults } from './figure_files';

const width = 1280;
const margin = 24;
const gap = 32;
const headHeight = 92;
const partHead = 26;
const panelTitle = 22;
const panelHeight = 380;
const partHeight = partHead + panelTitle + panelHeight + 32;
const footHeight = 40;
const serif = "'Source Serif 4', Georgia, serif";

/** One chart, ready to draw. */
interface Panel {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly references: readonly Reference[];
}

interface Part {
  readonly title: string;
  /** How many seeds the curves are means of, where that is one number. */
  readonly seeds: string;
  readonly panels: readonly Panel[];
  readonly phases: Phases;
  /** Tokens at the right edge. */
  readonly end: number;
  /** Runs begin from random weights, far above everything that matters later. */
  readonly steep: boolean;
  readonly rates: readonly RateLine[];
}

const titles: Readonly<Record<Measure, string>> = {
  d1: 'New data (D1): what it learns',
  d0: 'Old data (D0): what it forgets',
};

const lookOf = (arm: string) => appearanceAt(placeOf(arm));

function ratesOf(figure: Figure, part: FigurePart): RateLine[] {
  const rates = figureRates(figure, part);
  return rates.map(({ arm, points }) => ({
    key: arm,
    points,
    appearance: rates.length === 1 ? inkAppearance : lookOf(arm),
  }));
}

function partOf(figure: Figure, part: FigurePart, evidence: Evidence): Part {
  const { end, bands } = figureAxis(figure, part);
  const lines = figure.measures.map((measure) => figureLines(figure, part, measure, evidence));
  const counts = new Set(lines.flat().map(({ n }) => n));
  const [n = 0] = counts;
  const alike = counts.size <= 1;
  const panels = figure.measures.map((measure, i): Panel => {
    const found = (lines[i] ?? []).map((line): ChartLine => {
      const label = alike ? line.label : `${line.label} (n=${line.n})`;
      return { ...line, key: line.arm, name: line.label, label, appearance: lookOf(line.arm) };
    });
    const levels = referenceValues(part, measure, evidence).map(
      ({ arm, label, value }): Reference => ({ key: arm, label, value: value.mean, appearance: lookOf(arm) }),
    );
    return { title: titles[measure], lines: found, references: levels };
  });
  const seeds = !alike || n === 0 ? '' : n === 1 ? 'n = 1 seed' : `n = ${n} seeds: mean, each seed, and their range`;
  return {
    title: part.title,
    seeds,
    panels,
    phases: { end, bands },
    end: end * figure.window,
    steep: drawnArms(figure, part).some(({ first }) => first === 0),
    rates: ratesOf(figure, part),
  };
}

const loss = (value: number) => value.toFixed(3);

/** Says what is above the view, on the line of the phases' names. */
function cutMarks(right: number, share: number): Mark[] {
  const percent = Math.max(1, Math.round(100 * share));
  const words = `y starts after the first ${percent} %`;
  return share > 0 ? [text('note', right - 8, captionLine, words, { anchor: 'end' })] : [];
}

function panelMarks({ lines, references }: Panel, part: Part, size: { width: number; labels: number }): Mark[] {
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

function partMarks(part: Part, top: number, labels: number): Mark[] {
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

export function figureSvg(figure: Figure, done: readonly PartResults[], evidence: Evidence): string {
  const height = headHeight + done.length * partHeight + footHeight;
  const parts = done.map(({ part }) => partOf(figure, part, evidence));
  const [first] = done;
  const origin = first
    ? `${first.results.adapter.description || first.results.adapter.kind} · Rewarm ${first.results.version}`
    : '';
  const panels = parts.flatMap((part) => part.panels);
  const levels = panels.flatMap(({ references }) => references.map(({ label, value }) => `${label} ${loss(value)}`));
  // One width for all panels, so that their axes line up.
  const labels = labelSpace([...panels.flatMap(({ lines }) => lines.map(({ label }) => label)), ...levels], 240);
  return svgFile({
    width,
    height,
    title: `${figure.name}: ${figure.question}`,
    marks: [
      rect('paper', { left: 0, top: 0, width, height }, 'var(--paper)'),
      text('title', margin, 40, figure.question, { size: 24, family: serif, fill: 'var(--ink)' }),
      text('note', margin, 66, figure.watch, { size: 14, fill: 'var(--soft)' }),
      ...parts.flatMap((part, i) => partMarks(part, headHeight + i * partHeight, labels)),
      text('note', margin, height - 16, `After ${figure.source}, thousands of times smaller. ${origin}`),
    ],
  });
}
