// What is kept in this browser, by experiment, and the button that clears it.

import { useCallback, useEffect, useState } from 'react';
import { figureIds } from '../../experiment/figures';
import { labDatabases } from '../../storage/database';
import { budgetBytes, type KeptExperiment, keptExperiments } from '../../storage/stages';
import { isActive } from '../../store/session_state';
import styles from '../About.module.css';
import { useLab, useSession } from '../context';
import { bytes } from '../format';
import { choicesKept, settings } from '../settings';

const databases = labDatabases();

const stages = (count: number) => `${count} trained ${count === 1 ? 'stage' : 'stages'}`;
const day = (time: number) =>
  new Date(time).toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' });

function words(kept: readonly KeptExperiment[]): string {
  const budget = `At most ${bytes(budgetBytes)} are kept; beyond that, what was not used for longest goes.`;
  if (kept.length === 0) return `No trained stage is kept in this browser yet. ${budget}`;
  const sum = (of: (one: KeptExperiment) => number) => kept.reduce((total, one) => total + of(one), 0);
  const all = `${stages(sum((one) => one.stages))}, ${bytes(sum((one) => one.bytes))}`;
  return `${all}, so that an arm that begins like an earlier one need not be trained again. ${budget} Nothing leaves this browser.`;
}

function KeptTable({ kept }: { readonly kept: readonly KeptExperiment[] }) {
  return (
    <div className={styles.wide}>
      <table aria-label="Kept by experiment">
        <thead>
          <tr>
            <th scope="col">experiment</th>
            <th scope="col">stages</th>
            <th scope="col">size</th>
            <th scope="col">used last</th>
          </tr>
        </thead>
        <tbody>
          {kept.map((one) => (
            <tr key={one.experiment}>
              <th scope="row">{one.experiment}</th>
              <td>{one.stages}</td>
              <td>{bytes(one.bytes)}</td>
              <td>{day(one.usedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Kept() {
  const [kept, setKept] = useState<readonly KeptExperiment[] | string>('Looking…');
  const lab = useLab();
  const active = useSession((state) => isActive(state.phase));
  const look = useCallback(() => keptExperiments(databases.index).then(setKept), []);
  useEffect(() => void look(), [look]);
  const clear = async () => {
    for (const database of Object.values(databases)) await database.clear().catch(() => undefined);
    for (const view of ['own', ...figureIds] as const) lab.startOver(view);
    choicesKept.forgetAll();
    settings.forgetAll();
    await look();
  };
  const known = typeof kept !== 'string';
  const trained = known && kept.length > 0;
  const chosen = choicesKept.any() || settings.any();
  return (
    <section>
      <h2>What is kept here</h2>
      <p>{known ? words(kept) : kept}</p>
      {trained && <KeptTable kept={kept} />}
      {chosen && <p>What you have chosen is kept: recipe, runs of the figures, light or dark, keys.</p>}
      {(chosen || trained) && !active && (
        <button type="button" className={styles.button} onClick={() => void clear()}>
          Clear everything kept here
        </button>
      )}
    </section>
  );
}
