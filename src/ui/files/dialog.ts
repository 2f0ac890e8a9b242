// Dialogs that few open: each is fetched when its button is pressed, and where it cannot be, that is said and nothing else changes.

import { type ComponentType, useState } from 'react';
import { useLab } from '../context';
import { fetched } from '../fetched';
import { faultWords } from '../strings';

export interface Closable {
  readonly onClose: () => void;
}

/** The dialog while it is open, and what opens and closes it. */
export function useFetchedDialog<P>(load: () => Promise<ComponentType<P & Closable>>) {
  const { opened } = useLab();
  const [Dialog, setDialog] = useState<ComponentType<P & Closable> | null>(null);
  const open = async () => {
    const part = await fetched(load).catch(() => null);
    if (part) setDialog(() => part);
    opened.setState({ problem: part ? null : faultWords.gone });
  };
  return { Dialog, open: () => void open(), close: () => setDialog(null) };
}
