// Results and experiments that are dropped on the page, pasted or chosen in a dialog, become a page of their own. What fits
// what is open joins it: arms and seeds of several people add up.

import { version } from '../../../package.json';
import { ownPart } from '../../experiment/figures/own';
import type { Sent } from '../../experiment/pool';
import type { OpenedResults } from '../../experiment/saved';
import { sentHash } from '../../link/address';
import type { OpenedStore } from '../../store/opened';
import { fetched } from '../fetched';
import { fileWords } from '../strings';
import { togetherWords } from './words';

/** Every experiment within the limits has results smaller than this. */
const mostBytes = 64 * 1024 ** 2;

/** Few open anything, so what reads it is fetched then; null where it could not be. */
async function readers() {
  const [saved, parse, decode, pool, pasted] = await Promise.all([
    fetched(() => import('../../experiment/saved')),
    fetched(() => import('../../experiment/parse')),
    fetched(() => import('../../data/decode')),
    fetched(() => import('../../experiment/pool')),
    fetched(() => import('../../link/pasted')),
  ]);
  return { ...saved, ...parse, ...decode, ...pool, ...pasted };
}

type Readers = Awaited<ReturnType<typeof readers>>;

/** Results, or an experiment of which nothing is trained yet. */
function read(text: string, { resultsValue, parseResultsValue, parseExperiment }: Readers): OpenedResults {
  const value = resultsValue(text);
  const isExperiment = typeof value === 'object' && value !== null && 'arms' in value && !('parts' in value);
  if (!isExperiment) return parseResultsValue(value);
  return { version, figure: null, parts: [ownPart(parseExperiment(value))], records: new Map() };
}

/** What a text holds, or why that is nothing: a sentence's end. */
function resultsOf(text: string, all: Readers): OpenedResults | string {
  const { ResultsError, SpecError } = all;
  try {
    return read(text, all);
  } catch (error) {
    if (error instanceof ResultsError) return error.message;
    if (error instanceof SpecError) return fileWords.wrongExperiment(error.problems[0]?.path ?? '');
    return fileWords.unreadable;
  }
}

async function resultsIn(file: File, all: Readers): Promise<OpenedResults | string> {
  if (file.size > mostBytes) return fileWords.tooLarge;
  if (/\.zip$/i.test(file.name)) return togetherWords.zipped;
  try {
    return resultsOf(all.decodeText(new Uint8Array(await file.arrayBuffer())), all);
  } catch (error) {
    return error instanceof all.EncodingError ? error.message : fileWords.unreadable;
  }
}

/** Shows the page of what is open and what came, as far as it fits, and says what was left out. */
function show(sent: readonly Sent[], refused: readonly string[], opened: OpenedStore, { pooled }: Readers): void {
  if (sent.length === 0) {
    opened.setState({ problem: togetherWords.refused(refused) });
    return;
  }
  const { pool: before, shown } = opened.getState();
  const open = shown ? [shown] : (before?.sent ?? []);
  const joined = pooled([...open, ...sent]);
  const none = joined.sent.length === open.length;
  // One that was only looked at makes room; what several have sent does not.
  const pool = none && open.length < 2 ? pooled(sent) : joined;
  const leftOut = pool.leftOut.map(({ name, apart }) => togetherWords.leftOut(name, apart));
  opened.setState({ pool, problem: togetherWords.refused([...leftOut, ...refused]) });
  if (pool !== joined || !none) location.hash = '#/file';
}

/** Opens all that open, and says of the others why not. */
export async function openFiles(files: readonly File[], opened: OpenedStore): Promise<void> {
  const [first] = files;
  if (!first) return;
  const all = await readers().catch(() => null);
  if (!all) return opened.setState({ problem: `${first.name} ${fileWords.noReader}.` });
  const sent: Sent[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const results = await resultsIn(file, all);
    if (typeof results === 'string') refused.push(`${file.name} ${results}.`);
    else sent.push({ name: file.name, results });
  }
  show(sent, refused, opened, all);
}

/**
 * Opens links and the content of files as text.
 * @param leave goes to the address of another page of the lab; else it is only named
 */
export async function openText(text: string, opened: OpenedStore, leave: boolean): Promise<void> {
  const all = await readers().catch(() => null);
  if (!all) return opened.setState({ problem: `${togetherWords.pasted} ${fileWords.noReader}.` });
  if (text.trimStart().startsWith('{')) {
    const results = resultsOf(text, all);
    const bad = typeof results === 'string';
    const [sent, refused] = bad
      ? [[], [`${togetherWords.pasted} ${results}.`]]
      : [[{ name: togetherWords.name, results }], []];
    return show(sent, refused, opened, all);
  }
  const { sent, refused } = all.openPasted(text, togetherWords.link);
  if (sent.length + refused.length > 0) return show(sent, refused, opened, all);
  if (leave && all.isAddress(text)) location.hash = sentHash(text);
  else opened.setState({ problem: all.isAddress(text) ? togetherWords.otherPage : togetherWords.noLink });
}

/** Takes one out of what is open. */
export async function removeSent(one: Sent, opened: OpenedStore): Promise<void> {
  const all = await readers().catch(() => null);
  if (!all) return opened.setState({ problem: `${one.name} ${fileWords.noReader}.` });
  const sent = (opened.getState().pool?.sent ?? []).filter((other) => other !== one);
  opened.setState({ pool: sent.length === 0 ? null : all.pooled(sent), problem: null });
}
