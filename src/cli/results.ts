// `results.json` of a folder: written whole, read back, and never overwritten by less.

import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { anyEnd } from '../experiment/evidence/record';
import { mergedParts, mergedRecords } from '../experiment/merge';
import { SpecError } from '../experiment/parse';
import { type OpenedResults, parseResults, ResultsError, resultsValue, savedResults } from '../experiment/saved';
import type { Results } from '../experiment/shown';
import { printedAddress, resultsIn } from '../link/address';
import { openResultsLink } from '../link/results';
import { UsageError } from './arguments';
import { InputFileError, readGivenText, readIfThere, renameFile, writeJson } from './files';

const resultsName = 'results.json';
export const resultsFile = (folder: string) => join(folder, resultsName);

/** Reads results back, from a file or from the folder that holds it; null where there are none. */
export async function readResults(place: string): Promise<OpenedResults | null> {
  const isFolder = (await fs.stat(place).catch(() => null))?.isDirectory() ?? false;
  const path = isFolder ? resultsFile(place) : place;
  const text = await readGivenText(path);
  return text === null ? null : opened(path, text);
}

/** The same of a place that a person has named, where there must be some. */
export async function givenResults(place: string): Promise<OpenedResults> {
  const results = await readResults(place);
  if (results) return results;
  throw new UsageError(`There are no results in ${place}. Give a folder that "run" or "figure" wrote, or its file.`);
}

/** Results in the text of an address; null where the place is none. @throws LinkError */
export function linkedResults(place: string): OpenedResults | null {
  const letters = resultsIn(place);
  return letters === null ? null : openResultsLink(letters);
}

/** Results of any place that a person names: a link, a folder or a file. @throws LinkError, UsageError */
export async function resultsOf(place: string): Promise<OpenedResults> {
  return linkedResults(place) ?? givenResults(place);
}

/** Results out of an address are seen there, too. */
export function addressOf(place: string): string | null {
  return /^https?:[^#\s]+#/.test(place) ? printedAddress(place) : null;
}

/** True for a folder, and for a file that is a value with parts, as results are and an experiment is not. */
export async function holdsResults(place: string): Promise<boolean> {
  if ((await fs.stat(place).catch(() => null))?.isDirectory()) return true;
  try {
    const value = resultsValue((await readGivenText(place)) ?? 'null');
    return typeof value === 'object' && value !== null && 'parts' in value;
  } catch (error) {
    if (error instanceof ResultsError) return false;
    throw error;
  }
}

function opened(path: string, text: string): OpenedResults {
  try {
    return parseResults(text);
  } catch (error) {
    if (error instanceof ResultsError) throw new InputFileError(`${path} ${error.message}.`);
    if (error instanceof SpecError)
      throw new InputFileError(`${path} holds an experiment that is not right: ${error.message}`);
    throw error;
  }
}

function openedOrNull(path: string, bytes: Buffer): OpenedResults | null {
  try {
    return opened(path, bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof InputFileError) return null;
    throw error;
  }
}

/**
 * What a folder holds of the same figure or experiment, to add to. Anything else there is renamed, not overwritten, and `say`
 * hears it.
 */
export async function resultsBefore(
  folder: string,
  { figure, parts }: Omit<Results, 'records'>,
  say: (line: string) => void,
): Promise<Results | null> {
  const path = resultsFile(folder);
  const bytes = await readIfThere(path);
  if (!bytes) return null;
  const before = openedOrNull(path, bytes);
  if (before?.figure === figure && Array.isArray(mergedParts(before.parts, parts))) return before;
  const name = `results-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.json`;
  await renameFile(path, join(folder, name));
  say(`${path} held other results; it is now ${name}.`);
  return null;
}

/** Files of a folder whose results had to make room for others. */
export async function setAside(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder).catch((): string[] => []);
  return names.filter((name) => /^results-[0-9a-f]{8}\.json$/.test(name)).map((name) => join(folder, name));
}

/** Earlier results and new ones together. */
export function added(before: Results | null, { figure, parts, records }: Results): Results {
  const together = before && mergedParts(before.parts, parts);
  if (!before || !together || 'apart' in together) return { figure, parts, records };
  return { figure, parts: together, records: mergedRecords(before.records, records) };
}

/**
 * Writes nothing where no stage has come to an end yet. What another process has added to the folder meanwhile stays.
 */
export async function writeResults(folder: string, results: Results): Promise<void> {
  const failed = [...results.records.values()].some(({ failure }) => failure !== null);
  if (!failed && !anyEnd(results.records)) return;
  const path = resultsFile(folder);
  const bytes = await readIfThere(path);
  const now = bytes && openedOrNull(path, bytes);
  const { figure, parts, records } = added(now?.figure === results.figure ? now : null, results);
  await writeJson(resultsFile(folder), savedResults(version, figure, parts, records));
}
