// The one thing to press, what it costs here, how far it is, and the parts that wait behind it.

import { figures } from '../../experiment/figures';
import { isOfRun } from '../../store/progress';
import {
  isActive,
  type Queue,
  type QueueItem,
  type SessionState,
  type View,
  type ViewId,
} from '../../store/session_state';
import { useLab, useSession } from '../context';
import { count, duration, percent } from '../format';
import { useKeyed } from '../keyboard';
import { planWords, queueWords, runEndWords, runWords } from '../strings';
import { type RunPlan, useRunPlan } from './PlanSummary';
import styles from './RunBar.module.css';

/** Two short lines: how far and how long, then how much and how fast. */
function progressWords({ phase, compiled, progress }: SessionState): readonly [string, string] {
  if (phase === 'compiling' && compiled) return [`${runWords.compiling} ${compiled.done} of ${compiled.total}`, ''];
  if (!progress) return [runWords.starting, ''];
  const { tokensDone, tokensPlanned, tokensPerSecond, secondsLeft } = progress;
  const left = phase === 'running' && secondsLeft !== null ? ` · ${duration(secondsLeft)} left` : '';
  const speed = phase === 'running' && tokensPerSecond !== null ? ` · ${count(tokensPerSecond)} tokens/s` : '';
  const paused = phase === 'paused' ? ` · ${runWords.paused}` : '';
  return [
    `${percent(tokensDone / tokensPlanned)}${left}${paused}`,
    `${count(tokensDone)} of ${count(tokensPlanned)} tokens${speed}`,
  ];
}

function Progress() {
  const state = useSession((now) => now);
  const { progress } = state;
  const [first, second] = progressWords(state);
  const share = progress ? progress.tokensDone / progress.tokensPlanned : 0;
  return (
    <div className={styles.progress}>
      <progress value={share} max={1} aria-label="Progress of the run" />
      <p>
        {first}
        <br />
        {second}
      </p>
    </div>
  );
}

/** While anything trains. */
function Going() {
  const { session } = useLab();
  const keyed = useKeyed();
  const paused = useSession(({ phase }) => phase === 'paused');
  return (
    <div className={styles.bar}>
      <Progress />
      <div className={styles.verbs}>
        <button type="button" className={styles.main} {...keyed('Space')} onClick={() => void session.pauseOrResume()}>
          {paused ? runWords.resume : runWords.pause}
        </button>
        <button type="button" {...keyed('S')} onClick={() => void session.step()}>
          {runWords.step}
        </button>
        <button type="button" onClick={() => void session.stop()}>
          {runWords.stop}
        </button>
      </div>
    </div>
  );
}

interface QueueListProps {
  readonly queue: Queue;
  readonly view: View;
  readonly active: boolean;
}

/** What goes on; afterwards how it ended, as long as the page still shows what was asked for. */
function QueueList({ queue, view, active }: QueueListProps) {
  const { session } = useLab();
  const shown = ({ plan }: QueueItem) => active || view.parts.some(({ chosen }) => chosen?.id === plan);
  if (queue.items.length < 2 || !queue.items.every(shown)) return null;
  return (
    <ul className={styles.queue} aria-label="Queue">
      {queue.items.map(({ part, title, state }) => (
        <li key={part} data-state={state}>
          <span>{title}</span> <small>{queueWords[state]}</small>
          {active && (state === 'waiting' || state === 'training') && (
            <button type="button" aria-label={`${runEndWords.skip} ${title}`} onClick={() => session.skip(part)}>
              {runEndWords.skip}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Says what trains when it is not this page's. */
function Elsewhere({ owner }: { readonly owner: ViewId }) {
  const [name, address] = owner === 'own' ? ['The Lab', '#/'] : [figures[owner].name, `#/fig/${owner}`];
  return (
    <p className={styles.small}>
      <a href={address}>{runEndWords.other(name)}</a>
    </p>
  );
}

function timeWords({ measuring, seconds }: RunPlan): string {
  if (measuring) return runWords.measuring;
  if (seconds === null) return '';
  return seconds < 1 ? 'at once' : `about ${duration(seconds)} here`;
}

/** Of parts that somebody else has put together. @param trained where nothing is left */
export function runLabel({ stages, parts }: RunPlan, trained: string): string {
  if (stages > 0) return runWords.run;
  return parts === 0 ? planWords.none : trained;
}

interface RunBarProps {
  readonly view: View;
  /** What the button says: what it would do, or why there is nothing to do. */
  readonly label: (plan: RunPlan) => string;
  /** What Run is about, for who points at it. */
  readonly title?: string;
  readonly onStart: (stepwise: boolean) => void;
}

export function RunBar({ view, label, title, onStart }: RunBarProps) {
  const phase = useSession((state) => state.phase);
  const owner = useSession((state) => state.owner);
  const queue = useSession((state) => state.queue);
  const plan = useRunPlan(view.parts);
  const own = owner === view.id;
  const keyed = useKeyed();
  const shown = useSession((state) => isOfRun(state, view));
  const active = isActive(phase);
  const nothing = plan.stages === 0;
  return (
    <div className={styles.runs}>
      {active && owner !== null && !own && <Elsewhere owner={owner} />}
      {active && own && !shown && <p className={styles.small}>{runEndWords.otherChoices}</p>}
      {shown && (phase === 'stopped' || phase === 'failed') && <p className={styles.small}>{runEndWords[phase]}</p>}
      {own && queue?.view === view.id && <QueueList queue={queue} view={view} active={active} />}
      {active ? (
        <Going />
      ) : (
        <div className={styles.bar}>
          <div className={styles.verbs}>
            <button
              type="button"
              className={styles.run}
              disabled={nothing}
              {...keyed('Space', title)}
              onClick={() => onStart(false)}
            >
              {label(plan)} <span>{!nothing && timeWords(plan)}</span>
            </button>
            {!nothing && (
              <button type="button" className={styles.step} {...keyed('S')} onClick={() => onStart(true)}>
                {runWords.step}
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
