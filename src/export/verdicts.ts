// verdicts.json: every claim of the figure with its margin, its verdict, effect, interval and number of seeds.

import { judgeFigure } from '../experiment/claims';
import type { ShownResults } from '../experiment/shown';

export function verdictsJson({ of, evidence }: ShownResults): string {
  const verdicts = {
    v: 1,
    figure: of.id,
    source: of.source,
    verdicts: judgeFigure(of, evidence).map(({ claim, verdict }) => {
      const { judge: _, needs: __, ...facts } = claim;
      return { ...facts, ...verdict };
    }),
  };
  return `${JSON.stringify(verdicts, null, 2)}\n`;
}
