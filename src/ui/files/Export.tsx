// The button that has what is shown leave the page as a file.

import { useKeyed } from '../keyboard';
import { useFetchedDialog } from './dialog';
import type { ExportProps } from './ExportDialog';
import { exportButton } from './words';

export function Export({ className, ...shown }: ExportProps & { readonly className?: string | undefined }) {
  const { Dialog, open, close } = useFetchedDialog(() => import('./ExportDialog').then((part) => part.ExportDialog));
  const keyed = useKeyed();
  return (
    <>
      <button type="button" className={className} {...keyed('E', exportButton.help)} onClick={open}>
        {exportButton.name}
      </button>
      {Dialog && <Dialog {...shown} onClose={close} />}
    </>
  );
}
