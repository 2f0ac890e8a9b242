// page.html: results as one page without scripts, so that every learning platform shows it: the charts, the table, the verdicts,
// what made it; and in it the results themselves, which the lab reads back.

import { figureSvg } from '../drawing/figure_svg';
import { type Judged, judgeFigure } from '../experiment/claims';
import { outcomeNames } from '../experiment/claims/words';
import { embedded } from '../experiment/embedded';
import { figureTable, paperColumns, type TableNumbers } from '../experiment/figures/table';
import type { FigurePart } from '../experiment/part';
import { savedResults } from '../experiment/saved';
import type { ShownResults } from '../experiment/shown';
import { themes } from '../plot/palette';
import { escaped } from '../plot/svg';
import { originLines } from './origin';
import type { ExportedResults } from './runs';
import { tableHeads } from './table';

const colours = (theme: Readonly<Record<string, string>>) =>
  ['paper', 'ink', 'soft', 'hair'].map((name) => `--${name}:${theme[name]}`).join(';');

const style = `:root{color-scheme:light dark;${colours(themes.light)}}
@media(prefers-color-scheme:dark){:root{${colours(themes.dark)}}}
body{margin:0 auto;padding:24px 16px 48px;max-width:1280px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font:400 28px/1.2 Georgia,serif;margin:0 0 8px}h2{font:400 20px/1.3 Georgia,serif;margin:32px 0 8px}
p{margin:4px 0}small{color:var(--soft)}
.scroll{overflow-x:auto}svg{width:100%;min-width:720px;height:auto;border-radius:6px;background:#fff}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:4px 14px 4px 0;text-align:right;border-bottom:1px solid var(--hair);font-weight:400}
th:first-child{text-align:left}thead th{color:var(--soft)}`;

/** Nobody's words are markup. */
const element = (tag: string, words: string) => `<${tag}>${escaped(words)}</${tag}>`;

function cell(value: number | null | undefined, spread: number | null): string {
  if (value === null || value === undefined) return '<td>–</td>';
  return `<td>${value.toFixed(3)}${spread === null ? '' : ` <small>± ${spread.toFixed(3)}</small>`}</td>`;
}

function tableOf({ of, evidence }: ShownResults, part: FigurePart): string {
  const columns = of.columns ?? paperColumns;
  const rows = figureTable(of, part, evidence).map(({ label, n, ours, spread }) => {
    const values = columns.map((column) => {
      const own = spread?.[column];
      return cell((ours as TableNumbers | null)?.[column], own && own.n > 1 ? (own.high - own.low) / 2 : null);
    });
    return `<tr><th scope="row">${escaped(label)}</th><td>${n}</td>${values.join('')}</tr>`;
  });
  const heads = ['run', 'seeds', ...columns.map((column) => tableHeads[column])];
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('');
  const title = element('h2', `${part.title}: losses at the end, nats a byte`);
  return `${title}<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function verdictOf({ claim, verdict }: Judged): string {
  const said = verdict.n === 0 ? 'not run yet' : outcomeNames[verdict.outcome];
  const findings = verdict.findings.length > 1 ? verdict.findings : [{ title: '', sentence: verdict.sentence }];
  const sentences = findings.map(({ title, sentence }) =>
    element('p', title === '' ? sentence : `${title}: ${sentence}`),
  );
  return `<li><b>${escaped(said)}</b>: ${escaped(claim.statement)} <small>${escaped(claim.source)}</small>${sentences.join('')}</li>`;
}

export function pageHtml(results: ExportedResults & ShownResults): string {
  const { version, figure, parts, records, of, evidence } = results;
  const json = JSON.stringify(savedResults(version, figure, parts, records));
  const verdicts = judgeFigure(of, evidence).map(verdictOf);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${element('title', `${of.name}: ${of.question}`)}
<style>${style}</style>
</head>
<body>
${element('h1', of.question)}
<div class="scroll">${figureSvg(results)}</div>
${parts.map((part) => tableOf(results, part)).join('\n')}
${verdicts.length > 0 ? `<h2>What the paper says, and what was seen</h2>\n<ul>${verdicts.join('\n')}</ul>` : ''}
<h2>Where it comes from</h2>
<p>Drop this file on the page of Rewarm, the lab that made it, to look into it or to train it again: it holds all that was recorded.</p>
${originLines(results)
  .map((line) => element('p', line))
  .join('\n')}
${embedded(json)}
</body>
</html>
`;
}
