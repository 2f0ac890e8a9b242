// The one thing to press, what it costs here, and how far it is.

import { armName } from '../../store/naming';
import { armOfDraft, sameSetting } from '../../store/recipe';
import { armResults } from '../../store/results';
import { isActive, type RunState } from '../../store/run';
import { useLab, useRecipe, useRun } from '../context';
import { count, duration, percent } from '../format';
import { runWords } from '../strings';
import styles from './RunBar.module.css';

interface RunChoice {
  readonly label: string;
  /** True when the charts already show all there is to run. */
  readonly nothing: boolean;
}

/** What pressing Run would do now. */
function useRunChoice(): RunChoice {
  const arms = useRecipe((state) => state.arms);
  const draft = useRecipe((state) => state.draft);
  const setting = useRecipe((state) => state.setting);
  const run = useRun((state) => state);
  const same = armOfDraft({ arms, draft });
  const board = run.board && sameSetting(run.board.setting, setting) ? run.board : null;
  const ended = new Set(
    board
      ? armResults(run)
          .filter(({ state }) => state === 'done' || state === 'reused')
          .map(({ arm }) => arm.id)
      : [],
  );
  const open = arms.filter((arm) => !ended.has(arm.id)).length + (same ? 0 : 1);
  if (open === 0 && same) return { label: runWords.same, nothing: true };
  if (open === 1 && !same && ended.size > 0) return { label: runWords.runNew, nothing: false };
  return { label: open === 1 ? runWords.run : `${runWords.run} ${open} arms`, nothing: false };
}

function estimateWords(run: RunState): string {
  switch (run.estimate.kind) {
    case 'unknown':
      return '';
    case 'measuring':
      return runWords.measuring;
    case 'known':
      return run.estimate.seconds < 1 ? 'at once' : `about ${duration(run.estimate.seconds)} here`;
    default:
      return run.estimate satisfies never;
  }
}

/** Two short lines: how far and how long, then how much and how fast. */
function progressWords({ phase, compiled, progress }: RunState): readonly [string, string] {
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
  const run = useRun((state) => state);
  const { progress } = run;
  const [first, second] = progressWords(run);
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

export function RunBar() {
  const lab = useLab();
  const run = useRun((state) => state);
  const draft = useRecipe((state) => state.draft);
  const { label, nothing } = useRunChoice();
  if (isActive(run.phase)) {
    return (
      <div className={styles.bar}>
        <Progress />
        <div className={styles.verbs}>
          <button type="button" className={styles.main} onClick={() => void lab.pauseOrResume()}>
            {run.phase === 'paused' ? runWords.resume : runWords.pause}
          </button>
          <button type="button" onClick={() => void lab.step()}>
            {runWords.step}
          </button>
          <button type="button" onClick={() => void lab.stop()}>
            {runWords.stop}
          </button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.bar}>
      <div className={styles.verbs}>
        <button
          type="button"
          className={styles.run}
          disabled={nothing}
          title={armName(draft)}
          onClick={() => void lab.start()}
        >
          {label} <span>{!nothing && estimateWords(run)}</span>
        </button>
        {!nothing && (
          <button type="button" className={styles.step} onClick={() => void lab.step()}>
            {runWords.step}
          </button>
        )}
      </div>
    </div>
  );
}
