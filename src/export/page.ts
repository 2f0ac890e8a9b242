// page.html: results as one file that any browser shows, without a network and without a script, and that opens again as
// results: question, drawing, verdicts and tables for people, results.json inside for programs.

import { figureSvg } from '../drawing/figure_svg';
import { judgeFigure, oneInTwenty } from '../experiment/claims';
import { marginText, outcomeWords, seen } from '../experiment/claims/outcomes';
import { plain, signed } from '../experiment/claims/words';
import { embedded } from '../experiment/embedded';
import { columnMeanings, columnNames } from '../experiment/figures/columns';
import type { TableColumn } from '../experiment/figures/figure';
import { figureTable, paperColumns, type TableNumbers } from '../experiment/figures/table';
import { canonicalJson } from '../experiment/hash';
import type { FigurePart } from '../experiment/part';
import { savedResults } from '../experiment/saved';
import { themes } from '../plot/palette';
import { escaped } from '../plot/svg';
import type { ExportedFiles } from './files';
import { originLines } from './origin';
import { runsOf } from './runs';

const tag = (name: string, words: string, attributes = '') =>
  words === '' ? '' : `<${name}${attributes}>${escaped(words)}</${name}>`;

const list = (items: readonly string[]) =>
  items.length === 0 ? '' : `<ul>\n${items.map((item) => `<li>${item}</li>\n`).join('')}</ul>`;

const variables = (theme: Readonly<Record<string, string>>) =>
  Object.entries(theme)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

const style = `:root{color-scheme:light dark;${variables(themes.light)}}
@media(prefers-color-scheme:dark){:root{${variables(themes.dark)}}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 Inter,Helvetica,Arial,sans-serif}
main{max-width:1280px;margin:0 auto;padding:24px 16px 48px}
h1{font:400 28px/1.2 Georgia,serif;margin:0 0 8px}
h2{font:400 20px/1.25 Georgia,serif;margin:32px 0 8px}
p,ul{max-width:70em}
main>*{overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:0}
svg{display:block;width:100%;min-width:900px;height:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--hair);text-align:right;white-space:nowrap}
th:first-child{text-align:left}
th{font-weight:400}
small,.quiet{color:var(--soft)}`;

const differences: readonly TableColumn[] = ['forgetting', 'learned', 'cost'];

function cell(column: TableColumn, value: number | null | undefined): string {
  if (value === null || value === undefined) return '<td>–</td>';
  if (column === 'removed') return `<td>${String(Math.round(100 * value)).replace('-', '−')} %</td>`;
  return `<td>${differences.includes(column) ? signed(value) : plain(value)}</td>`;
}

function tableHtml({ of, evidence }: ExportedFiles, part: FigurePart): string {
  const rows = figureTable(of, part, evidence);
  const theirs = of.paper[part.key];
  const columns = of.columns ?? paperColumns;
  const cells = (numbers: TableNumbers | null) => columns.map((column) => cell(column, numbers?.[column])).join('');
  const heads = columns.map((column) => tag('th', columnNames[column], ' scope="col"')).join('');
  const span = columns.length;
  const sides = theirs
    ? `<tr><td></td><td></td><th colspan="${span}" scope="colgroup">here</th>` +
      `${tag('th', `the paper (${theirs.source})`, ` colspan="${span}" scope="colgroup"`)}</tr>\n`
    : '';
  const body = rows.map(({ label, n, ours, paper }) => {
    const name = tag('th', label, ' scope="row"');
    return `<tr>${name}<td>${n}</td>${cells(ours)}${theirs ? cells(paper) : ''}</tr>\n`;
  });
  const name = escaped(`Final losses, ${part.title}`);
  return `<section class="wide" tabindex="0" aria-label="${name}"><table aria-label="${name}">
<thead>
${sides}<tr><th scope="col">run</th><th scope="col">seeds</th>${heads}${theirs ? heads : ''}</tr>
</thead>
<tbody>
${body.join('')}</tbody>
</table></section>`;
}

function numbersHtml(results: ExportedFiles): string {
  const columns = results.of.columns ?? paperColumns;
  const tables = results.parts.map(
    (part) => `${tag('h2', `Final losses · ${part.title}`)}\n${tableHtml(results, part)}`,
  );
  const unit = 'Nats a byte on held-out text after the last step, means over seeds.';
  const theirs = Object.keys(results.of.paper).length > 0 ? ['The paper: nats a subword token.'] : [];
  const meanings = columns.flatMap((column) => columnMeanings[column] ?? []);
  return `${tables.join('\n')}\n<p><small>${escaped([unit, ...theirs, ...meanings].join(' '))}</small></p>`;
}

function verdictsHtml({ of, evidence }: ExportedFiles): string {
  const judged = judgeFigure(of, evidence);
  if (judged.length === 0) return '';
  const items = judged.map(({ claim, verdict }) => {
    const { mark, words } = outcomeWords[seen(verdict)];
    const facts = `The paper: ${claim.paper} ${claim.source}. ${marginText(claim)}`;
    return `<b>${mark} ${escaped(words)}</b>: ${escaped(claim.statement)}<br>${escaped(verdict.sentence)} <small>${escaped(facts)}</small>`;
  });
  const chance = oneInTwenty(judged.length);
  return `<h2>What the paper says, and whether it holds here</h2>\n${list(items)}\n${tag('p', chance ?? '')}`;
}

/** Only addresses that a browser opens as pages. */
function linkHtml({ address }: ExportedFiles): string {
  if (address === null || !/^https?:/i.test(address)) return '';
  return `<p><a href="${escaped(address)}">Open it in the lab</a>, where it can be run again.</p>`;
}

export function pageHtml(results: ExportedFiles): string {
  const { of, parts, records, version, figure } = results;
  const stopped = runsOf(results).flatMap(({ id, failure }) =>
    failure ? `${id} stopped after step ${failure.step}: ${failure.message}` : [],
  );
  const title = `${of.name}: ${of.question}`;
  const source =
    of.source && `After ${of.source}, thousands of times smaller: directions can be compared, numbers cannot.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="Rewarm ${escaped(version)}">
${tag('title', title)}
<style>
${style}
</style>
</head>
<body>
<main>
${tag('h1', of.question)}
${tag('p', `${of.watch} ${source}`.trim())}
<section class="wide" tabindex="0" aria-label="Charts">
${figureSvg(results, { live: true })}</section>
${verdictsHtml(results)}
${numbersHtml(results)}
<h2>What made it</h2>
${list([...originLines(results), ...stopped].map(escaped))}
${linkHtml(results)}
${tag('p', 'This file holds the results themselves: drop it on a page of Rewarm, or give it to its command line.')}
</main>
${embedded(canonicalJson(savedResults(version, figure, parts, records)))}
</body>
</html>
`;
}
