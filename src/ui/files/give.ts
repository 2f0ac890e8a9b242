// What a person gives the page, by any way: weights go to the Lab, everything else becomes a page of its own.

import { useEffect } from 'react';
import type { Lab } from '../../store/lab';
import { useLab } from '../context';
import { isTyping } from '../keyboard';
import { openFiles, openText } from './open';
import { togetherWords, weightsWords } from './words';

/** A model of the largest size has a third of it. */
const mostBytes = 128 * 1024 ** 2;

const isWeights = ({ name }: File) => /\.safetensors$/i.test(name);
const isConfig = ({ name }: File) => /config.*\.json$/i.test(name);

/** Has the Lab begin with the weights, or says why not. */
async function startFrom(file: File, config: File | undefined, lab: Lab): Promise<void> {
  if (file.size > mostBytes)
    return lab.opened.setState({ problem: weightsWords.refused(file.name, weightsWords.tooLarge) });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const problem = await lab.startFrom(file.name, bytes, config ? await config.text() : null);
  lab.opened.setState({ problem: problem === null ? null : weightsWords.refused(file.name, problem) });
  if (problem === null) location.hash = '#/';
}

export async function openGiven(files: readonly File[], lab: Lab): Promise<void> {
  const weights = files.find(isWeights);
  if (!weights) return openFiles(files, lab.opened);
  try {
    await startFrom(weights, files.find(isConfig), lab);
    const others = files.filter((file) => file !== weights && !/(?:config|lab)\.json$/i.test(file.name));
    const { problem } = lab.opened.getState();
    if (others.length > 0) {
      const apart = others.map(({ name }) => togetherWords.leftOut(name, weightsWords.alone));
      lab.opened.setState({ problem: togetherWords.refused([...(problem === null ? [] : [problem]), ...apart]) });
    }
  } catch {
    lab.opened.setState({ problem: weightsWords.refused(weights.name, weightsWords.unread) });
  }
}

/** What of a clipboard is meant for the page: its files, or text that the lab can read. */
async function openPasted(event: ClipboardEvent, lab: Lab): Promise<void> {
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData('text') ?? '';
  if (files.length > 0) return openGiven(files, lab);
  if (togetherWords.looksLike.test(text)) return openText(text, lab.opened, !/^#\/(?:file|view)/.test(location.hash));
}

/** Opens files that are dropped on the page, and what is pasted outside a field. */
export function useSent(): void {
  const lab = useLab();
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      void openGiven([...(event.dataTransfer?.files ?? [])], lab);
    };
    const paste = (event: ClipboardEvent) => {
      if (!isTyping(event.target)) void openPasted(event, lab);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, [lab]);
}
