// What to measure, the button that measures it, and how far it is.

import { useState } from 'react';
import { isActive } from '../../store/session_state';
import type { BenchChoice } from '../../worker/protocol';
import { useBench, useLab, useSession } from '../context';
import { Segmented } from '../controls/Segmented';
import styles from './Bench.module.css';
import { benchWords } from './words';

const scaleNames = ['XS', 'S', 'M'] as const;
const runCounts = [1, 4, 8] as const;

type ScaleChoice = (typeof scaleNames)[number] | 'all';
type RunsChoice = (typeof runCounts)[number] | 0;

const scaleOptions = [
  ...scaleNames.map((name) => ({ value: name, label: name, spoken: name })),
  { value: 'all', label: benchWords.all, spoken: 'all sizes' },
] as const;
const runOptions = [
  ...runCounts.map((count) => ({
    value: count,
    label: String(count),
    spoken: count === 1 ? '1 run' : `${count} runs`,
  })),
  { value: 0, label: benchWords.all, spoken: '1, then 4, then 8 runs' },
] as const;

function casesOf(scale: ScaleChoice, runs: RunsChoice): BenchChoice[] {
  const sizes = scale === 'all' ? scaleNames : [scale];
  const counts = runs === 0 ? runCounts : [runs];
  return sizes.flatMap((name) => counts.map((count) => ({ scale: name, runs: count })));
}

function Progress() {
  const bench = useLab().bench;
  const progress = useBench((state) => state.progress);
  return (
    <div className={styles.running}>
      <button type="button" onClick={() => void bench.stop()}>
        {benchWords.stop}
      </button>
      <div>
        <progress
          aria-label="Progress of the bench"
          {...(progress ? { value: progress.done, max: progress.total } : {})}
        />
        <p>{progress ? `${progress.done} of ${progress.total} done · ${progress.what}` : benchWords.looking}</p>
      </div>
    </div>
  );
}

export function Controls() {
  const bench = useLab().bench;
  const phase = useBench((state) => state.phase);
  const message = useBench((state) => state.message);
  const busy = useSession((state) => isActive(state.phase));
  const software = useSession((state) => state.machine?.adapter.isFallback === true);
  // What the page trains here, until the person picks another.
  const [picked, setPicked] = useState<ScaleChoice | null>(null);
  const scale = picked ?? (software ? 'XS' : 'S');
  const [runs, setRuns] = useState<RunsChoice>(1);
  if (phase === 'running') return <Progress />;
  return (
    <>
      <div className={styles.choices}>
        <div>
          <p>{benchWords.scale}</p>
          <Segmented<ScaleChoice> legend={benchWords.scale} options={scaleOptions} value={scale} onChange={setPicked} />
        </div>
        <div>
          <p>{benchWords.runs}</p>
          <Segmented<RunsChoice> legend={benchWords.runs} options={runOptions} value={runs} onChange={setRuns} />
        </div>
        <button
          type="button"
          className={styles.run}
          disabled={busy}
          onClick={() => void bench.start(casesOf(scale, runs))}
        >
          {benchWords.run}
        </button>
      </div>
      <p className={styles.note} role="status">
        {busy && benchWords.busy}
        {!busy && phase === 'idle' && `${benchWords.quiet} ${software ? benchWords.software : ''}`}
        {!busy && phase === 'stopped' && benchWords.stopped}
        {!busy && phase === 'failed' && (message ?? benchWords.lost)}
      </p>
    </>
  );
}
