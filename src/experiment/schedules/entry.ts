// What a schedule says of itself. A kind is a file that fills this in; index.ts lists them, and trainer, reader of files,
// editor, names and limits follow from the list.

declare const unit: unique symbol;

/** Learning rate as AdamW takes it. A plain number passes for one; a `Multiple` does not. */
export type Rate = number & { readonly [unit]?: 'rate' };
/** Learning rate as a multiple of the scale's peak, so that another model size keeps the ratios. */
export type Multiple = number & { readonly [unit]?: 'multiple' };

/** What every schedule has: from zero to `peak` over the first `warmup` of the stage (a fraction of its steps). */
export interface Warmed<R = Rate> {
  readonly warmup: number;
  readonly peak: R;
}

/** Names of the fields of a schedule that are numbers. */
export type NumberOf<S> = S extends unknown
  ? { [K in keyof S]: S[K] extends number ? K : never }[keyof S] & string
  : never;

/** One phase of a stage's schedule; `start` and `end` are fractions of the stage's steps. */
export interface SchedulePhase {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Old data, after which training goes on, or new data, after which it ends. */
export type StageName = 'first' | 'second';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** In full for lists and tables, short for the ends of lines. */
export interface Name {
  readonly full: string;
  readonly short: string;
}

/** A number in itself, alike in every schedule that has it. */
export interface Quantity {
  /** `share` of the stage's steps, 0 to 1; learning `rate`; or `plain`. */
  readonly unit: 'share' | 'rate' | 'plain';
  /** In the editor: a student's word, the paper's term, a sentence. */
  readonly label: string;
  readonly term: string;
  readonly help: string;
  /** In a sentence about another number: `the end of the warmup`. */
  readonly phrase: string;
  /** Of an arm that has this value: `5 % warmup`. */
  name(value: string): Name;
  /** What its slider reaches. */
  readonly slider: Range;
  /** Step of a share everywhere, of other numbers in their box; sliders and keys take those along rungs. */
  readonly step: number;
}

/** A number as one kind of schedule has it. The functions are methods so that the list of kinds may hold them all. */
export interface NumberEntry<S> extends Quantity {
  /** The authors' value beside the schedule's others. */
  usual(schedule: S, stage: StageName): number;
  /** What the paper tested beside the schedule's others. */
  tested(schedule: S): Range;
  /** False where the curve has no such part; always true when left out. */
  shown?(schedule: S): boolean;
  /** False where another value would train the same although it is shown; always true when left out. */
  counts?(schedule: S): boolean;
  /** True for a rate that may be zero. */
  readonly zero?: boolean;
}

/** A point of the curve that can be taken and moved; there is none where its numbers do not count. */
export interface HandleEntry<N extends string> {
  readonly name: string;
  /** The number that left and right change; null for the end of the stage. */
  readonly x: N | null;
  /** The number that up and down change, if there is one. */
  readonly y: N | null;
  /** The number that is its height. */
  readonly level: N;
  /** `Peak`, which is followed by `on the old data:`, and what moving it does. */
  readonly label: string;
  readonly help: string;
}

export interface Entry<S, N extends string = NumberOf<S>> {
  /** Among all that the editor offers. */
  readonly id: string;
  /** The fields that are no numbers, `kind` first: what tells this schedule from the others. */
  readonly fixed: Readonly<Omit<S, NumberOf<S>>>;
  /** In the editor, and what a screen reader says. */
  readonly label: string;
  readonly spoken: string;
  name(schedule: S): Name;
  /** In the order of the curve. */
  readonly numbers: Readonly<Record<N, NumberEntry<S>>>;
  /** Pairs of numbers, the lower one first, that may meet but not cross. */
  readonly bounds: readonly (readonly [lower: N, upper: N])[];
  /** From left to right. */
  readonly handles: readonly HandleEntry<N>[];
  /** True where rates become absolute without being rounded. */
  readonly bare?: boolean;
  /** Learning rate of a step after the warmup. */
  rate(schedule: S, step: number, steps: number): number;
  /** What follows the warmup. */
  phases(schedule: S): readonly SchedulePhase[];
  /** A schedule of this kind with the numbers that the given one has too; the rest is the authors'. */
  from(given: Warmed<number> & { readonly kind: string; readonly floor?: number }, stage: StageName): S;
  /** The same training always as the same value; the schedule itself when left out. */
  canonical?(schedule: S): S;
}
