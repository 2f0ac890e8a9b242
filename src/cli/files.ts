// Reading and writing files of the lab. A file is written whole or not at all: under another name first, then
// renamed.

import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeText, EncodingError } from '../data/decode';

/** A file could not be read or written; `message` is a plain sentence with its path. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** A file that a command was given is not what the command reads; the exit code is that of wrong input. */
export class InputFileError extends FileError {}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'a file is in the way',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way',
  EROFS: 'the disk is read-only',
};

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Why a file or stream failed, in a few words. */
export function reason(error: unknown): string {
  return reasons[errorCode(error)] ?? (error instanceof Error ? error.message : String(error));
}

/** Writes a file, and the folders above it. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await makeFolder(dirname(path));
    await fs.writeFile(temporary, content, { flush: true });
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => {});
    throw new FileError(`Could not write ${path}: ${reason(error)}.`);
  }
}

/**
 * Makes a folder and those above it. Node's own way tries for ever where the folder above is there and nothing can be made
 * in it all the same, as in /proc, and says of a disk that is read-only that the folder is not there.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await fs.mkdir(path);
  } catch (error) {
    const status = await fs.stat(path).catch(() => null);
    if (status?.isDirectory()) return;
    const above = dirname(path);
    if (errorCode(error) !== 'ENOENT' || (await fs.stat(above).catch(() => null))) throw error;
    await makeFolder(above);
    await fs.mkdir(path);
  }
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** The file's bytes, or null where there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw new FileError(`Could not read ${path}: ${reason(error)}.`);
  }
}

/** Throws where nothing can be written into a folder, so that it is known before hours are spent; makes the folder. */
export async function probeFolder(folder: string): Promise<void> {
  const path = join(folder, `probe.${process.pid}`);
  await writeWhole(path, 'Rewarm tries here whether it can write.\n');
  await removeFile(path);
}

/** Removes a file; it is no fault if there is none. */
export async function removeFile(path: string): Promise<void> {
  await fs.rm(path, { force: true }).catch((error: unknown) => {
    throw new FileError(`Could not remove ${path}: ${reason(error)}.`);
  });
}

/** Runs writers one after another; where one fails, the next is still run. @returns one sentence a failure */
export async function attempted(...writers: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const problems: string[] = [];
  for (const write of writers) {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      problems.push(error.message);
    }
  }
  return problems;
}

/** The text of a file that a person has given, without the mark that some editors put first; null where there is none. */
export async function readGivenText(path: string): Promise<string | null> {
  try {
    const bytes = await readIfThere(path);
    return bytes && decodeText(bytes);
  } catch (error) {
    if (error instanceof EncodingError) throw new InputFileError(`${path} ${error.message}.`);
    if (error instanceof FileError) throw new InputFileError(error.message);
    throw error;
  }
}

export async function renameFile(from: string, to: string): Promise<void> {
  await fs.rename(from, to).catch((error: unknown) => {
    throw new FileError(`Could not rename ${from} to ${to}: ${reason(error)}.`);
  });
}
