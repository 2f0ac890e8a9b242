// Results that nobody trained: curves that fall as real ones do, with noise, from random numbers that a seed fixes.

import { random32 } from '../../src/data/random';
import type { StageRecord } from '../../src/experiment/evidence/record';
import type { FigureId } from '../../src/experiment/figures';
import type { FigurePart } from '../../src/experiment/part';
import { plan } from '../../src/experiment/plan';

export interface MadeUp {
  /** Nats between two evaluations, up or down. */
  readonly noise: number;
  readonly seed: number;
  /** Share of the stages that have ended; those after it have half their evaluations, or none. */
  readonly done: number;
}

export function madeUpResults(figure: FigureId | null, parts: readonly FigurePart[], { noise, seed, done }: MadeUp) {
  const records = new Map<string, StageRecord>();
  const random = (p: number, n: number, what: number, k = 0, i = 0) =>
    random32(seed, 'sample', 1000 * p + n, 1_000_000 * what + 10_000 * k + i) / 2 ** 32;
  for (const [p, part] of parts.entries()) {
    const { nodes, readings } = plan(part.experiment);
    const ends = new Map<string, readonly number[]>();
    for (const [n, node] of nodes.entries()) {
      const share = random(p, n, 0);
      if (share > done + 0.5 * (1 - done)) continue;
      const whole = share <= done;
      const steps = whole ? node.evaluateAt : node.evaluateAt.slice(0, Math.ceil(node.evaluateAt.length / 2));
      const before = node.start.kind === 'continue' ? ends.get(node.start.node) : undefined;
      const curve = readings
        .filter(({ set }) => set === 'curve')
        .map((_, k) => {
          const begin = before?.[k] ?? 5.55;
          const end = 1.8 + 0.4 * k + 0.1 * random(p, n, 1, k);
          return steps.map((step, i) => {
            const gone = 1 - Math.exp((-4 * step) / node.stage.steps);
            return begin + (end - begin) * gone + noise * (random(p, n, 2, k, i) - 0.5);
          });
        });
      ends.set(
        node.id,
        curve.map((values) => values.at(-1) ?? 0),
      );
      records.set(node.id, {
        node: node.id,
        origin: 'file',
        evaluations: steps.map((step, i) => ({ step, trainLoss: 2, values: curve.map((values) => values[i] ?? 0) })),
        final: whole ? curve.map((values) => (values.at(-1) ?? 0) + 0.001 * random(p, n, 3)) : null,
        failure: !whole && random(p, n, 4) < 0.3 ? { step: 3, message: 'Its loss was not a number: “∞”.' } : null,
        corpora: whole ? [{ name: 'literature', bytes: 8_000_000, sha256: 'ab12'.repeat(16) }] : [],
        maker: whole
          ? { version: '0.1.0', engine: 'webgpu', adapter: 'SwiftShader driver 5.0.0', kernels: { a: 'b' } }
          : null,
      });
    }
  }
  return { version: '0.1.0', figure, parts, records };
}
