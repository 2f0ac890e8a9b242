// figure.svg: a figure's charts as one drawing without scripts or style sheets, from the same lines, axes and marks as the
// page. Fixed light colours, so that it prints.

import { curveLines, levels, partLooks, scheduleLines, steepLines } from '../drawing/lines';
import type { Evidence } from '../experiment/evidence/evidence';
import type { Figure } from '../experiment/figures/figure';
import { figureAxis, figureLines, referenceValues } from '../experiment/figures/lines';
import type { FigurePart } from '../experiment/part';
import type { Measure } from '../experiment/readings';
import { deviationSeeds } from '../experiment/spread';
import { xAxis } from '../plot/axis';
import { curveMarks, endMarks, levelMarks } from '../plot/curves';
import { fitView } from '../plot/fit';
import { frameOf } from '../plot/frame';
import { labelSpace } from '../plot/labels';
import { group, type Mark, rect, text } from '../plot/marks';
import { backdropMarks, captionLine, highestRate, lossAxisMarks, stripMarks } from '../plot/panel';
import { svgFile } from '../plot/svg';
import { ticks } from '../plot/ticks';
import type { ChartLine, Phases, RateLine, Reference } from '../plot/types';
import type { ShownResults } from './shown';

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
  new: 'New data (D1): what it learns',
  old: 'Old data (D0): what it forgets',
};

function seedsText(n: number): string {
  if (n < 2) return n === 0 ? '' : 'n = 1 seed';
  return `n = ${n} seeds: mean, each seed, and their ${n < deviationSeeds ? 'range' : 'standard deviation'}`;
}

function partOf(figure: Figure, part: FigurePart, evidence: Evidence): Part {
  const { end, bands } = figureAxis(figure, part);
  const labels = new Map(part.experiment.arms.map(({ id, label }) => [id, label]));
  // On paper there is room for the whole name.
  const looks = { ...partLooks(part), label: (arm: string) => labels.get(arm) ?? arm };
  const drawn = { figure, part, shown: new Set(labels.keys()), looks };
  const compared = figure.measures.flatMap((measure) => referenceValues(part, measure, evidence));
  const counts = new Map([
    ...figure.measures
      .flatMap((measure) => figureLines(figure, part, measure, evidence))
      .map(({ key, seeds }) => [key, seeds.length] as const),
    ...compared.map(({ arm, value }) => [arm, value.n] as const),
  ]);
  const [n = 0, ...others] = new Set(counts.values());
  const alike = others.length === 0;
  const panels = figure.measures.map((measure): Panel => {
    const named = (label: string, key: string) => (alike ? label : `${label} (n=${counts.get(key)})`);
    const lines = curveLines(drawn, measure, evidence).map((line) => ({
      ...line,
      label: line.label && named(line.label, line.key),
    }));
    const references = levels(drawn, measure, evidence).map((level) => ({
      ...level,
      label: named(level.label, level.key),
    }));
    return { title: titles[measure], lines, references };
  });
  const seeds = alike ? seedsText(n) : '';
  return {
    title: part.title,
    seeds,
    panels,
    phases: { end, bands },
    end: end * figure.window,
    steep: steepLines(drawn).size > 0,
    rates: scheduleLines(drawn),
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

export function figureSvg({ of: figure, parts: own, evidence, records }: ShownResults): string {
  const height = headHeight + own.length * partHeight + footHeight;
  const parts = own.map((part) => partOf(figure, part, evidence));
  const makers = [...records.values()].flatMap(({ maker }) =>
    maker ? `${maker.adapter} · Rewarm ${maker.version}` : [],
  );
  const origin = [...new Set(makers)].join(' · ');
  const source = figure.source && `After ${figure.source}, thousands of times smaller. `;
  const panels = parts.flatMap((part) => part.panels);
  const values = panels.flatMap(({ references }) => references.map(({ label, value }) => `${label} ${loss(value)}`));
  // One width for all panels, so that their axes line up.
  const labels = labelSpace(
    [...panels.flatMap(({ lines }) => lines.flatMap(({ label }) => label ?? [])), ...values],
    240,
  );
  return svgFile({
    width,
    height,
    title: `${figure.name}: ${figure.question}`,
    marks: [
      rect('paper', { left: 0, top: 0, width, height }, 'var(--paper)'),
      text('title', margin, 40, figure.question, { size: 24, family: serif, fill: 'var(--ink)' }),
      text('note', margin, 66, figure.watch, { size: 14, fill: 'var(--soft)' }),
      ...parts.flatMap((part, i) => partMarks(part, headHeight + i * partHeight, labels)),
      text('note', margin, height - 16, `${source}${origin}`),
    ],
  });
}
