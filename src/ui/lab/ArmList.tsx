// The arms on the charts: colour, marker and name, with hide, only and remove; the draft waits at the end when it is new.

import type { Plan } from '../../experiment/plan';
import { armName } from '../../experiment/recipe/naming';
import { armOfDraft } from '../../experiment/recipe/recipe';
import { appearance } from '../../plot/palette';
import { armProgress } from '../../store/progress';
import { armLimits } from '../../store/recipe';
import { isActive } from '../../store/session_state';
import { ArmLegend } from '../charts/ArmLegend';
import { useLab, useRecipe, useSession } from '../context';
import { useKeyed } from '../keyboard';
import { armStateText, recipeWords } from '../strings';
import styles from './Recipe.module.css';

/** @param plan of all that Run would train */
export function ArmList({ plan }: { readonly plan: Plan }) {
  const { recipe } = useLab();
  const keyed = useKeyed();
  const arms = useRecipe((state) => state.arms);
  const draft = useRecipe((state) => state.draft);
  const records = useSession((state) => state.records);
  const phase = useSession((state) => state.phase);
  const planned = useSession((state) => state.planned);
  const active = isActive(phase);
  const { addDraft, remove, toggleHidden } = recipe;
  const names = new Map(arms.map((arm) => [arm.id, armName(arm.recipe)]));
  const isNew = !armOfDraft({ arms, draft });
  const canAdd = isNew && !active && arms.length < armLimits.arms;
  if (arms.length === 0 && !canAdd) return null;
  return (
    <section className={styles.arms} aria-label={recipeWords.arms}>
      <div className={styles.armsHead}>
        <h2>{recipeWords.arms}</h2>
        {canAdd && (
          <button type="button" className={styles.add} onClick={() => addDraft()} {...keyed('N')}>
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
          const state = armStateText(armProgress(plan, id, { records, phase, planned }));
          return (
            <>
              {state && <small>{state}</small>}
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
