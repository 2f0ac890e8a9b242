// The recipe, in the order of the story: shift, learning rate at the switch, replay, model, seeds.

import type { ReactNode } from 'react';
import type { Shift } from '../../experiment/compose';
import { ownOffer } from '../../experiment/offered';
import { stageSteps } from '../../experiment/recipe/experiment';
import type { Budget } from '../../experiment/recipe/recipe';
import { scales } from '../../experiment/scales';
import type { ScaleName } from '../../experiment/spec';
import { scalesOffered } from '../../store/machine';
import { useLab, useRecipe, useSession } from '../context';
import { type Option, Segmented } from '../controls/Segmented';
import { count } from '../format';
import { recipeWords, shiftWords } from '../strings';
import { scaleHelp } from '../view/scale_help';
import styles from './Recipe.module.css';
import { ScheduleEditor } from './schedule/ScheduleEditor';

const shiftOptions: readonly Option<Shift>[] = (['none', 'weak', 'strong'] as const).map((value) => ({
  value,
  label: shiftWords[value].label,
}));

const replayOptions: readonly Option<number>[] = ownOffer.replay.map((value) => ({
  value,
  label: String(value),
  spoken: `${value} % replay`,
}));
const seedOptions: readonly Option<number>[] = ownOffer.seeds.map((value) => ({
  value,
  label: String(value),
  spoken: value === 1 ? '1 seed' : `${value} seeds`,
}));

const budgetOptions: readonly Option<Budget>[] = ownOffer.budgets.map((value) => ({
  value,
  label: `${100 * value} %`,
}));

interface GroupProps {
  readonly title: ReactNode;
  readonly help?: string;
  readonly children: ReactNode;
}

function Group({ title, help, children }: GroupProps) {
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      {children}
      {help && <p className={styles.help}>{help}</p>}
    </section>
  );
}

export function Recipe() {
  const { recipe } = useLab();
  const setting = useRecipe((state) => state.setting);
  const replay = useRecipe((state) => state.draft.replayPercent);
  const machine = useSession((state) => state.machine);
  const offered = scalesOffered(machine);
  const { set, change, startRandom } = recipe;
  const shift = shiftWords[setting.shift];
  // Weights are of one size.
  const scaleOptions = offered
    .filter((value) => !setting.start || value === setting.scale)
    .map((value): Option<ScaleName> => ({ value, label: value }));
  const { model, batch } = scales[setting.scale];
  const tokens = count((setting.start ? 1 : 2) * stageSteps(setting) * batch * model.context);
  return (
    <div className={styles.recipe}>
      <Group title={recipeWords.shift.title} help={shift.help}>
        <p className={styles.fromTo}>
          {shift.from} <span>→</span> {shift.to}
        </p>
        <Segmented
          legend={recipeWords.shift.title}
          options={shiftOptions}
          value={setting.shift}
          onChange={(value) => set({ shift: value })}
        />
      </Group>
      {setting.start && (
        <Group title={recipeWords.start.title} help={recipeWords.start.help}>
          <p className={styles.fromTo}>
            {setting.start.name}
            <button type="button" className={styles.remove} aria-label={recipeWords.start.leave} onClick={startRandom}>
              ×
            </button>
          </p>
        </Group>
      )}
      <Group title={recipeWords.schedule.title}>
        <ScheduleEditor />
      </Group>
      <Group title={`${recipeWords.replay.title}, %`} help={recipeWords.replay.help}>
        <Segmented
          legend={recipeWords.replay.title}
          options={replayOptions}
          value={replay}
          onChange={(replayPercent) => change({ replayPercent })}
        />
      </Group>
      <div className={styles.two}>
        <Group title={recipeWords.model.title} help={scaleHelp(setting.scale, machine)}>
          <Segmented
            legend={recipeWords.model.title}
            options={scaleOptions}
            value={setting.scale}
            onChange={(value) => set({ scale: value })}
          />
        </Group>
        <Group title={recipeWords.seeds.title} help={recipeWords.seeds.help}>
          <Segmented
            legend={recipeWords.seeds.title}
            options={seedOptions}
            value={setting.seeds.length}
            onChange={(n) => set({ seeds: Array.from({ length: n }, (_, i) => i + 1) })}
          />
        </Group>
      </div>
      <Group title={recipeWords.budget.title} help={recipeWords.budget.help(tokens)}>
        <Segmented
          legend={recipeWords.budget.title}
          options={budgetOptions}
          value={setting.budget}
          onChange={(budget) => set({ budget })}
        />
      </Group>
    </div>
  );
}
