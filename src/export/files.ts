// The files for other programs, by name: what is written beside the table and the drawing.

import { curvesCsv } from './curves';
import { metricsCsv, metricsJsonl } from './metrics';
import type { ExportedResults } from './runs';

export const exportFiles: Readonly<Record<string, (results: ExportedResults) => string>> = {
  'metrics.csv': metricsCsv,
  'curves.csv': curvesCsv,
  'metrics.jsonl': metricsJsonl,
};
