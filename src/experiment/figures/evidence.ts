// What was measured, in the form that claims, tables and charts read: by part of a figure and arm, one record a seed.

/** Both validation losses, nats a token. */
export interface Losses {
  readonly d0: number;
  readonly d1: number;
}

export interface Measurement extends Losses {
  /** Steps taken in the stage. */
  readonly step: number;
  /** Training tokens since the arm's first stage began. */
  readonly tokens: number;
  /** Spent on the stage so far; left out where it was trained before. */
  readonly seconds?: number;
}

export interface StageRecord {
  readonly name: string;
  /** Steps of the whole stage. */
  readonly steps: number;
  /** On the small fixed windows, raw, in the order of steps; the first is that of step 0. */
  readonly evaluations: readonly Measurement[];
  /** On the whole validation sets after the last step; null until then. */
  readonly final: Losses | null;
}

/** One arm trained with one seed. */
export interface ArmRecord {
  readonly seed: number;
  /** In the order they were trained; the shared beginning included. */
  readonly stages: readonly StageRecord[];
}

/** Records of an arm, seeds in ascending order; empty where nothing is known. */
export type Evidence = (part: string, arm: string) => readonly ArmRecord[];
