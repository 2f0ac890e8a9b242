// A figure of a paper as a value: its question, what to train for it, what to draw and which claims to judge. It is a
// page of the gallery, a command, a test case and documentation at once; adding one touches one file and the index.

import type { Experiment } from '../spec';
import type { StudyOptions } from './study';

export const figureIds = ['3', '4', '5', '6', '7', '8', '9', '10', 'gupta-5'] as const;
export type FigureId = (typeof figureIds)[number];

export type PartKey = 'weak' | 'strong' | 'small' | 'large' | 'splits';
export type Measure = 'd0' | 'd1';

/** One experiment of a figure, with its own pair of charts. */
export interface FigurePart {
  readonly key: PartKey;
  /** `Weak shift`, for a tab. */
  readonly title: string;
  readonly experiment: Experiment;
  /** Arms drawn as horizontal lines at their final loss; all others are curves. */
  readonly references: readonly string[];
}

/** What is known of a number of the paper: printed in a table, said in the text, read off a figure. */
export type Known = 'table' | 'text' | 'figure';

/** Validation losses of one run of the paper, nats a token; null where it gives none. */
export interface PaperLosses {
  readonly d0: number | null;
  readonly d1: number | null;
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

export interface Figure {
  readonly id: FigureId;
  /** `Figure 5`, for menus and headings. */
  readonly name: string;
  /** `Ibrahim et al. 2024, Figure 5 and Table 2`. */
  readonly source: string;
  /** A student's question; the page's title. */
  readonly question: string;
  /** What to watch for, one sentence. */
  readonly watch: string;
  /** Where x is 0: at the switch to new data, or at the first step. */
  readonly origin: 'switch' | 'start';
  /** Charts of each part, from left to right. */
  readonly measures: readonly Measure[];
  /** Share of the x axis that is drawn at first; below 1 where the figure is about the beginning. */
  readonly window: number;
  parts(options: StudyOptions): readonly FigurePart[];
  /** By part; a part without numbers in the paper is left out. */
  readonly paper: Readonly<Partial<Record<PartKey, PaperNumbers>>>;
  /** Left out where the paper states none. */
  readonly peaks?: PaperPeaks;
  /** Ids of the claims that are judged from it, in the order of the page; see claims/. */
  readonly claims: readonly string[];
}
