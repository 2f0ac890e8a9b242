// Who sent the results that are open, and the way to more of them.

import { useId, useMemo, useState } from 'react';
import { contributions } from '../../experiment/contributions';
import type { Sent } from '../../experiment/pool';
import { useLab } from '../context';
import { OpenFile } from '../files/OpenFile';
import { openText, removeSent } from '../files/open';
import recipe from '../lab/Recipe.module.css';
import figures from './Figures.module.css';
import { againSentence, seedsSentence, senderWords } from './sent_words';

/** For whoever has no keys to paste with. */
export function PasteLinks() {
  const { opened } = useLab();
  const [text, setText] = useState('');
  const field = useId();
  return (
    <form
      className={recipe.paste}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void openText(text, opened, false).then(() => setText(''));
      }}
    >
      <label htmlFor={field}>{senderWords.paste}</label>
      <textarea id={field} rows={1} value={text} onChange={({ target }) => setText(target.value)} spellCheck={false} />
      <button type="submit" className={figures.button}>
        {senderWords.open}
      </button>
    </form>
  );
}

export function Senders({ sent }: { readonly sent: readonly Sent[] }) {
  const { opened } = useLab();
  const rows = useMemo(() => contributions(sent), [sent]);
  return (
    <>
      {sent.length > 1 && (
        <section className={recipe.group} aria-label={senderWords.title}>
          <h2>{senderWords.title}</h2>
          <dl className={recipe.compared}>
            {rows.map((row) => (
              <div key={row.sent.name}>
                <dt>
                  {row.sent.name}
                  <button
                    type="button"
                    className={recipe.remove}
                    aria-label={senderWords.remove(row.sent.name)}
                    onClick={() => void removeSent(row.sent, opened)}
                  >
                    ×
                  </button>
                </dt>
                <dd>
                  {seedsSentence(row.seeds)}. {againSentence(row)}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section className={recipe.group} aria-label={senderWords.add}>
        <h2>{senderWords.add}</h2>
        <p className={recipe.help}>{senderWords.addHelp}</p>
        <PasteLinks />
        <OpenFile />
      </section>
    </>
  );
}
