// The button that opens the dialog for sharing.

import { useFetchedDialog } from './dialog';
import type { ShareProps } from './ShareDialog';
import { shareWords } from './words';

export function Share({ className, ...shared }: ShareProps & { readonly className?: string | undefined }) {
  const { Dialog, open, close } = useFetchedDialog(() => import('./ShareDialog').then((part) => part.ShareDialog));
  return (
    <>
      <button type="button" className={className} title={shareWords.shareHelp} onClick={open}>
        {shareWords.share}
      </button>
      {Dialog && <Dialog {...shared} onClose={close} />}
    </>
  );
}
