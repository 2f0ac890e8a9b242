// metrics.csv and metrics.jsonl: every recorded value, one a row for data frames, and one object a step for trackers.

import { csvFile, csvText } from './csv';
import { originLines } from './origin';
import { type ExportedResults, runsOf, type Value } from './runs';

const columns = ['run_id', 'arm', 'seed', 'step', 'tokens', 'dataset', 'split', 'metric', 'value'];

const meaning = [
  'run_id: part / arm / seed. A run begins with the stage that arms share',
  'step and tokens: training steps and tokens since the run began',
  'dataset: d0 is the old text and d1 the new one. Empty for training whose text may be mixed',
  'split: train is the text trained on. val is small fixed windows of the validation set. val_full is all of it at the end of a stage',
  'metric: loss is in nats a token. Of train it is the mean since the evaluation before. learning_rate is that of the last step',
  'Text that would begin a formula in a spreadsheet has an apostrophe before it',
];

/** Tidy: one row a value, as it was recorded. */
export function metricsCsv(results: ExportedResults): string {
  const runs = runsOf(results);
  const labels = results.parts.flatMap(({ title, experiment }) =>
    experiment.arms.map(({ id, label }) => `Arm ${id} of ${title}: ${label}`),
  );
  const failures = runs.flatMap(({ id, failure }) =>
    failure ? `${id} stopped after step ${failure.step}: ${failure.message}` : [],
  );
  const rows = runs.flatMap(({ id, arm, seed, points }) =>
    points.flatMap(({ step, tokens, values }) =>
      values.map(({ dataset, split, metric, value }) => [
        ...[csvText(id), csvText(arm.id)],
        ...[seed, step, tokens].map(String),
        ...[dataset, split, metric, String(value)],
      ]),
    ),
  );
  return csvFile([...originLines(results), ...labels, ...failures, ...meaning], [columns, ...rows]);
}

/** `val/d0/loss`; `lr` as trackers write it. */
function keyOf({ dataset, split, metric }: Value): string {
  if (metric === 'learning_rate') return 'lr';
  return dataset === '' ? `${split}/${metric}` : `${split}/${dataset}/${metric}`;
}

/** One object a line for each call of a tracker's log; steps of a run ascend. */
export function metricsJsonl(results: ExportedResults): string {
  const lines = runsOf(results).flatMap(({ id, points }) =>
    points.map(({ step, tokens, values }) => {
      const named = Object.fromEntries(values.map((one) => [keyOf(one), one.value]));
      return `${JSON.stringify({ run: id, _step: step, tokens, ...named })}\n`;
    }),
  );
  return lines.join('');
}
