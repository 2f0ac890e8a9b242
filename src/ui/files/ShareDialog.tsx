// A link of what was chosen, or of that with its curves: made when it is asked for, said how long it is, copied, drawn as a QR code
// or put into another page.

import { useEffect, useId, useRef, useState } from 'react';
import type { OpenedResults } from '../../experiment/saved';
import { carriedBy, viewAddress } from '../../link/address';
import { useLab } from '../context';
import { Copy } from '../controls/Copy';
import shared from '../controls/controls.module.css';
import { Segmented } from '../controls/Segmented';
import { fetched } from '../fetched';
import type { Closable } from './dialog';
import { QrCode } from './QrCode';
import styles from './Share.module.css';
import { saveKind } from './save';
import { shareWords } from './words';

export interface ShareProps {
  /** What the charts answer. */
  readonly title: string;
  readonly results?: OpenedResults | undefined;
  /** The address of the settings alone, with how they are looked at or without. */
  readonly settings?: ((look: boolean) => Promise<string | null>) | undefined;
  /** Whether runs start from weights of a file, which no link holds. */
  readonly fromWeights: boolean;
  /** How it is looked at, for an address with results. */
  readonly asked: string;
}

type What = 'recipe' | 'result';

const whats: readonly What[] = ['recipe', 'result'];
/** Characters of an address: more make a code that no camera reads off a wall. */
const mostForQr = 1000;
/** Pixels of a frame in a text column. */
const frame = { width: 800, height: 480 } as const;

/** The part after `#`; null where what makes it could not be fetched. */
async function hashOf({ results, settings, asked }: ShareProps, what: What, look: boolean): Promise<string | null> {
  if (what === 'recipe') return (await settings?.(look)) ?? null;
  const link = await fetched(() => import('../../link/results')).catch(() => null);
  if (!link || !results) return null;
  return viewAddress(link.resultsLink(results)) + (look && asked !== '' ? `&${asked}` : '');
}

/** Text that may stand between quotation marks in HTML. */
const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function frameOf(address: string, title: string): string {
  const { width, height } = frame;
  const src = quoted(`${address}&ui=embed`);
  return `<iframe src="${src}" width="${width}" height="${height}" title="${quoted(title)}" loading="lazy" style="border:0;max-width:100%"></iframe>`;
}

/** The address of what is chosen now; what is trained meanwhile does not change it. */
function useShared(props: ShareProps, what: What, look: boolean): string | null | undefined {
  const [sent] = useState(props);
  const [made, setMade] = useState<{ readonly for: string; readonly address: string | null } | null>(null);
  const wish = `${what} ${look}`;
  useEffect(() => {
    let wanted = true;
    void hashOf(sent, what, look).then((hash) => {
      const address = hash === null ? null : location.href.replace(/#.*$/s, '') + hash;
      if (wanted) setMade({ for: `${what} ${look}`, address });
    });
    return () => {
      wanted = false;
    };
  }, [sent, what, look]);
  return made?.for === wish ? made.address : undefined;
}

interface ChoiceProps extends ShareProps {
  readonly what: What;
  readonly onWhat: (what: What) => void;
  readonly look: boolean;
  readonly onLook: (look: boolean) => void;
}

/** What the link is to hold. */
function Choice({ results, settings, fromWeights, what, onWhat, look, onLook }: ChoiceProps) {
  return (
    <>
      {results && settings && (
        <Segmented
          legend={shareWords.whats.legend}
          options={whats.map((value) => ({ value, label: shareWords.whats[value] }))}
          value={what}
          onChange={onWhat}
        />
      )}
      <p>{shareWords.what[what]}</p>
      {fromWeights && <p>{shareWords.fromWeights}</p>}
      <label className={styles.look}>
        <input type="checkbox" checked={look} onChange={() => onLook(!look)} />
        {shareWords.look}
      </label>
    </>
  );
}

function Made({ address, embed }: { readonly address: string; readonly embed: string | null }) {
  return (
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
      {address.length <= mostForQr && (
        <details>
          <summary>{shareWords.qr}</summary>
          <QrCode text={address} label={shareWords.qrLabel} />
        </details>
      )}
      {embed && (
        <details>
          <summary>{shareWords.embed}</summary>
          <textarea readOnly rows={4} aria-label={shareWords.embed} value={embed} />
          <Copy text={embed} label={shareWords.copyEmbed} />
        </details>
      )}
      <p>{shareWords.private}</p>
    </>
  );
}

export function ShareDialog({ onClose, ...props }: ShareProps & Closable) {
  const { results, title } = props;
  const { opened } = useLab();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [what, setWhat] = useState<What>(results ? 'result' : 'recipe');
  const [look, setLook] = useState(true);
  const address = useShared(props, what, look);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={`${shared.dialog} ${styles.share}`} aria-labelledby={heading} onClose={onClose}>
      <h2 id={heading}>{shareWords.title}</h2>
      <Choice {...props} what={what} onWhat={setWhat} look={look} onLook={setLook} />
      {address ? (
        <Made address={address} embed={what === 'result' ? frameOf(address, title) : null} />
      ) : (
        <p role="status">{address === null ? shareWords.failed : shareWords.making}</p>
      )}
      <form method="dialog">
        {address && <Copy text={address} label={shareWords.copy} />}
        {results && (
          <button type="button" onClick={() => void saveKind('results.json', results, opened)}>
            {shareWords.save}
          </button>
        )}
        <button type="submit">{shareWords.close}</button>
      </form>
    </dialog>
  );
}
