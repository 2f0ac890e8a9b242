// What is kept in this browser, and the button that clears it.

import { useCallback, useEffect, useState } from 'react';
import { browserDatabase, type KeptSummary, keptStages } from '../../storage/checkpoints';
import { isActive } from '../../store/run';
import styles from '../About.module.css';
import { useRun } from '../context';
import { bytes } from '../format';
import { settings } from '../settings';

const database = browserDatabase();

function words(kept: KeptSummary): string {
  if (kept.stages === 0) return 'Nothing is kept in this browser yet.';
  return `${kept.stages} trained ${kept.stages === 1 ? 'stage' : 'stages'}, ${bytes(kept.bytes)}, so that an arm that begins like an earlier one need not be trained again. Nothing leaves this browser.`;
}

export function Kept() {
  const [kept, setKept] = useState<KeptSummary | null | 'asking'>('asking');
  const active = useRun((state) => isActive(state.phase));
  const look = useCallback(() => keptStages(database).then(setKept), []);
  useEffect(() => void look(), [look]);
  const clear = async () => {
    await database.clear().catch(() => undefined);
    settings.forget('theme');
    await look();
  };
  return (
    <section>
      <h2>What is kept here</h2>
      <p>
        {kept === 'asking' && 'Looking…'}
        {kept === null && 'This browser does not let the page keep trained stages (private mode or blocked site data).'}
        {kept !== null && kept !== 'asking' && words(kept)}
      </p>
      {kept !== null && kept !== 'asking' && kept.stages > 0 && !active && (
        <button type="button" className={styles.button} onClick={() => void clear()}>
          Clear everything kept here
        </button>
      )}
    </section>
  );
}
