// Results to export: a small experiment with two seeds, of which one arm was never begun and one run has failed.

import type { Records, StageRecord } from '../../src/experiment/evidence/record';
import { type FigureId, figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { plan } from '../../src/experiment/plan';
import { shownResults } from '../../src/experiment/shown';
import type { Experiment } from '../../src/experiment/spec';
import type { ExportedFiles } from '../../src/export/files';
import { madeUp, tiny } from '../cli/lab';
import { madeUpResults } from '../link/made_up';

/** Text that means something to a reader of CSV and to a spreadsheet. */
export const awkward = ['=cmd("a, b")', '50 %_&#{x}\\ $y^2~', 'never begun'] as const;

const [floor, replay] = tiny.arms;
if (!floor || !replay) throw new Error('the small experiment has two arms');
const never = { ...floor, stages: floor.stages.map((stage) => ({ ...stage, steps: 6 })) };

const experiment: Experiment = {
  ...tiny,
  name: '+name, "quoted"',
  seeds: [2, 1],
  arms: [
    { ...floor, label: awkward[0] },
    { ...replay, label: awkward[1] },
    { ...never, id: '-never', label: awkward[2] },
  ],
};

export const whole = plan(experiment);

/** Seed 2 of `replay` has failed at its third step at the new data; nothing of `-never` is known. */
function recordOf(node: (typeof whole.nodes)[number]): StageRecord[] {
  if (node.arms.includes('-never')) return [];
  const { record } = madeUp(whole, node);
  if (node.seed === 1 || node.stageIndex === 0 || !node.arms.includes('replay')) return [record];
  const failure = { step: 3, message: 'Its loss, =1+1, was\nnot a number.' };
  return [{ ...record, evaluations: record.evaluations.slice(0, 2), final: null, failure, maker: null }];
}

function recordsOf(): Records {
  return new Map(whole.nodes.flatMap((node) => recordOf(node).map((record) => [record.node, record] as const)));
}

export const results: ExportedFiles = {
  ...shownResults({ figure: null, parts: [ownPart(experiment)], records: recordsOf() }),
  version: '9.9.9',
  address: 'https://example.org/?a="&b',
};

/** Of a figure, every stage trained. */
export function figureResults(id: FigureId, seeds: readonly number[]): ExportedFiles {
  const parts = figures[id].parts({ scale: 'XS', seeds, budget: 0.05 });
  const { records } = madeUpResults(id, parts, { noise: 0.01, seed: 7, done: 1 });
  return { ...shownResults({ figure: id, parts, records }), version: '9.9.9', address: null };
}
