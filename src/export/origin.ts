// Where results come from, in sentences for the head of a file: what was asked, who computed it, on which text.

import { figureOf } from '../experiment/figures';
import type { ExportedResults } from './runs';

const unique = (lines: readonly string[]) => [...new Set(lines)];

export function originLines(results: ExportedResults): string[] {
  const { version, figure, parts, records } = results;
  const { name, source, question } = figureOf(figure);
  const all = [...records.values()];
  return [
    `Written by Rewarm ${version}`,
    `${name}: ${question}${source && ` After ${source}`}`,
    ...parts.map(({ title, experiment: { scale, evaluation } }) => {
      return `${title}: scale ${scale} - d0 is ${evaluation.d0} and d1 is ${evaluation.d1}`;
    }),
    ...unique(
      all.flatMap(({ maker }) =>
        maker ? `Trained by Rewarm ${maker.version} on ${maker.adapter} (engine ${maker.engine})` : [],
      ),
    ),
    ...unique(
      all.flatMap(({ corpora }) => corpora.map((one) => `Text ${one.name}: ${one.bytes} bytes sha256 ${one.sha256}`)),
    ),
  ];
}
