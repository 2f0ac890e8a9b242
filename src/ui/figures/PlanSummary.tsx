// What Run would do now: stages, tokens, memory, time, and how much of it is measuring.

import { type ChosenPart, partsToRun } from '../../store/figureChoice';
import type { PartEstimate } from '../../store/figureLab';
import { isActive } from '../../store/run';
import type { Measured } from '../../worker/protocol';
import { useFigures, useRun } from '../context';
import { bytes, count, duration, percent } from '../format';
import recipe from '../lab/Recipe.module.css';
import { runWords } from '../strings';
import styles from './Figures.module.css';
import { planWords } from './words';

export interface RunPlan {
  /** Stages that have to be trained, and those that are kept. */
  readonly stages: number;
  readonly reused: number;
  readonly tokens: number;
  /** Null while not known for every part. */
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly evaluationShare: number | null;
  readonly measuring: boolean;
  readonly parts: number;
}

function known(estimate: PartEstimate | undefined): Measured | null {
  return estimate?.kind === 'measured' ? estimate : null;
}

/** Over all parts that Run would train; a stage that two parts share counts once. */
export function useRunPlan(parts: readonly ChosenPart[]): RunPlan {
  const machine = useRun((state) => state.machine);
  const nodes = useRun((state) => state.nodes);
  const active = useRun((state) => isActive(state.phase));
  const estimates = useFigures((state) => state.estimates);
  const wanted = partsToRun(parts, machine).map(({ chosen }) => chosen);
  const answers = wanted.map(({ id }) => known(estimates[id]));
  const kept = new Set(answers.flatMap((answer) => answer?.kept ?? []));
  for (const [id, { final }] of Object.entries(nodes)) if (final) kept.add(id);
  let tokens = 0;
  const open = new Set<string>();
  const all = new Set<string>();
  for (const { experiment, nodes: stages } of wanted) {
    for (const { id, stage } of stages) {
      if (!kept.has(id) && !open.has(id)) {
        open.add(id);
        tokens += stage.steps * experiment.batch * experiment.model.context;
      }
      all.add(id);
    }
  }
  const sum = (of: (answer: Measured) => number | null) =>
    answers.reduce<number | null>((total, answer) => {
      const own = answer && of(answer);
      return total === null || own === null ? null : total + own;
    }, 0);
  const seconds = sum((answer) => answer.seconds);
  const evaluating = sum((answer) => (answer.seconds ?? 0) * (answer.evaluationShare ?? 0));
  return {
    stages: open.size,
    reused: all.size - open.size,
    tokens,
    seconds,
    bytes: answers.reduce<number | null>((most, answer) => Math.max(most ?? 0, answer?.bytes ?? 0) || null, null),
    evaluationShare: seconds && evaluating !== null ? evaluating / seconds : null,
    measuring: !active && machine !== null && answers.some((answer) => answer === null),
    parts: wanted.length,
  };
}

export function PlanSummary({ parts }: { readonly parts: readonly ChosenPart[] }) {
  const { stages, reused, tokens, seconds, bytes: memory, evaluationShare, measuring } = useRunPlan(parts);
  if (stages + reused === 0) return null;
  const time = seconds === null ? planWords.unmeasured : duration(seconds);
  return (
    <section className={recipe.group} aria-label={planWords.title}>
      <h2>{planWords.title}</h2>
      <dl className={styles.plan}>
        <dt>{planWords.stages}</dt>
        <dd>
          {stages}
          {reused > 0 && `, ${reused} ${planWords.reused}`}
        </dd>
        {stages > 0 && (
          <>
            <dt>{planWords.tokens}</dt>
            <dd>{count(tokens)}</dd>
            <dt>{planWords.time}</dt>
            <dd>{measuring ? runWords.measuring : time}</dd>
            {evaluationShare !== null && (
              <>
                <dt>{planWords.evaluation}</dt>
                <dd>{percent(evaluationShare)}</dd>
              </>
            )}
            {memory !== null && (
              <>
                <dt>{planWords.memory}</dt>
                <dd>{bytes(memory)}</dd>
              </>
            )}
          </>
        )}
      </dl>
    </section>
  );
}
