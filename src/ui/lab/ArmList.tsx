// The arms on the charts: colour, marker and name, with hide and remove; the draft waits at the end when it is new.

import { armName } from '../../store/naming';
import { armLimits, armOfDraft } from '../../store/recipe';
import { armResults } from '../../store/results';
import { isActive } from '../../store/run';
import { Swatch } from '../charts/Swatch';
import { useLab, useRecipe, useRun } from '../context';
import { appearance } from '../palette';
import { armStateWords, recipeWords } from '../strings';
import styles from './Recipe.module.css';

export function ArmList() {
  const { recipe } = useLab();
  const arms = useRecipe((state) => state.arms);
  const draft = useRecipe((state) => state.draft);
  const run = useRun((state) => state);
  const active = isActive(run.phase);
  const { addDraft, remove, toggleHidden } = recipe.getState();
  const results = new Map(armResults(run).map((result) => [result.arm.id, result]));
  const isNew = !armOfDraft({ arms, draft });
  const canAdd = isNew && !active && arms.length < armLimits.arms;
  if (arms.length === 0 && !canAdd) return null;
  return (
    <section className={styles.arms} aria-label={recipeWords.arms}>
      <div className={styles.armsHead}>
        <h2>{recipeWords.arms}</h2>
        {canAdd && (
          <button type="button" className={styles.add} onClick={() => addDraft()} title="N">
            + add {armName(draft)}
          </button>
        )}
      </div>
      <ul>
        {arms.map((arm) => {
          const name = armName(arm.recipe);
          const result = results.get(arm.id);
          return (
            <li key={arm.id} data-hidden={arm.hidden}>
              <button
                type="button"
                className={styles.arm}
                aria-pressed={!arm.hidden}
                title={`${arm.hidden ? 'Show' : 'Hide'} ${name}`}
                onClick={() => toggleHidden(arm.id)}
              >
                <Swatch appearance={appearance(arm.slot)} />
                <span>{name}</span>
              </button>
              {result && <small>{armStateWords[result.state]}</small>}
              {!active && (
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={`Remove ${name}`}
                  onClick={() => remove(arm.id)}
                >
                  ×
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
