// The arms on the charts: colour, marker and name, with hide, only and remove; the draft waits at the end when it is new.

import { appearance } from '../../plot/palette';
import { armName } from '../../store/naming';
import { armLimits, armOfDraft } from '../../store/recipe';
import { armResults } from '../../store/results';
import { isActive } from '../../store/run';
import { ArmLegend } from '../charts/ArmLegend';
import { useLab, useRecipe, useRun } from '../context';
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
  const names = new Map(arms.map((arm) => [arm.id, armName(arm.recipe)]));
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
      <ArmLegend
        arms={arms.map(({ id, slot, hidden }) => ({
          key: id,
          name: names.get(id) ?? '',
          appearance: appearance(slot),
          hidden,
        }))}
        onToggle={toggleHidden}
        beside={(id) => {
          const result = results.get(id);
          return (
            <>
              {result && <small>{armStateWords[result.state]}</small>}
              {!active && (
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={`Remove ${names.get(id) ?? ''}`}
                  onClick={() => remove(id)}
                >
                  ×
                </button>
              )}
            </>
          );
        }}
      />
    </section>
  );
}
