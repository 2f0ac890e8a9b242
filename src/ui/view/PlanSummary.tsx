// What Run would do now: stages, tokens, memory, time, and how much of it is measuring.

import { Fragment } from 'react';
import { mostRepeats, type Repeat, timesWords } from '../../experiment/repeats';
import { type ChosenPart, partsToRun } from '../../store/parts';
import { isActive } from '../../store/session_state';
import type { Measured } from '../../worker/protocol';
import { useSession } from '../context';
import { bytes, count, duration, percent } from '../format';
import recipe from '../lab/Recipe.module.css';
import { planWords, runWords } from '../strings';
import styles from './RunBar.module.css';

export interface RunPlan {
  /** Stages that have to be trained, and those that are known already. */
  readonly stages: number;
  readonly reused: number;
  readonly tokens: number;
  /** Null while not known for every part. */
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly evaluationShare: number | null;
  /** Runs that train at once where memory does not allow all that could. */
  readonly together: Measured['together'];
  readonly repeats: readonly Repeat[];
  readonly measuring: boolean;
  readonly parts: number;
}

/** Over all parts that Run would train; a stage that two parts share counts once. */
export function useRunPlan(parts: readonly ChosenPart[]): RunPlan {
  const machine = useSession((state) => state.machine);
  const records = useSession((state) => state.records);
  const active = useSession((state) => isActive(state.phase));
  const estimates = useSession((state) => state.estimates);
  const wanted = partsToRun(parts, machine).map(({ chosen }) => chosen);
  const answers = wanted.map(({ id }): Measured | null => {
    const estimate = estimates[id];
    return estimate === undefined || estimate === 'measuring' ? null : estimate;
  });
  const kept = new Set(answers.flatMap((answer) => answer?.kept ?? []));
  const nodes = new Map(wanted.flatMap((plan) => plan.nodes.map((node) => [node.id, node] as const)));
  const open = [...nodes.values()].filter(({ id }) => !kept.has(id) && !records.get(id)?.final);
  const sum = (of: (answer: Measured) => number | null) =>
    answers.reduce<number | null>((total, answer) => {
      const own = answer && of(answer);
      return total === null || own === null ? null : total + own;
    }, 0);
  const seconds = sum((answer) => answer.seconds);
  const evaluating = sum((answer) => (answer.seconds ?? 0) * (answer.evaluationShare ?? 0));
  return {
    stages: open.length,
    reused: nodes.size - open.length,
    tokens: open.reduce((total, { tokens }) => total + tokens, 0),
    seconds,
    bytes: answers.reduce<number | null>((most, answer) => Math.max(most ?? 0, answer?.bytes ?? 0) || null, null),
    evaluationShare: seconds && evaluating !== null ? evaluating / seconds : null,
    together: answers.map((answer) => answer?.together ?? null).find((one) => one !== null) ?? null,
    repeats: mostRepeats(answers.flatMap((answer) => answer?.repeats ?? [])),
    measuring: !active && machine !== null && answers.some((answer) => answer === null),
    parts: wanted.length,
  };
}

export function PlanSummary({ parts }: { readonly parts: readonly ChosenPart[] }) {
  const { stages, reused, tokens, seconds, bytes: memory, evaluationShare, measuring, ...plan } = useRunPlan(parts);
  const { together, repeats } = plan;
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
            {together !== null && (
              <>
                <dt>{planWords.together}</dt>
                <dd>{`${together.runs} of ${together.of}`}</dd>
              </>
            )}
            {repeats.map(({ corpus, times }) => (
              <Fragment key={corpus}>
                <dt>{planWords.reads(corpus)}</dt>
                <dd>{timesWords(times)}</dd>
              </Fragment>
            ))}
          </>
        )}
      </dl>
    </section>
  );
}
