// Results from elsewhere, trained again on this machine: the button, and run by run how the two compare.

import { useMemo } from 'react';
import { compareArm } from '../../experiment/compare';
import type { OpenedResults } from '../../experiment/saved';
import type { ChosenPart } from '../../store/parts';
import { isOfRun } from '../../store/progress';
import { isActive, type View } from '../../store/session_state';
import { useLab, useSession } from '../context';
import { useKeyed } from '../keyboard';
import recipe from '../lab/Recipe.module.css';
import { PlanSummary } from '../view/PlanSummary';
import { RunBar, runLabel } from '../view/RunBar';
import bar from '../view/RunBar.module.css';
import { comparedSentence, hereWords } from './sent_words';

interface HereBarProps {
  readonly view: View;
  readonly results: OpenedResults;
  /** Whether the person wants to train it: before that nothing is measured for what somebody sent. */
  readonly asked: boolean;
  readonly onAsk: () => void;
}

export function HereBar({ view, results, asked, onAsk }: HereBarProps) {
  const { session } = useLab();
  const keyed = useKeyed();
  const going = useSession((state) => isActive(state.phase) && isOfRun(state, view));
  if (asked || going) {
    return (
      <RunBar
        view={view}
        label={(plan) => runLabel(plan, hereWords.trained)}
        onStart={(stepwise) => void session.start(view, stepwise)}
      />
    );
  }
  return (
    <div className={bar.verbs}>
      <button type="button" className={bar.run} {...keyed('Space', hereWords.help)} onClick={onAsk}>
        {results.records.size === 0 ? hereWords.run : hereWords.again}
      </button>
    </div>
  );
}

interface ComparisonProps {
  readonly parts: readonly ChosenPart[];
  readonly shown: ChosenPart;
  readonly results: OpenedResults;
  readonly asked: boolean;
}

/** Of the part that is shown. */
export function Comparison({ parts, shown, results, asked }: ComparisonProps) {
  const records = useSession((state) => state.records);
  const { part, whole } = shown;
  const rows = useMemo(
    () =>
      part.experiment.arms.flatMap(({ id, label: name }) => {
        const sentence = comparedSentence(compareArm(whole, id, results, { records }));
        return sentence === null ? [] : [{ id, name, sentence }];
      }),
    [part, whole, results, records],
  );
  if (!asked && rows.length === 0) return null;
  return (
    <>
      {results.records.size > 0 && (
        <section className={recipe.group} aria-label={hereWords.title}>
          <h2>{hereWords.title}</h2>
          {rows.length === 0 && <p className={recipe.help}>{hereWords.none}</p>}
          <dl className={recipe.compared}>
            {rows.map(({ id, name, sentence }) => (
              <div key={id}>
                <dt>{name}</dt>
                <dd>{sentence}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {asked && <PlanSummary parts={parts} />}
    </>
  );
}
