// The experiment language: what is trained, as a plain readonly JSON value. See parse.ts for reading
// one from outside, plan.ts for what it costs, schedules/ for learning rates.

import type { Schedule } from './schedules';

export type ScaleName = 'XS' | 'S' | 'M' | 'L';

/**
 * A corpus by its name in the packed manifest, or one of its three IID splits: `literature`, `speeches`,
 * `german`, `literature/1` (splits are 1, 2, 3).
 */
export type CorpusName = string;

/** Which text a stage reads. `replay.fraction` of the sequences come from `replay.corpus`, from its start. */
export interface Mixture {
  readonly corpus: CorpusName;
  /** Sequences left out at the corpus's beginning, because earlier stages read them; none when left out. */
  readonly skip?: number;
  readonly replay: { readonly corpus: CorpusName; readonly fraction: number } | null;
}

export interface Stage {
  /** Short name shown on charts and written to results: `d0`, `d1`. */
  readonly name: string;
  readonly mixture: Mixture;
  readonly steps: number;
  readonly schedule: Schedule;
  /** Length of the whole schedule when the stage ends before it does; `steps` when left out. */
  readonly scheduleSteps?: number;
  /** What happens to AdamW's moments and step count at the start; the papers reset them at every dataset border. */
  readonly optimizer: 'reset' | 'keep';
}

export interface Arm {
  /** Letters, digits and dashes; unique in the experiment. */
  readonly id: string;
  readonly label: string;
  /** The arm's own model, on the context that all share; the experiment's when left out. */
  readonly model?: ArmModel;
  readonly init: ArmInit;
  readonly stages: readonly Stage[];
}

/** What an arm's first stage begins with: random weights of the seed, or those of a file, by their sum (train/weights.ts). */
export type ArmInit = { readonly kind: 'random' } | { readonly kind: 'weights'; readonly sha256: string };

export interface ModelSpec {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly context: number;
  readonly rotaryFraction: number;
}

/** What of a model an arm may have of its own: all arms read the same windows. */
export type ArmModel = Omit<ModelSpec, 'context'>;

export interface EvaluationSpec {
  /** Old data: what may be forgotten. */
  readonly d0: CorpusName;
  /** New data: what is to be learned. */
  readonly d1: CorpusName;
  /** Tokens of each validation set along the curve (fixed windows, the same for every arm and seed). */
  readonly curveTokens: number;
  /** Tokens of each validation set at the end of a stage. */
  readonly finalTokens: number;
  /** Evaluate after each of the first `denseSteps` steps of a stage, then every 10 steps up to a tenth of it ... */
  readonly denseSteps: number;
  /** ... and about this many times over the stage, evenly. */
  readonly points: number;
}

export interface Experiment {
  readonly v: 1;
  readonly name: string;
  readonly scale: ScaleName | 'custom';
  readonly model: ModelSpec;
  /** B, sequences a step. */
  readonly batch: number;
  readonly seeds: readonly number[];
  readonly evaluation: EvaluationSpec;
  readonly arms: readonly Arm[];
}
