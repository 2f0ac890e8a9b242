// The Lab: recipe on the left, the figure beside it, results under it. Below 1000 px the recipe is a sheet.

import { useRef } from 'react';
import { parameters } from '../experiment/cost';
import { scales } from '../experiment/scales';
import { stageSteps } from '../store/experiment';
import { armName } from '../store/naming';
import { type ArmFinals, type ArmResult, armResults } from '../store/results';
import { useRecipe, useRun } from './context';
import { bytes, change, count, millions } from './format';
import { useMedia } from './hooks';
import styles from './Lab.module.css';
import { ArmList } from './lab/ArmList';
import { Figure } from './lab/Figure';
import { Recipe } from './lab/Recipe';
import { ResultsTable } from './lab/ResultsTable';
import { RunBar } from './lab/RunBar';
import { figureWords } from './strings';

/** What to watch for, and afterwards what was seen. */
function Lead() {
  const run = useRun((state) => state);
  const listed = useRecipe((state) => state.arms);
  const ended = armResults(run).filter(({ arm, finals }) => finals && listed.some(({ id }) => id === arm.id));
  const last = ended.at(-1);
  if (run.phase === 'stopped') return <p className={styles.lead}>{figureWords.stopped}</p>;
  if (!last?.finals || run.phase === 'running') return <p className={styles.lead}>{figureWords.watch}</p>;
  if (ended.length > 1) return <p className={styles.lead}>{comparison(ended)}</p>;
  const { forgotten, learned } = last.finals;
  return (
    <p className={styles.lead}>
      From the switch to the end with {armName(last.arm.recipe)}: old loss {change(forgotten.mean)}, new loss{' '}
      {change(-learned.mean)}. {figureWords.next}
    </p>
  );
}

/** Which arm ends lowest on each text, with the change since the switch. */
function comparison(ended: readonly ArmResult[]): string {
  const lowest = (measure: 'd0' | 'd1', since: (finals: ArmFinals) => number) => {
    const best = ended.reduce((a, b) => ((b.finals?.[measure].mean ?? 0) < (a.finals?.[measure].mean ?? 0) ? b : a));
    return best.finals ? `${armName(best.arm.recipe)} (${change(since(best.finals))} since the switch)` : '';
  };
  const old = lowest('d0', ({ forgotten }) => forgotten.mean);
  const fresh = lowest('d1', ({ learned }) => -learned.mean);
  return `Old loss ends lowest with ${old}, new loss with ${fresh}.`;
}

function HonestScale() {
  const setting = useRecipe((state) => state.setting);
  const { model, batch } = scales[setting.scale];
  const estimate = useRun((state) => state.estimate);
  const memory = estimate.kind === 'known' && estimate.bytes ? ` ${bytes(estimate.bytes)} of GPU memory.` : '';
  return (
    <p className={styles.scale}>
      Same method, far smaller: {millions(parameters(model))} parameters (paper: 405 M),{' '}
      {count(2 * stageSteps(setting) * batch * model.context)} tokens (paper: 300 B). Directions should match; numbers
      will not.
      {memory}
    </p>
  );
}

interface LabProps {
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export function Lab({ tables, onTables }: LabProps) {
  const wide = useMedia('(min-width: 1000px)');
  const sheet = useRef<HTMLDialogElement>(null);
  return (
    <main className={styles.lab}>
      {wide ? (
        <aside className={styles.side} aria-label="Recipe">
          <div className={styles.scroll}>
            <Recipe />
            <ArmList />
          </div>
          <RunBar />
        </aside>
      ) : (
        <dialog ref={sheet} className={styles.sheet} aria-label="Recipe">
          <div className={styles.sheetHead}>
            <h2>Recipe</h2>
            <button type="button" onClick={() => sheet.current?.close()}>
              Done
            </button>
          </div>
          <Recipe />
          <ArmList />
        </dialog>
      )}
      <div className={styles.page}>
        <div className={styles.first}>
          <div className={styles.head}>
            <h1>{figureWords.question}</h1>
            <button type="button" className={styles.toggle} aria-pressed={tables} onClick={() => onTables(!tables)}>
              {tables ? figureWords.chart : figureWords.table}
            </button>
          </div>
          <Lead />
          <div className={styles.figure}>
            <Figure tables={tables} />
          </div>
          <HonestScale />
        </div>
        <ResultsTable />
      </div>
      {!wide && (
        <div className={styles.sticky}>
          <button type="button" className={styles.recipe} onClick={() => sheet.current?.showModal()}>
            Recipe
          </button>
          <RunBar />
        </div>
      )}
    </main>
  );
}
