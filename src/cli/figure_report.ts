// What `figure` prints: one table a part, this run beside the paper, and one paragraph a claim.

import { type Judged, judgeFigure, oneInTwenty } from '../experiment/claims';
import type { Outcome } from '../experiment/claims/claim';
import type { Evidence } from '../experiment/evidence/evidence';
import type { Figure } from '../experiment/figures/figure';
import { type FigureRow, figureTable, peakRows, type TableNumbers } from '../experiment/figures/table';
import type { FigurePart } from '../experiment/part';
import type { ShownResults } from '../experiment/shown';
import { aligned } from './table';

const outcomes: Readonly<Record<Outcome, string>> = {
  holds: 'HOLDS',
  'no-difference': 'NO DIFFERENCE',
  reversed: 'REVERSED',
  'cannot-tell': "CAN'T TELL YET",
};

const heading = [
  'arm',
  'seeds',
  'D0',
  'D1',
  'average',
  'forgetting',
  'removed',
  'D1 cost',
  'paper: D0',
  'D1',
  'forgetting',
  'removed',
  '',
];

export function figureReport({ of: figure, parts, evidence }: ShownResults): string {
  const tables = parts.map((part) => {
    const rows = figureTable(figure, part, evidence).map(cells);
    const finalTokens = part.experiment.evaluation.finalTokens.toLocaleString('en');
    const note = `Losses in nats a byte on ${finalTokens} held-out tokens of each text, after the last step; means over seeds.\nremoved and D1 cost: over the seeds that the run without replay has as well.`;
    return `${part.title}\n${aligned([heading, ...rows])}\n${note}${peaksText(figure, part, evidence)}`;
  });
  const verdicts = judgeFigure(figure, evidence).map(verdictText);
  const chance = oneInTwenty(verdicts.length);
  const title = `${figure.name}: ${figure.question}`;
  return [title, ...tables, verdicts.join('\n'), ...(chance ? [chance] : [])].join('\n\n');
}

/** How far the old loss climbs after the switch, where the paper states it. */
function peaksText(figure: Figure, part: FigurePart, evidence: Evidence): string {
  const rows = peakRows(figure, part, evidence);
  if (rows.length === 0) return '';
  const shown = (value: number | null) => (value === null ? '-' : `+${value.toFixed(3)}`);
  const cells = rows.map(({ arm, ours, paper }) => [arm, shown(ours), shown(paper), '']);
  return `\n\n${aligned([['highest rise of D0', 'here', 'paper', ''], ...cells])}`;
}

/** Outcome, claim, and what each shift or comparison showed. */
function verdictText({ claim, verdict }: Judged): string {
  const head = `${outcomes[verdict.outcome].padEnd(indent.length)}${claim.id}  ${claim.statement}`;
  const findings = verdict.findings.map(({ title, outcome, sentence }) =>
    indented(title === '' ? sentence : `${title}, ${outcomes[outcome].toLowerCase()}: ${sentence}`),
  );
  return [head, ...(findings.length > 0 ? findings : [indented(verdict.sentence)])].join('\n');
}

const indent = ' '.repeat(16);
const lineWidth = 120;

/** Lines of at most `lineWidth` characters, under the claim's id. */
function indented(text: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length > lineWidth) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}

function cells({ arm, n, ours, spread, paper }: FigureRow): string[] {
  // Both compare with another run, over the seeds that both have.
  const pairs = (column: 'removed' | 'cost') => {
    const own = spread?.[column]?.n ?? n;
    return own === n ? '' : ` (n=${own})`;
  };
  const shown = numbers(ours, pairs);
  const theirs = numbers(paper);
  return [arm, String(n), ...shown, theirs[0] ?? '', theirs[1] ?? '', theirs[3] ?? '', theirs[4] ?? '', ''];
}

function numbers(values: TableNumbers | null, pairs: (column: 'removed' | 'cost') => string = () => ''): string[] {
  const loss = (value: number | null | undefined) => (value == null ? '-' : value.toFixed(3));
  const change = (value: number | null | undefined) =>
    value == null ? '-' : (value < 0 ? '' : '+') + value.toFixed(3);
  const share = (value: number | null | undefined) => (value == null ? '-' : `${Math.round(100 * value)} %`);
  return [
    loss(values?.old),
    loss(values?.new),
    loss(values?.average),
    change(values?.forgetting),
    share(values?.removed) + pairs('removed'),
    change(values?.cost) + pairs('cost'),
  ];
}
