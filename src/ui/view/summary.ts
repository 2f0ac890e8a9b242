// The chart in a sentence, for whoever does not see it.

import { baseName } from '../../drawing/lines';
import type { Measure } from '../../experiment/readings';
import type { ChartLine, Phases } from '../../plot/types';
import { count, loss } from '../format';
import { panels } from '../strings';

function rise(line: ChartLine): string {
  const first = line.points[0];
  const last = line.points.at(-1);
  if (!first || !last) return '';
  const highest = Math.max(...line.points.map((point) => point.mean));
  const up = highest - first.mean;
  return up < 0.005 ? '' : `, after a rise of ${loss(up)} at the switch`;
}

export function summary(measure: Measure, lines: readonly ChartLine[], { end }: Pick<Phases, 'end'>): string {
  if (lines.length === 0) return `There is no curve yet. ${panels[measure].plan}`;
  const parts = lines.flatMap((line) => {
    const last = line.points.at(-1);
    if (!last) return [];
    const where = last.tokens >= end ? 'ends at' : `is at ${count(last.tokens)} tokens and`;
    if (line.name === baseName) return [`Before the switch the loss comes down to ${loss(last.mean)}.`];
    return [`${line.name} ${where} ${loss(last.mean)}${rise(line)}.`];
  });
  return `${panels[measure].title}. ${parts.join(' ')}`;
}
