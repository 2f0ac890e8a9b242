// Reading and writing files of the lab. A file is written whole or not at all: under another name first, then
// renamed.

import { promises as fs } from 'node:fs';
import { dirname } from 'node:path';

/** A file could not be read or written; `message` is a plain sentence with its path. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'a file is in the way',
  EISDIR: 'it is a folder',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way',
  EROFS: 'the disk is read-only',
};

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function reason(error: unknown): string {
  return reasons[errorCode(error)] ?? (error instanceof Error ? error.message : String(error));
}

/** Writes a file, and the folders above it. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await fs.mkdir(dirname(path), { recursive: true });
    await fs.writeFile(temporary, content, { flush: true });
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => {});
    throw new FileError(`Could not write ${path}: ${reason(error)}.`);
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

export async function renameFile(from: string, to: string): Promise<void> {
  await fs.rename(from, to).catch((error: unknown) => {
    throw new FileError(`Could not rename ${from} to ${to}: ${reason(error)}.`);
  });
}
