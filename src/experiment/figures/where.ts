// Where a claim can be seen: a chart that has something of it to show, so that nobody is led to an empty one, and before
// others one of what decided the verdict, so that nobody is led to the opposite.

import type { Claim, Verdict } from '../claims/claim';
import type { Evidence } from '../evidence/evidence';
import type { FigurePart, PartKey } from '../part';
import type { Measure } from '../readings';
import type { Figure } from './figure';
import { figureLines } from './lines';

export interface Place {
  readonly part: PartKey;
  readonly measure: Measure;
  /** The runs of the claim that may be drawn there. */
  readonly arms: readonly string[];
}

/** A part and those of its arms that may be drawn. */
interface Drawable {
  readonly part: FigurePart;
  readonly arms: readonly string[];
}

/**
 * The chart that the claim names, or that of another part where the verdict was decided there or only this one has a curve;
 * null where none has.
 */
export function whereSeen(
  figure: Pick<Figure, 'origin'>,
  { show, needs }: Pick<Claim, 'show' | 'needs'>,
  parts: readonly Drawable[],
  evidence: Evidence,
  { outcome, findings }: Pick<Verdict, 'outcome' | 'findings'>,
): Place | null {
  const places = parts.flatMap(({ part, arms: drawn }): Place[] => {
    const own = needs.filter((need) => need.part === part.key && drawn.includes(need.arm));
    const arms = [...new Set(own.map(({ arm }) => arm))];
    const curves = figureLines(figure, part, show.measure, evidence, (arm) => arms.includes(arm));
    return curves.length === 0 ? [] : [{ part: part.key, measure: show.measure, arms }];
  });
  const decisive = findings.filter((finding) => finding.outcome === outcome);
  const decided = places.filter(({ part }) => decisive.some((finding) => finding.parts.includes(part)));
  const best = decided.length > 0 ? decided : places;
  return best.find(({ part }) => part === show.part) ?? best[0] ?? null;
}
