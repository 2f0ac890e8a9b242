// Trained stages kept in this browser under the id of their plan node: weights in one database, and in another a small index
// that says what each has shown, how large it is and when it was used last. The index answers all but training. Where the
// browser refuses, fails or is silent, stages are kept in memory and saved when it works again; `onTrouble` hears of both.

import * as v from 'valibot';
import { type StageRecord, savedRecord } from '../experiment/evidence/record';
import { parseRecord } from '../experiment/evidence/schema';
import type { Experiment } from '../experiment/spec';
import type { CheckpointStore, StageResult } from '../train/checkpoints';
import type { Database } from './database';
import { troubleOf } from './trouble';

/** All weights together; beyond it, the stages that were not used for longest are dropped. */
export const budgetBytes = 1_000_000_000;

/** What the index knows of a stage. */
export interface StageEntry {
  readonly record: StageRecord;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly usedAt: number;
  /** Name and size of the experiment that trained it, for people. */
  readonly experiment: string;
}

export interface StageStorage {
  readonly weights: Database;
  readonly index: Database;
  readonly onTrouble: (sentence: string) => void;
  /** Milliseconds since 1970; no result depends on it. */
  readonly now: () => number;
  /** Calls back after some time, when what could not be saved is tried again. */
  readonly later: (action: () => void) => void;
  readonly budget?: number;
}

const floats = v.instance(Float32Array);
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const weightsSchema = v.object({
  state: v.pipe(
    v.object({ parameters: floats, firstMoment: floats, secondMoment: floats, step: whole }),
    v.check(
      ({ parameters, firstMoment, secondMoment }) =>
        parameters.length > 0 &&
        firstMoment.length === parameters.length &&
        secondMoment.length === parameters.length &&
        parameters.every(Number.isFinite),
    ),
  ),
  losses: floats,
});

const entrySchema = v.object({
  record: v.unknown(),
  bytes: whole,
  savedAt: v.number(),
  usedAt: v.number(),
  experiment: v.string(),
});

/** What was stored under the id `node`; null where it is not exactly one whole stage. */
function readResult(value: unknown, node: string): StageResult | null {
  const read = v.safeParse(weightsSchema, value);
  if (!read.success) return null;
  // The first version had what a stage has shown beside its weights.
  const { record: shown = value } = value as { record?: unknown };
  const record = parseRecord(shown, node);
  return record && { ...read.output, record };
}

function readEntry(value: unknown, node: string): StageEntry | null {
  const read = v.safeParse(entrySchema, value);
  const record = read.success ? parseRecord(read.output.record, node) : null;
  return read.success && record ? { ...read.output, record } : null;
}

/** What the index knows, by node; what is damaged there counts as unknown. */
async function readEntries(index: Database): Promise<Map<string, StageEntry>> {
  const known = new Map<string, StageEntry>();
  for (const [node, value] of await index.entries()) {
    const entry = readEntry(value, node);
    if (entry) known.set(node, entry);
  }
  return known;
}

function bytesOf({ state, losses }: StageResult): number {
  return 3 * state.parameters.byteLength + losses.byteLength;
}

function isFull(error: unknown): boolean {
  return troubleOf(error).kind === 'full';
}

const meanwhile = 'Stages that are trained now are kept until the page is closed, and saved as soon as it works again.';
const savedAgain = "This browser's storage works again: what was trained meanwhile is saved.";

export class BrowserStages implements CheckpointStore {
  readonly #storage: StageStorage;
  readonly #memory = new Map<string, { readonly result: StageResult; readonly entry: StageEntry }>();
  #shown: ReadonlySet<string> = new Set();
  #told = false;
  #trying = false;
  #completed: Promise<void> | null = null;

  constructor(storage: StageStorage) {
    this.#storage = storage;
  }

  /** The stages that the open page shows: they are never dropped. */
  show(nodes: Iterable<string>): void {
    this.#shown = new Set(nodes);
  }

