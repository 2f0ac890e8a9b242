// The list of keys, in a native dialog, and the switch that silences those that work anywhere on a page.

import type { RefObject } from 'react';
import styles from './App.module.css';
import shared from './controls/controls.module.css';
import { useKeysOn } from './keyboard';
import { keyWords } from './strings';

function List({ keys }: { readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <dl>
      {keys.map(([key, meaning]) => (
        <div key={key} style={{ display: 'contents' }}>
          <dt>{key}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Shortcuts({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  const [on, setOn] = useKeysOn();
  return (
    <dialog ref={dialog} className={`${shared.dialog} ${styles.keys}`} aria-labelledby="keys-title">
      <h2 id="keys-title">{keyWords.title}</h2>
      <label>
        <input type="checkbox" checked={on} aria-describedby="keys-help" onChange={() => setOn(!on)} />
        {keyWords.on}
      </label>
      <p id="keys-help">{keyWords.onHelp}</p>
      {on && <List keys={keyWords.page} />}
      <h3>{keyWords.chart}</h3>
      <List keys={keyWords.chartKeys} />
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
