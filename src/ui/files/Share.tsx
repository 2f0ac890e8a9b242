// A link that holds results: made when it is asked for, said how long it is, and copied.

import { useEffect, useId, useRef, useState } from 'react';
import type { OpenedResults } from '../../experiment/saved';
import { carriedBy, viewAddress } from '../../link/address';
import { Copy } from '../controls/Copy';
import shared from '../controls/controls.module.css';
import { fetched } from '../fetched';
import styles from './Share.module.css';
import { shareWords } from './words';

interface SharedProps {
  readonly results: OpenedResults;
  readonly onClose: () => void;
}

/** The address, or null where what makes it could not be fetched. */
async function addressOf(results: OpenedResults): Promise<string | null> {
  const link = await fetched(() => import('../../link/results')).catch(() => null);
  return link && `${location.href.replace(/#.*$/s, '')}${viewAddress(link.resultsLink(results))}`;
}

/** The address of a figure's page says what is chosen there; other pages' addresses say nothing of it. */
const settingsAddress = () => (location.hash.startsWith('#/fig/') ? location.href : null);

function Dialog({ results, onClose }: SharedProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [sent] = useState(results);
  const [settings] = useState(settingsAddress);
  const [address, setAddress] = useState<string | null | undefined>(undefined);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => void addressOf(sent).then(setAddress), [sent]);
  return (
    <dialog ref={dialog} className={`${shared.dialog} ${styles.share}`} aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>{shareWords.title}</h2>
      {address ? (
        <>
          <input
            type="text"
            readOnly
            aria-label={shareWords.address}
            value={address}
            onFocus={({ target }) => target.select()}
          />
          <p>
            <b>{address.length.toLocaleString('en')} characters</b>: {shareWords.carried[carriedBy(address.length)]}
          </p>
          <p>{shareWords.what}</p>
          <p>{shareWords.private}</p>
          {settings && <p>{shareWords.settings}</p>}
        </>
      ) : (
        <p role="status">{address === null ? shareWords.failed : shareWords.making}</p>
      )}
      <form method="dialog">
        {address && <Copy text={address} label={shareWords.copy} />}
        {settings && <Copy text={settings} label={shareWords.copySettings} />}
        <button type="submit">{shareWords.close}</button>
      </form>
    </dialog>
  );
}

export function Share({
  results,
  className,
}: {
  readonly results: OpenedResults;
  readonly className?: string | undefined;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={className} title={shareWords.shareHelp} onClick={() => setOpen(true)}>
        {shareWords.share}
      </button>
      {open && <Dialog results={results} onClose={() => setOpen(false)} />}
    </>
  );
}
