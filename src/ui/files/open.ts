// A file of results, dropped anywhere on the page or chosen in a dialog, becomes a page of its own.

import { useEffect } from 'react';
import type { OpenedResults } from '../../experiment/saved';
import type { OpenedStore } from '../../store/opened';
import { useLab } from '../context';
import { fetched } from '../fetched';
import { fileWords } from '../strings';
import { togetherWords } from './words';

/** Every experiment within the limits has results smaller than this. */
const mostBytes = 64 * 1024 ** 2;

type Readers = readonly [
  typeof import('../../experiment/saved'),
  typeof import('../../experiment/parse'),
  typeof import('../../data/decode'),
];

/** The results, or why there are none: a sentence's end. */
async function resultsIn(file: File, readers: Readers): Promise<OpenedResults | string> {
  const [{ parseResults, ResultsError }, { SpecError }, { decodeText, EncodingError }] = readers;
  if (file.size > mostBytes) return fileWords.tooLarge;
  try {
    return parseResults(decodeText(new Uint8Array(await file.arrayBuffer())));
  } catch (error) {
    if (error instanceof ResultsError || error instanceof EncodingError) return error.message;
    if (error instanceof SpecError) return fileWords.wrongExperiment(error.problems[0]?.path ?? '');
    return fileWords.unreadable;
  }
}

/** Shows the page of the first file that opens, and says what was left out; or says why none is shown. */
export async function openFiles(files: readonly File[], opened: OpenedStore): Promise<void> {
  const [first] = files;
  if (!first) return;
  // Few open a file, so what reads it is fetched then.
  const readers = await Promise.all([
    fetched(() => import('../../experiment/saved')),
    fetched(() => import('../../experiment/parse')),
    fetched(() => import('../../data/decode')),
  ]).catch(() => null);
  if (!readers) return opened.setState({ problem: `${first.name} ${fileWords.noReader}.` });
  const refusals: string[] = [];
  for (const file of files) {
    const results = await resultsIn(file, readers);
    if (typeof results !== 'string') {
      const { name } = file;
      opened.setState({ name, results, problem: togetherWords.leftOut(name, files.length - 1) });
      location.hash = '#/file';
      return;
    }
    refusals.push(`${file.name} ${results}.`);
  }
  opened.setState({ problem: togetherWords.noneOpened(refusals) });
}

/** Opens files that are dropped on the page. */
export function useDroppedFiles(): void {
  const { opened } = useLab();
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      void openFiles([...(event.dataTransfer?.files ?? [])], opened);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [opened]);
}
