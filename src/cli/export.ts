// `export`: results as every file that follows from them; or one checkpoint as files for other programs, with all that is
// needed to repeat its training if asked.

import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { TextData } from '../data/text';
import { paperAdamW } from '../engine/optimizer';
import type { CorpusStamp } from '../experiment/evidence/record';
import { shownResults } from '../experiment/shown';
import { exportNames } from '../export/files';
import { audit, auditFile, initialWeightsFile, isAuditFile } from '../train/audit';
import { checkpointFiles, weightsFile } from '../train/checkpoint_files';
import type { ExportCommand, ExportResultsCommand } from './commands';
import { type Console, exitCode } from './console';
import { openCorpora } from './corpora';
import { writeExported } from './figure_files';
import { FileError, removeFile, writeJson, writeWhole } from './files';
import { openCheckpoint, type SavedCheckpoint } from './folder';
import { addressOf, resultsOf } from './results';

export async function exportResults({ place, to }: ExportResultsCommand, { stdout }: Console): Promise<number> {
  const names = await writeExported(to, shownResults(await resultsOf(place)), exportNames, addressOf(place));
  stdout.write(`Wrote ${names.join(', ')} to ${to}\n`);
  return exitCode.done;
}

export async function exportCheckpoint(command: ExportCommand, { stdout }: Console): Promise<number> {
  const checkpoint = await openCheckpoint(command);
  const { seed, at } = command;
  // All of it is made before anything is written.
  const files: (readonly [name: string, content: Uint8Array | object])[] = [
    ...checkpointFiles({ ...checkpoint, arm: checkpoint.arm.id, seed, at }),
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

async function auditFiles({
  experiment,
  model,
  stages,
  initial,
}: SavedCheckpoint): Promise<[string, Uint8Array | object][]> {
  const data = await openCorpora(experiment);
  for (const { result } of stages) checkText(data, result.record.corpora);
  const { description, files } = audit({ experiment, model, optimizer: paperAdamW, stages, data });
  return [[initialWeightsFile, weightsFile(model, initial)], ...files, [auditFile, description]];
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
