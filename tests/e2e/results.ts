// A file of results with made-up losses, as Save writes it: every curve, number and claim of a figure, without training.

import type { StageRecord } from '../../src/experiment/evidence/record';
import { type FigureId, figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import { savedResults } from '../../src/experiment/saved';

const study = { scale: 'XS', seeds: [1, 2, 3], budget: 0.1 } as const;

/** @param id null for an experiment of one's own */
export function madeUpResults(id: FigureId | null): string {
  const parts = id === null ? [ownPart(preset('weak', { scale: 'XS', seeds: [1, 2, 3] }))] : figures[id].parts(study);
  const records = parts.flatMap((part): StageRecord[] => {
    const { nodes, readings } = plan(part.experiment);
    return nodes.map(({ id: node, seed, stage, evaluateAt }, i) => {
      const at = (step: number, of: 'curve' | 'final') =>
        readings
          .filter(({ set }) => set === of)
          .map((_, k) => 2.5 + 0.01 * seed + 0.03 * (i % 7) + 0.2 * k - step / 1000);
      const evaluations = evaluateAt.map((step) => ({
        step,
        trainLoss: step === 0 ? null : 2,
        values: at(step, 'curve'),
      }));
      return {
        node,
        origin: 'trained',
        evaluations,
        final: at(stage.steps, 'final'),
        failure: null,
        corpora: [{ name: 'literature', bytes: 10, sha256: 'ff' }],
        maker: { version: '0', engine: 'made up', adapter: 'none', kernels: null },
      };
    });
  });
  return JSON.stringify(savedResults('0', id, parts, new Map(records.map((record) => [record.node, record]))));
}
