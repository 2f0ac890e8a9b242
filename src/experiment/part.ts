// A part of a figure: one experiment, with its own pair of charts.

import type { Experiment } from './spec';

/** `own`: the one part of an experiment of one's own. */
export const partKeys = ['weak', 'strong', 'small', 'large', 'splits', 'own'] as const;
export type PartKey = (typeof partKeys)[number];

/** One experiment of a figure, with its own pair of charts. */
export interface FigurePart {
  readonly key: PartKey;
  /** `Weak shift`, for a tab. */
  readonly title: string;
  readonly experiment: Experiment;
  /** Arms drawn as horizontal lines at their final loss; all others are curves. */
  readonly references: readonly string[];
}
