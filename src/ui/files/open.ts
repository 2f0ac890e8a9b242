// A file of results, dropped anywhere on the page or chosen in a dialog, becomes a page of its own.

import { useEffect } from 'react';
import type { OpenedStore } from '../../store/opened';
import { useLab } from '../context';
import { fetched } from '../fetched';
import { fileWords } from '../strings';

/** Every experiment within the limits has results smaller than this. */
const mostBytes = 64 * 1024 ** 2;

/** Reads the file; shows its page, or says in one sentence why it is not shown. */
export async function openFile(file: File, opened: OpenedStore): Promise<void> {
  const { name } = file;
  const refuse = (why: string) => opened.setState({ problem: `${name} ${why}.` });
  if (file.size > mostBytes) return refuse(fileWords.tooLarge);
  // Few open a file, so what reads it is fetched then.
  const readers = await Promise.all([
    fetched(() => import('../../experiment/saved')),
    fetched(() => import('../../experiment/parse')),
    fetched(() => import('../../data/decode')),
  ]).catch(() => null);
  if (!readers) return refuse(fileWords.noReader);
  const [{ parseResults, ResultsError }, { SpecError }, { decodeText, EncodingError }] = readers;
  try {
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    opened.setState({ name, results: parseResults(text), problem: null });
    location.hash = '#/file';
  } catch (error) {
    if (error instanceof ResultsError || error instanceof EncodingError) return refuse(error.message);
    if (error instanceof SpecError) return refuse(fileWords.wrongExperiment(error.problems[0]?.path ?? ''));
    return refuse(fileWords.unreadable);
  }
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
      const file = event.dataTransfer?.files[0];
      if (file) void openFile(file, opened);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [opened]);
}
