// Finished stages as files: <node>.bin holds weights, AdamW moments and training losses, <node>.json the rest. The
// JSON is written last and holds a digest of both, so a pair that is cut off, damaged or mixed up is noticed, said
// and trained again.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type SavedRecord, type StageRecord, savedRecord } from '../experiment/evidence/record';
import { parseRecord } from '../experiment/evidence/schema';
import type { CheckpointStore, StageResult } from '../train/checkpoints';
import { readIfThere, writeJson, writeWhole } from './files';

export interface FileCheckpointOptions {
  readonly folder: string;
  /** P of the model of a stage; a checkpoint of another size is not used. */
  readonly parameters: (node: string) => number;
  /** Name of the adapter that trains. */
  readonly adapter: string;
  /** Hears one sentence about each checkpoint that is not used, and about other adapters. */
  readonly report: (sentence: string) => void;
}

/** What stands in the JSON file; numbers that belong to `bin` are counted in floats. */
interface CheckpointFile {
  readonly v: 2;
  readonly parameters: number;
  readonly losses: number;
  readonly optimizerStep: number;
  readonly record: SavedRecord;
}

export function fileCheckpoints(options: FileCheckpointOptions): CheckpointStore {
  const { folder, parameters, adapter, report } = options;
  const otherAdapters = new Set<string>();
  return {
    async get(node) {
      const read = await readCheckpoint(folder, node, parameters(node));
      if (!read) return null;
      if ('problem' in read) {
        report(`${read.problem} Its stage is trained again.`);
        return null;
      }
      const { maker } = read.record;
      if (maker && maker.adapter !== adapter && !otherAdapters.has(maker.adapter)) {
        otherAdapters.add(maker.adapter);
        report(`Stages that are finished were trained on another adapter: ${maker.adapter}.`);
      }
      return read;
    },
    async put(result) {
      const bin = floatsToBytes(result);
      const file: CheckpointFile = {
        v: 2,
        parameters: result.state.parameters.length,
        losses: result.losses.length,
        optimizerStep: result.state.step,
        record: savedRecord(result.record),
      };
      const { node } = result.record;
      await writeWhole(filePath(folder, node, 'bin'), bin);
      await writeJson(filePath(folder, node, 'json'), { sha256: digest(file, bin), record: file });
    },
  };
}

function floatsToBytes({ state, losses }: StageResult): Uint8Array {
  const parts = [state.parameters, state.firstMoment, state.secondMoment, losses];
  return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
}

function digest(record: unknown, bin: Uint8Array): string {
  return createHash('sha256').update(JSON.stringify(record)).update(bin).digest('hex');
}

function filePath(folder: string, node: string, ending: 'bin' | 'json'): string {
  return join(folder, `${node}.${ending}`);
}

/** A stage, or a sentence that names the file. */
type CheckpointRead = StageResult | { readonly problem: string };

/** Null where there is none. */
export async function readCheckpoint(folder: string, node: string, parameters: number): Promise<CheckpointRead | null> {
  const path = filePath(folder, node, 'json');
  const json = await readIfThere(path);
  if (!json) return null;
  const bin = await readIfThere(filePath(folder, node, 'bin'));
  if (!bin) return { problem: `The checkpoint ${path} cannot be used: its .bin file is missing.` };
  const file = readFile(json.toString('utf8'), bin);
  const record = file && recordIn(file, node);
  const problem = file === null ? 'it is damaged' : foreign(file, record, parameters, bin);
  if (file === null || record === null || problem !== null) {
    return { problem: `The checkpoint ${path} cannot be used: ${problem}.` };
  }
  const floats = new Float32Array(bin.length / 4);
  new Uint8Array(floats.buffer).set(bin);
  const part = (i: number) => floats.slice(i * parameters, (i + 1) * parameters);
  const state = { parameters: part(0), firstMoment: part(1), secondMoment: part(2), step: file.optimizerStep };
  return { record, state, losses: floats.slice(3 * parameters) };
}

/** The first version had what a stage has shown beside the counts. */
type AnyFile = Omit<CheckpointFile, 'v' | 'record'> & { readonly v: unknown; readonly record?: unknown };

/** What the file says if the digest vouches for it and the floats: only what this program wrote whole has it. */
function readFile(json: string, bin: Uint8Array): AnyFile | null {
  try {
    const file: { sha256?: unknown; record?: AnyFile } | null = JSON.parse(json);
    return file?.record && file.sha256 === digest(file.record, bin) ? file.record : null;
  } catch {
    return null;
  }
}

function recordIn(file: AnyFile, node: string): StageRecord | null {
  return parseRecord(file.v === 1 ? file : file.record, node);
}

/** The end of a sentence: why a sound checkpoint is not the one that is looked for. */
function foreign(file: AnyFile, record: StageRecord | null, parameters: number, bin: Uint8Array): string | null {
  if (file.v !== 1 && file.v !== 2) return 'it was written by another version';
  if (record === null) return 'it belongs to another stage';
  if (file.parameters !== parameters) return 'it belongs to another model';
  if (bin.length !== 4 * (3 * parameters + file.losses)) return 'its length is wrong';
  return null;
}
