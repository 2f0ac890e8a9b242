// The button that opens the dialog for sharing, which is fetched then.

import { type ComponentType, useState } from 'react';
import { useLab } from '../context';
import { fetched } from '../fetched';
import type { ShareProps } from './ShareDialog';
import { shareWords } from './words';

type Dialog = ComponentType<ShareProps & { readonly onClose: () => void }>;

export function Share({ className, ...shared }: ShareProps & { readonly className?: string | undefined }) {
  const { opened } = useLab();
  const [Dialog, setDialog] = useState<Dialog | null>(null);
  const open = async () => {
    const part = await fetched(() => import('./ShareDialog')).catch(() => null);
    if (part) setDialog(() => part.ShareDialog);
    opened.setState({ problem: part ? null : shareWords.failed });
  };
  return (
    <>
      <button type="button" className={className} title={shareWords.shareHelp} onClick={() => void open()}>
        {shareWords.share}
      </button>
      {Dialog && <Dialog {...shared} onClose={() => setDialog(null)} />}
    </>
  );
}
