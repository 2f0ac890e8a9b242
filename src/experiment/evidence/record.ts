// What a stage has shown, weights apart: the one value that trainer, page, command line, storage and files exchange. A
// record belongs to a node of a plan, which knows the stage, its arms and its seed.

/** One measurement of a stage. */
export interface Evaluation {
  /** Steps taken in the stage. */
  readonly step: number;
  /** Mean training loss since the evaluation before, nats a token; null at step 0. */
  readonly trainLoss: number | null;
  /** Mean losses, nats a token, one for each reading of the curve set, in the order of the plan's readings. */
  readonly values: readonly number[];
}

/** A corpus as it was when it was trained on. */
export interface CorpusStamp {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What made a record. */
export interface Maker {
  /** Version of this program. */
  readonly version: string;
  readonly engine: string;
  /** Name of the graphics adapter, or of the processor's engine. */
  readonly adapter: string;
  /** The forms of the kernels as the engine names them; null where there is only one. */
  readonly kernels: object | null;
}

/** How a record came here: trained by this run, found in what is kept, or read out of a file. */
export type Origin = 'trained' | 'kept' | 'file';

export interface Failure {
  /** Steps of the stage that were taken. */
  readonly step: number;
  /** A sentence. */
  readonly message: string;
}

export interface StageRecord {
  /** Id of the plan node. */
  readonly node: string;
  readonly origin: Origin;
  /** In the order of steps; the first is that of step 0. */
  readonly evaluations: readonly Evaluation[];
  /** After the last step, one value for each reading of the final set; null until then. */
  readonly final: readonly number[] | null;
  /** Why it could not go on; null where it could. */
  readonly failure: Failure | null;
  /** The text that it was trained and measured on; empty until it has ended. */
  readonly corpora: readonly CorpusStamp[];
  /** Null until it has ended. */
  readonly maker: Maker | null;
  /** Seconds spent on the stage at each evaluation. Known where it was trained, never saved: no result depends on a clock. */
  readonly seconds?: readonly number[];
}

/** What of a record is saved: how it came here depends on the reader, and seconds on the hour. */
export type SavedRecord = Omit<StageRecord, 'origin' | 'seconds'>;

export function savedRecord({ origin: _, seconds: __, ...saved }: StageRecord): SavedRecord {
  return saved;
}

/** Records by the id of their node. */
export type Records = ReadonlyMap<string, StageRecord>;

/** Whether a stage has come to its end, so that there is a number for a table. */
export function anyEnd(records: Records): boolean {
  return [...records.values()].some(({ final }) => final !== null);
}

/** Of a stage about to be trained. */
export function emptyRecord(node: string): StageRecord {
  return { node, origin: 'trained', evaluations: [], final: null, failure: null, corpora: [], maker: null };
}
