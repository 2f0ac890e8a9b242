// `export`: one checkpoint as files for other programs, with all that is needed to repeat its training if asked.

import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { TextData } from '../data/text';
import type { ModelShape } from '../engine/model';
import { paperAdamW } from '../engine/optimizer';
import type { CorpusStamp } from '../experiment/evidence/record';
import { audit, auditFile, initialWeightsFile, isAuditFile } from '../train/audit';
import { huggingFaceConfig, toHuggingFace } from '../train/huggingface';
import { writeSafetensors } from '../train/safetensors';
import type { ExportCommand } from './commands';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { FileError, removeFile, writeJson, writeWhole } from './files';
import { openCheckpoint, type SavedCheckpoint } from './folder';

export async function exportCheckpoint(command: ExportCommand, { stdout }: Console): Promise<number> {
  const checkpoint = await openCheckpoint(command);
  const { model, parameters } = checkpoint;
  // All of it is made before anything is written.
  const files: [name: string, content: Uint8Array | object][] = [
    ['model.safetensors', weights(model, parameters)],
    ['config.json', huggingFaceConfig(model)],
    ['lab.json', origin(command, checkpoint)],
    ...(command.audit ? await auditFiles(checkpoint) : []),
  ];
  await removeAudit(command.to);
  for (const [name, content] of files) {
    const path = join(command.to, name);
    await (content instanceof Uint8Array ? writeWhole(path, content) : writeJson(path, content));
  }
  stdout.write(`Wrote ${files.map(([name]) => name).join(', ')} to ${command.to}\n`);
  return exitCode.done;
}

/** `pt` is the format that Hugging Face's loader asks for. */
function weights(model: ModelShape, parameters: Float32Array): Uint8Array {
  return writeSafetensors(toHuggingFace(model, parameters), { format: 'pt' });
}

async function auditFiles({
  experiment,
  model,
  stages,
  initial,
}: SavedCheckpoint): Promise<[string, Uint8Array | object][]> {
  const data = await openCorpora(experiment);
  for (const { result } of stages) checkText(data, result.record.corpora);
  const { description, files } = audit({ experiment, model, optimizer: paperAdamW, stages, data });
  return [[initialWeightsFile, weights(model, initial)], ...files, [auditFile, description]];
}

/** Of an earlier export: beside these weights it would prove another training. */
async function removeAudit(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch((): string[] => []);
  // Without its description, files of such names are somebody else's.
  if (!names.includes(auditFile)) return;
  for (const name of names.filter(isAuditFile)) await removeFile(join(folder, name));
}

/** Batches are cut from the text that is here now, so it must be the text that was trained on. */
function checkText(data: TextData, stamps: readonly CorpusStamp[]): void {
  const now = new Map(data.entries().map(({ name, sha256 }) => [name, sha256]));
  const changed = stamps.find(({ name, sha256 }) => now.get(name) !== sha256);
  if (!changed) return;
  throw new FileError(
    `The text "${changed.name}" has changed since the training, so its batches cannot be written. ` +
      'Run the experiment again, or export without --audit.',
  );
}

/** The content of lab.json: where the weights come from. */
function origin(command: ExportCommand, { experiment, version, arm, stages, model }: SavedCheckpoint): object {
  const steps = stages.reduce((sum, { node }) => sum + node.stage.steps, 0);
  return {
    v: 1,
    experiment,
    arm: arm.id,
    seed: command.seed,
    at: command.at,
    stage: stages.at(-1)?.node.stage.name ?? null,
    step: steps,
    tokens: steps * experiment.batch * model.context,
    tokenizer: 'bytes: token 0 to 255 is the byte of that value',
    version,
    // One of each stage on the way: a run can be finished on another machine than it began on.
    adapters: stages.map(({ node, result }) => ({
      stage: node.stage.name,
      adapter: result.record.maker?.adapter ?? null,
    })),
    corpora: stages.at(-1)?.result.record.corpora ?? [],
  };
}
