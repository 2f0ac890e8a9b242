// The one thing to press on a figure's page, and the parts that wait behind it. While anything trains the verbs are the Lab's.

import { figures } from '../../experiment/figures';
import type { Figure } from '../../experiment/figures/figure';
import type { ChosenPart } from '../../store/figureChoice';
import type { Queue } from '../../store/figureQueue';
import { isActive, type Owner } from '../../store/run';
import { useFigures, useLab, useRun } from '../context';
import { duration } from '../format';
import { RunBar } from '../lab/RunBar';
import bar from '../lab/RunBar.module.css';
import { runWords } from '../strings';
import styles from './Figures.module.css';
import { useRunPlan } from './PlanSummary';
import { planWords, queueWords, runEndWords } from './words';

function QueueList({ queue, active }: { readonly queue: Queue; readonly active: boolean }) {
  const lab = useLab();
  if (queue.items.length < 2) return null;
  return (
    <ul className={styles.queue} aria-label="Queue">
      {queue.items.map(({ part, title, state }) => (
        <li key={part} data-state={state}>
          <span>{title}</span> <small>{queueWords[state]}</small>
          {active && (state === 'waiting' || state === 'training') && (
            <button type="button" aria-label={`${runEndWords.skip} ${title}`} onClick={() => lab.figures.skip(part)}>
              {runEndWords.skip}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Says what trains when it is not this figure. */
function Elsewhere({ owner }: { readonly owner: Owner | null }) {
  if (!owner) return null;
  const [name, address] =
    owner.kind === 'lab' ? ['The Lab', '#/'] : [figures[owner.figure].name, `#/fig/${owner.figure}`];
  return (
    <p className={styles.small}>
      <a href={address}>{runEndWords.other(name)}</a>
    </p>
  );
}

interface FigureRunBarProps {
  readonly figure: Figure;
  readonly parts: readonly ChosenPart[];
}

export function FigureRunBar({ figure, parts }: FigureRunBarProps) {
  const lab = useLab();
  const phase = useRun((state) => state.phase);
  const owner = useRun((state) => state.owner);
  const queue = useFigures((state) => state.queue);
  const plan = useRunPlan(parts);
  const own = owner?.kind === 'figure' && owner.figure === figure.id;
  const active = isActive(phase);
  const shownQueue = own && queue?.figure === figure.id && <QueueList queue={queue} active={active} />;
  if (active) {
    return (
      <div className={styles.runs}>
        {own ? shownQueue : <Elsewhere owner={owner} />}
        <RunBar />
      </div>
    );
  }
  const nothing = plan.stages === 0;
  const reason = plan.parts === 0 ? planWords.none : planWords.trained;
  const time = plan.measuring
    ? runWords.measuring
    : plan.seconds === null
      ? ''
      : `about ${duration(plan.seconds)} here`;
  return (
    <div className={styles.runs}>
      {own && (phase === 'stopped' || phase === 'failed') && <p className={styles.small}>{runEndWords[phase]}</p>}
      {shownQueue}
      <div className={bar.bar}>
        <div className={bar.verbs}>
          <button type="button" className={bar.run} disabled={nothing} onClick={() => void lab.figures.start(figure)}>
            {nothing ? reason : runWords.run} <span>{!nothing && time}</span>
          </button>
          {!nothing && (
            <button type="button" className={bar.step} onClick={() => void lab.figures.start(figure, true)}>
              {runWords.step}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
