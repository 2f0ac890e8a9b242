// The left column of a figure's page: which runs, how many seeds, which size, how much text; and what that takes.

import type { ReactNode } from 'react';
import { studyAppearance } from '../../drawing/lines';
import type { FigureId } from '../../experiment/figures';
import { studyOffer } from '../../experiment/offered';
import { scales } from '../../experiment/scales';
import { isChosen } from '../../store/choices';
import { scalesOffered } from '../../store/machine';
import { type ChosenPart, isOffered } from '../../store/parts';
import { armProgress } from '../../store/progress';
import { Swatch } from '../charts/Marks';
import { useChoices, useLab, useSession } from '../context';
import { NumberBox } from '../controls/NumberBox';
import { Segmented } from '../controls/Segmented';
import { StartOver } from '../controls/StartOver';
import { count } from '../format';
import recipe from '../lab/Recipe.module.css';
import { armStateText, startOverWords } from '../strings';
import { PlanSummary } from '../view/PlanSummary';
import { scaleHelp } from '../view/scale_help';
import styles from './Figures.module.css';
import { pageWords } from './words';

function Group({ title, help, children }: { title: string; help?: ReactNode; children: ReactNode }) {
  return (
    <section className={recipe.group}>
      <h2>{title}</h2>
      {children}
      {help && <p className={recipe.help}>{help}</p>}
    </section>
  );
}

interface PartProps {
  readonly id: FigureId;
  readonly chosen: ChosenPart;
}

function Arms({ id: figure, chosen }: PartProps) {
  const { choices } = useLab();
  const records = useSession((state) => state.records);
  const phase = useSession((state) => state.phase);
  const planned = useSession((state) => state.planned);
  const { part, whole, arms } = chosen;
  return (
    <Group title={`${pageWords.arms} · ${part.title}`}>
      <ul className={styles.arms}>
        {part.experiment.arms.map(({ id, label }) => {
          const wanted = arms.includes(id);
          const progress = armProgress(whole, id, { records, phase, planned });
          const { state, message } = progress;
          return (
            <li key={id}>
              <label>
                <input type="checkbox" checked={wanted} onChange={() => choices.toggleArm(figure, part.key, id)} />
                <Swatch appearance={studyAppearance(id)} />
                <span>{label}</span>
                {state && <small title={message ?? undefined}>{armStateText(progress) || 'done'}</small>}
              </label>
            </li>
          );
        })}
      </ul>
    </Group>
  );
}

function Parts({ id, parts }: { readonly id: FigureId; readonly parts: readonly ChosenPart[] }) {
  const { choices } = useLab();
  const machine = useSession((state) => state.machine);
  if (parts.length < 2) return null;
  return (
    <Group title={pageWords.runParts}>
      <ul className={`${styles.arms} ${styles.inRow}`}>
        {parts.map((chosen) => {
          const { part, wanted } = chosen;
          const offered = isOffered(chosen, machine);
          return (
            <li key={part.key}>
              <label>
                <input
                  type="checkbox"
                  disabled={!offered}
                  checked={wanted && offered}
                  onChange={() => choices.togglePart(id, part.key)}
                />
                <span>
                  {part.title}
                  {!offered && <small> {pageWords.notOffered(part.experiment.scale)}</small>}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
    </Group>
  );
}

interface StudyProps {
  readonly id: FigureId;
  readonly parts: readonly ChosenPart[];
  readonly chosen: ChosenPart;
}

export function StudyColumn({ id, parts, chosen }: StudyProps) {
  const { choices, startOver } = useLab();
  const study = useChoices((state) => state.study);
  const machine = useSession((state) => state.machine);
  const { model, batch, steps } = scales[study.scale];
  const tokens = study.budget * steps * batch * model.context;
  const changed = useChoices((state) => isChosen(state, id));
  return (
    <div className={recipe.recipe}>
      <Arms id={id} chosen={chosen} />
      <Parts id={id} parts={parts} />
      <div className={recipe.two}>
        <Group title={pageWords.model.title} help={scaleHelp(study.scale, machine)}>
          <Segmented
            legend={pageWords.model.title}
            options={scalesOffered(machine).map((value) => ({ value, label: value }))}
            value={study.scale}
            onChange={(scale) => choices.choose({ scale })}
          />
        </Group>
        <Group title={pageWords.seeds.title} help={pageWords.seeds.help}>
          <Segmented
            legend={pageWords.seeds.title}
            options={studyOffer.seeds.map((value) => ({ value, label: String(value) }))}
            value={study.seeds}
            onChange={(seeds) => choices.choose({ seeds })}
          />
          <div className={styles.first}>
            <span>{pageWords.seeds.first}</span>
            <NumberBox
              label={pageWords.seeds.firstLabel}
              unit=""
              {...studyOffer.firstSeed}
              step={1}
              whole
              value={study.first}
              onChange={(first) => choices.choose({ first })}
            />
          </div>
        </Group>
      </div>
      <Group title={pageWords.budget.title} help={`${count(tokens)} tokens of old text (paper: 300 B)`}>
        <Segmented
          legend={pageWords.budget.title}
          options={studyOffer.budgets.map((value) => ({ value, label: `${100 * value} %` }))}
          value={study.budget}
          onChange={(budget) => choices.choose({ budget })}
        />
      </Group>
      <PlanSummary parts={parts} />
      {changed && <StartOver help={startOverWords.figure} onPress={() => startOver(id)} />}
    </div>
  );
}
