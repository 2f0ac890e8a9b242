// Every file that follows from results, by name: what the page and the command line write, and what each is for.

import { figureSvg } from '../drawing/figure_svg';
import { savedResults } from '../experiment/saved';
import type { ShownResults } from '../experiment/shown';
import { curvesCsv } from './curves';
import { metricsCsv, metricsJsonl } from './metrics';
import { pageHtml } from './page';
import { figureTex } from './pgfplots';
import type { ExportedResults } from './runs';
import { tableCsv } from './table';
import { verdictsJson } from './verdicts';

export interface ExportedFiles extends ShownResults {
  /** Of the program that writes them. */
  readonly version: string;
  /** Of a page that shows it alive; null where none is known. */
  readonly address: string | null;
}

interface ExportedFile {
  /** A few words. */
  readonly what: string;
  /** Null where these results have none. */
  readonly text: (results: ExportedFiles) => string | null;
}

export const exportedFiles = {
  'results.json': {
    what: 'everything that was recorded; opens here and from the command line',
    text: ({ version, figure, parts, records }) => json(savedResults(version, figure, parts, records)),
  },
  'table.csv': { what: 'the table of final losses', text: tableCsv },
  'figure.svg': { what: 'the charts as one drawing', text: (results) => figureSvg(results, results) },
  'metrics.csv': { what: 'every recorded value, one a row, for pandas or R', text: metricsCsv },
  'curves.csv': { what: 'mean, deviation and seeds along the curves, for a spreadsheet', text: curvesCsv },
  'metrics.jsonl': { what: 'one object a step, for W&B, Trackio or MLflow', text: metricsJsonl },
  'figure.tex': { what: 'the charts for LaTeX, with pgfplots', text: figureTex },
  'page.html': { what: 'charts, table and verdicts as one page, which opens here as results do', text: pageHtml },
  'verdicts.json': {
    what: 'every claim with its margin, verdict, effect and interval',
    text: (results) => (results.figure === null ? null : verdictsJson(results)),
  },
} as const satisfies Readonly<Record<string, ExportedFile>>;

export type ExportName = keyof typeof exportedFiles;

export const exportNames = Object.keys(exportedFiles) as readonly ExportName[];

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** `figure-5-XS-3-seeds`, `lab-XS-1-seed`: what a file's name begins with. */
export function exportStem({ figure, parts }: Pick<ExportedResults, 'figure' | 'parts'>): string {
  const name = figure === null ? 'lab' : /^\d/.test(figure) ? `figure-${figure}` : figure;
  const scales = [...new Set(parts.map(({ experiment }) => experiment.scale))].join('-');
  const seeds = Math.max(0, ...parts.map(({ experiment }) => experiment.seeds.length));
  return `rewarm-${name}-${scales}-${seeds}-${seeds === 1 ? 'seed' : 'seeds'}`;
}