  async get(node: string): Promise<StageResult | null> {
    const held = this.#memory.get(node);
    if (held) return held.result;
    try {
      const result = readResult(await this.#storage.weights.get(node), node);
      // That the date cannot be noted loses nothing.
      if (result) await this.#used(node).catch(() => undefined);
      return result;
    } catch (error) {
      this.#tell(error);
      return null;
    }
  }

  async put(result: StageResult, { name, scale }: Pick<Experiment, 'name' | 'scale'>): Promise<void> {
    const { record } = result;
    const now = this.#storage.now();
    const entry = { record, bytes: bytesOf(result), savedAt: now, usedAt: now, experiment: `${name}, ${scale}` };
    try {
      await this.#save(result, entry);
      await this.#trim();
    } catch (error) {
      this.#memory.set(record.node, { result, entry });
      this.#tell(error);
      this.#tryLater();
    }
  }

  /** What the index knows, by node. */
  async entries(): Promise<ReadonlyMap<string, StageEntry>> {
    let known = new Map<string, StageEntry>();
    try {
      await this.#complete();
      known = await readEntries(this.#storage.index);
      // The next trouble is another one.
      if (this.#memory.size === 0) this.#told = false;
    } catch (error) {
      // Then only what memory holds is known.
      this.#tell(error);
    }
    for (const [node, { entry }] of this.#memory) known.set(node, entry);
    return known;
  }

  /** Weights first: what the index names is there. A full disk gives way as long as something may be dropped. */
  async #save(result: StageResult, entry: StageEntry): Promise<void> {
    const { weights, index } = this.#storage;
    const { node } = result.record;
    for (;;) {
      try {
        await weights.set(node, { ...result, record: savedRecord(result.record) });
        await index.set(node, { ...entry, record: savedRecord(entry.record) });
        return;
      } catch (error) {
        const [oldest] = isFull(error) ? this.#droppable(await this.entries(), node) : [];
        if (!oldest) throw error;
        await this.#drop(oldest[0]);
      }
    }
  }

  async #trim(): Promise<void> {
    const budget = this.#storage.budget ?? budgetBytes;
    const kept = await this.entries();
    let all = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [node, { bytes }] of this.#droppable(kept)) {
      if (all <= budget) return;
      await this.#drop(node);
      all -= bytes;
    }
  }

  /** The stages that may go, the one that was not used for longest first. */
  #droppable(kept: ReadonlyMap<string, StageEntry>, except?: string): [string, StageEntry][] {
    return [...kept]
      .filter(([node]) => node !== except && !this.#shown.has(node) && !this.#memory.has(node))
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
  }

  async #drop(node: string): Promise<void> {
    await this.#storage.index.delete([node]);
    await this.#storage.weights.delete([node]);
  }

  async #used(node: string): Promise<void> {
    const entry = readEntry(await this.#storage.index.get(node), node);
    if (entry)
      await this.#storage.index.set(node, { ...entry, record: savedRecord(entry.record), usedAt: this.#storage.now() });
  }

  /** Once: weights that the index does not know, of an earlier version or a page closed too soon, are entered or dropped. */
  #complete(): Promise<void> {
    this.#completed ??= this.#enterUnknown().catch((error: unknown) => {
      this.#completed = null;
      throw error;
    });
    return this.#completed;
  }

  async #enterUnknown(): Promise<void> {
    const { weights, index, now } = this.#storage;
    const known = new Set(await index.keys());
    const stored = await weights.keys();
    for (const node of stored.filter((key) => !known.has(key))) {
      const result = readResult(await weights.get(node), node);
      if (!result) await weights.delete([node]);
      else {
        const entry = { record: savedRecord(result.record), bytes: bytesOf(result), savedAt: now(), usedAt: now() };
        await index.set(node, { ...entry, experiment: 'Kept by an earlier version' });
      }
    }
    await index.delete([...known].filter((key) => !stored.includes(key)));
  }

  #tryLater(): void {
    if (this.#trying) return;
    this.#trying = true;
    this.#storage.later(() => {
      this.#trying = false;
      void this.#saveHeld();
    });
  }

  async #saveHeld(): Promise<void> {
    try {
      for (const [node, { result, entry }] of this.#memory) {
        await this.#save(result, entry);
        this.#memory.delete(node);
      }
      await this.#trim();
    } catch {
      this.#tryLater();
      return;
    }
    this.#told = false;
    this.#storage.onTrouble(savedAgain);
  }

  #tell(error: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.#storage.onTrouble(`${troubleOf(error).message} ${meanwhile}`);
  }
}

export interface KeptExperiment {
  readonly experiment: string;
  readonly stages: number;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** What is kept, by experiment, the last used first; a sentence where it cannot be told. */
export async function keptExperiments(index: Database): Promise<KeptExperiment[] | string> {
  try {
    const kept = new Map<string, KeptExperiment>();
    for (const { experiment, bytes, usedAt } of (await readEntries(index)).values()) {
      const before = kept.get(experiment) ?? { experiment, stages: 0, bytes: 0, usedAt };
      kept.set(experiment, {
        experiment,
        stages: before.stages + 1,
        bytes: before.bytes + bytes,
        usedAt: Math.max(before.usedAt, usedAt),
      });
    }
    return [...kept.values()].sort((a, b) => b.usedAt - a.usedAt);
  } catch (error) {
    return troubleOf(error).message;
  }
}
