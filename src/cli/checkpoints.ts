// Finished stages as files: <node>.bin holds weights, AdamW moments and training losses, <node>.json the rest. The
// JSON is written last and holds a digest of both, so a pair that is cut off, damaged or mixed up is noticed, said
// and trained again.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type KernelForms, parseForms } from '../engine/forms/forms';
import type { CheckpointStore, CorpusStamp, NodeResult } from '../train/checkpoints';
import type { Evaluation, FinalLosses } from '../train/events';
import { readIfThere, writeJson, writeWhole } from './files';

export interface FileCheckpointOptions {
  readonly folder: string;
  /** P of the model; a checkpoint of another size is not used. */
  readonly parameters: number;
  /** Name of the adapter that trains, saved with each checkpoint. */
  readonly adapter: string;
  /** Hears one sentence about each checkpoint that is not used, and about other adapters. */
  readonly report: (sentence: string) => void;
}

/** What stands in the JSON file; numbers that belong to `bin` are counted in floats. */
interface CheckpointRecord {
  readonly v: 1;
  readonly node: string;
  readonly adapter: string;
  readonly parameters: number;
  readonly losses: number;
  readonly optimizerStep: number;
  readonly evaluations: readonly Evaluation[];
  readonly final: FinalLosses;
  readonly corpora: readonly CorpusStamp[];
  readonly kernels: KernelForms | null;
}

export function fileCheckpoints(options: FileCheckpointOptions): CheckpointStore {
  const { folder, parameters, adapter, report } = options;
  const otherAdapters = new Set<string>();
  return {
    async get(node) {
      const read = await readCheckpoint(folder, node, parameters);
      if (!read) return null;
      if ('problem' in read) {
        report(`${read.problem} Its stage is trained again.`);
        return null;
      }
      if (read.adapter !== adapter && !otherAdapters.has(read.adapter)) {
        otherAdapters.add(read.adapter);
        report(`Stages that are finished were trained on another adapter: ${read.adapter}.`);
      }
      return read.result;
    },
    async put(result) {
      const bin = floatsToBytes(result);
      const record: CheckpointRecord = {
        v: 1,
        node: result.node,
        adapter,
        parameters: result.state.parameters.length,
        losses: result.losses.length,
        optimizerStep: result.state.step,
        evaluations: result.evaluations,
        final: result.final,
        corpora: result.corpora ?? [],
        kernels: result.kernels ?? null,
      };
      await writeWhole(filePath(folder, result.node, 'bin'), bin);
      await writeJson(filePath(folder, result.node, 'json'), { sha256: digest(record, bin), record });
    },
  };
}

function floatsToBytes({ state, losses }: NodeResult): Uint8Array {
  const parts = [state.parameters, state.firstMoment, state.secondMoment, losses];
  return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
}

function digest(record: unknown, bin: Uint8Array): string {
  return createHash('sha256').update(JSON.stringify(record)).update(bin).digest('hex');
}

function filePath(folder: string, node: string, ending: 'bin' | 'json'): string {
  return join(folder, `${node}.${ending}`);
}

export type CheckpointRead =
  | { readonly adapter: string; readonly result: NodeResult }
  /** A sentence that names the file. */
  | { readonly problem: string };

/** Null where there is none. */
export async function readCheckpoint(folder: string, node: string, parameters: number): Promise<CheckpointRead | null> {
  const path = filePath(folder, node, 'json');
  const json = await readIfThere(path);
  if (!json) return null;
  const bin = await readIfThere(filePath(folder, node, 'bin'));
  if (!bin) return { problem: `The checkpoint ${path} cannot be used: its .bin file is missing.` };
  const record = readRecord(json.toString('utf8'), bin);
  const problem = record === null ? 'it is damaged' : foreign(record, node, parameters, bin);
  if (record === null || problem !== null) return { problem: `The checkpoint ${path} cannot be used: ${problem}.` };
  const floats = new Float32Array(bin.length / 4);
  new Uint8Array(floats.buffer).set(bin);
  const part = (i: number) => floats.slice(i * parameters, (i + 1) * parameters);
  const state = { parameters: part(0), firstMoment: part(1), secondMoment: part(2), step: record.optimizerStep };
  const { adapter, evaluations, final, corpora } = record;
  const rest = {
    evaluations,
    losses: floats.slice(3 * parameters),
    final,
    corpora,
    kernels: parseForms(record.kernels),
  };
  return { adapter, result: { v: 1, node, state, ...rest } };
}

/** The record if the digest vouches for it and the floats: only what this program wrote whole has it. */
function readRecord(json: string, bin: Uint8Array): CheckpointRecord | null {
  try {
    const file: { sha256?: unknown; record?: CheckpointRecord } | null = JSON.parse(json);
    return file?.record && file.sha256 === digest(file.record, bin) ? file.record : null;
  } catch {
    return null;
  }
}

/** The end of a sentence: why a sound checkpoint is not the one that is looked for. */
function foreign(record: CheckpointRecord, node: string, parameters: number, bin: Uint8Array): string | null {
  if (record.v !== 1) return 'it was written by another version';
  if (record.node !== node) return 'it belongs to another stage';
  if (record.parameters !== parameters) return 'it belongs to another model';
  if (bin.length !== 4 * (3 * parameters + record.losses)) return 'its length is wrong';
  return null;
}
