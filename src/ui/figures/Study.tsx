// The left column of a figure's page: which runs, how many seeds, which size, how much text; and what that takes.

import type { ReactNode } from 'react';
import { parameters } from '../../experiment/cost';
import type { Figure } from '../../experiment/figures/figure';
import { scales } from '../../experiment/scales';
import { budgets, type ChosenPart, isOffered, seedCounts } from '../../store/figureChoice';
import { armProgress } from '../../store/figureEvidence';
import { scalesOffered } from '../../store/machine';
import { Swatch } from '../charts/Marks';
import { useFigures, useLab, useRun } from '../context';
import { Segmented } from '../controls/Segmented';
import { count, millions } from '../format';
import recipe from '../lab/Recipe.module.css';
import { studyAppearance } from '../palette';
import { armStateWords } from '../strings';
import styles from './Figures.module.css';
import { PlanSummary } from './PlanSummary';
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
  readonly figure: Figure;
  readonly chosen: ChosenPart;
}

function Arms({ figure, chosen }: PartProps) {
  const { figures } = useLab();
  const nodes = useRun((state) => state.nodes);
  const phase = useRun((state) => state.phase);
  const planned = useRun((state) => state.planned);
  const { part, whole, arms } = chosen;
  return (
    <Group title={`${pageWords.arms} · ${part.title}`}>
      <ul className={styles.arms}>
        {part.experiment.arms.map(({ id, label }) => {
          const wanted = arms.includes(id);
          const { state, message } = armProgress(whole, id, { nodes, phase, planned });
          return (
            <li key={id}>
              <label>
                <input type="checkbox" checked={wanted} onChange={() => figures.toggleArm(figure.id, part.key, id)} />
                <Swatch appearance={studyAppearance(id)} />
                <span>{label}</span>
                {state && <small title={message ?? undefined}>{armStateWords[state] || 'done'}</small>}
              </label>
            </li>
          );
        })}
      </ul>
    </Group>
  );
}

function Parts({ figure, parts }: { readonly figure: Figure; readonly parts: readonly ChosenPart[] }) {
  const { figures } = useLab();
  const machine = useRun((state) => state.machine);
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
                  onChange={() => figures.togglePart(figure.id, part.key)}
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
  readonly figure: Figure;
  readonly parts: readonly ChosenPart[];
  readonly chosen: ChosenPart;
}

export function StudyColumn({ figure, parts, chosen }: StudyProps) {
  const { figures } = useLab();
  const study = useFigures((state) => state.study);
  const machine = useRun((state) => state.machine);
  const { model, batch, steps } = scales[study.scale];
  const tokens = study.budget * steps * batch * model.context;
  return (
    <div className={recipe.recipe}>
      <Arms figure={figure} chosen={chosen} />
      <Parts figure={figure} parts={parts} />
      <div className={recipe.two}>
        <Group title={pageWords.model.title} help={`${millions(parameters(model))} parameters`}>
          <Segmented
            legend={pageWords.model.title}
            options={scalesOffered(machine).map((value) => ({ value, label: value }))}
            value={study.scale}
            onChange={(scale) => figures.choose({ scale })}
          />
        </Group>
        <Group title={pageWords.seeds.title} help={pageWords.seeds.help}>
          <Segmented
            legend={pageWords.seeds.title}
            options={seedCounts.map((value) => ({ value, label: String(value) }))}
            value={study.seeds}
            onChange={(seeds) => figures.choose({ seeds })}
          />
        </Group>
      </div>
      <Group title={pageWords.budget.title} help={`${count(tokens)} tokens of old text (paper: 300 B)`}>
        <Segmented
          legend={pageWords.budget.title}
          options={budgets.map((value) => ({ value, label: `${100 * value} %` }))}
          value={study.budget}
          onChange={(budget) => figures.choose({ budget })}
        />
      </Group>
      <PlanSummary parts={parts} />
    </div>
  );
}
