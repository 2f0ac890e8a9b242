// A figure of a paper as a value: its question, what to train for it, what to draw and which claims to judge. It is a
// page of the gallery, a command, a test case and documentation at once; adding one touches one file and the index.

import type { FigurePart, PartKey } from '../part';
import type { Measure } from '../readings';
import type { StudyOptions } from './study';

/** What is known of a number of the paper: printed in a table, said in the text, read off a figure. */
export type Known = 'table' | 'text' | 'figure';

/** Validation losses of one run of the paper, nats a token; null where it gives none. */
export interface PaperLosses {
  readonly old: number | null;
  readonly new: number | null;
  readonly known: Known;
}

export interface PaperNumbers {
  /** `Table 2`. */
  readonly source: string;
  /** D0 loss of the model that all continued runs start from. */
  readonly base: number | null;
  /** By arm. */
  readonly arms: Readonly<Record<string, PaperLosses>>;
}

/** Highest rises of the D0 loss over its value at the switch that the paper states, in nats, by arm. */
export interface PaperPeaks {
  readonly source: string;
  readonly known: Known;
  readonly arms: Readonly<Record<string, number>>;
}

/** What the table can say of a run; see table.ts. */
export type TableColumn = 'old' | 'new' | 'average' | 'forgetting' | 'learned' | 'removed' | 'cost';

export interface Figure {
  /** As in the list of index.ts; `own` for an experiment of one's own. */
  readonly id: string;
  /** `Figure 5`, for menus and headings. */
  readonly name: string;
  /** `Ibrahim et al. 2024, Figure 5 and Table 2`. */
  readonly source: string;
  /** A student's question; the page's title. */
  readonly question: string;
  /** What to watch for, one sentence. */
  readonly watch: string;
  /**
   * Where x is 0: at the switch to new data, or at the first step. `base`: at the first step, and what comes before an arm's last
   * stage is a line of its own, which arms share.
   */
  readonly origin: 'switch' | 'start' | 'base';
  /** Charts of each part, from left to right. */
  readonly measures: readonly Measure[];
  /** Share of the x axis that is drawn at first; below 1 where the figure is about the beginning. */
  readonly window: number;
  parts(options: StudyOptions): readonly FigurePart[];
  /** By part; a part without numbers in the paper is left out. */
  readonly paper: Readonly<Partial<Record<PartKey, PaperNumbers>>>;
  /** Left out where the paper states none. */
  readonly peaks?: PaperPeaks;
  /** Columns of its table; left out for those that compare with a paper. */
  readonly columns?: readonly TableColumn[];
  /** Ids of the claims that are judged from it, in the order of the page; see claims/. */
  readonly claims: readonly string[];
}
