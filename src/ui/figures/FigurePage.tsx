// One figure of a paper: its question and charts, beside them what will be trained, under them what the paper claims, its
// numbers, and text that the runs write. Below 1000 px the choices are a sheet.

import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Claim } from '../../experiment/claims/claim';
import { figures } from '../../experiment/figures';
import { type Figure, figureIds, type PartKey } from '../../experiment/figures/figure';
import { figureAxis } from '../../experiment/figures/lines';
import type { ChosenPart } from '../../store/figureChoice';
import { useFigures, useLab, useRun } from '../context';
import { Segmented } from '../controls/Segmented';
import { percent } from '../format';
import { useMedia } from '../hooks';
import lab from '../Lab.module.css';
import { createLooking, type Looking } from '../lab/LossCharts';
import { figureWords } from '../strings';
import { Charts } from './Charts';
import { FigureRunBar } from './FigureRunBar';
import styles from './Figures.module.css';
import { Numbers } from './Numbers';
import { PaperStrip } from './PaperStrip';
import { Samples } from './Samples';
import { StudyColumn } from './Study';
import { useEvidence, useParts } from './usePart';
import { Verdicts } from './Verdicts';
import { pageWords } from './words';

/** Keeps what is known about the figure up to date while its page is open. */
function useLook(figure: Figure): void {
  const { figures } = useLab();
  const machine = useRun((state) => state.machine);
  useEffect(() => {
    // Before the machine is known there is nothing to measure with.
    if (machine) figures.look(figure);
    return () => figures.look(null);
  }, [figures, figure, machine]);
}

interface Beside {
  readonly column: ReactNode;
  readonly bar: ReactNode;
  readonly children: ReactNode;
}

/** The column beside the page, or a sheet and a bar under it. */
function Layout({ column, bar, children }: Beside) {
  const wide = useMedia('(min-width: 1000px)');
  const sheet = useRef<HTMLDialogElement>(null);
  return (
    <main className={lab.lab}>
      {wide ? (
        <aside className={lab.side} aria-label={pageWords.arms}>
          <div className={lab.scroll}>{column}</div>
          {bar}
        </aside>
      ) : (
        <dialog ref={sheet} className={lab.sheet} aria-label={pageWords.arms}>
          <div className={lab.sheetHead}>
            <h2>{pageWords.arms}</h2>
            <button type="button" onClick={() => sheet.current?.close()}>
              Done
            </button>
          </div>
          {column}
        </dialog>
      )}
      <div className={lab.page}>{children}</div>
      {!wide && (
        <div className={lab.sticky}>
          <button type="button" className={lab.recipe} onClick={() => sheet.current?.showModal()}>
            Runs
          </button>
          {bar}
        </div>
      )}
    </main>
  );
}

interface WindowProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly looking: Looking;
}

/** Where a figure is about the beginning, that is what is in sight first. */
function Window({ figure, chosen, looking }: WindowProps) {
  const { zoom, change } = useStore(looking.view);
  const { end } = figureAxis(figure, chosen.part);
  const early = figure.window * end;
  useEffect(() => change({ zoom: { from: 0, to: early } }), [change, early]);
  const value = zoom === null ? 'whole' : zoom.from === 0 && zoom.to === early ? 'early' : 'other';
  return (
    <Segmented<string>
      legend={pageWords.window}
      options={[
        { value: 'early', label: pageWords.early(percent(figure.window)) },
        { value: 'whole', label: pageWords.whole },
      ]}
      value={value}
      onChange={(next) => change({ zoom: next === 'early' ? { from: 0, to: early } : null })}
    />
  );
}

/** The way on: all figures, and the next one's question. */
function Neighbours({ figure }: { readonly figure: Figure }) {
  const next = figureIds[(figureIds.indexOf(figure.id) + 1) % figureIds.length] ?? figure.id;
  return (
    <nav className={styles.neighbours} aria-label={pageWords.back}>
      <a href="#/figures">{pageWords.back}</a>
      <a href={`#/fig/${next}`}>{figures[next].question}</a>
    </nav>
  );
}

interface FigurePageProps {
  readonly figure: Figure;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export function FigurePage({ figure, tables, onTables }: FigurePageProps) {
  const parts = useParts(figure);
  const evidence = useEvidence(parts);
  const [key, setKey] = useState<PartKey | null>(null);
  const [looking] = useState(createLooking);
  const [solo, setSolo] = useState<Claim['show'] | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const wide = useMedia('(min-width: 1000px)');
  const study = useFigures((state) => state.study);
  useLook(figure);
  const chosen = parts.find(({ part }) => part.key === key) ?? (parts[0] as ChosenPart);
  const shown = useMemo(() => {
    const only = solo?.part === chosen.part.key ? solo.arms : null;
    return new Set(chosen.arms.filter((arm) => !only || only.includes(arm)));
  }, [chosen, solo]);
  const show = useCallback(
    (what: Claim['show']) => {
      setKey(what.part);
      setSolo(what);
      // Charts that stand one under the other do not fit a screen together.
      const chart = wide ? null : top.current?.querySelectorAll('figure')[figure.measures.indexOf(what.measure)];
      (chart ?? top.current)?.scrollIntoView({ block: 'start' });
    },
    [figure, wide],
  );
  return (
    <Layout
      column={<StudyColumn figure={figure} parts={parts} chosen={chosen} />}
      bar={<FigureRunBar figure={figure} parts={parts} />}
    >
      <div className={lab.first} ref={top}>
        <div className={lab.head}>
          <h1>{figure.question}</h1>
          <button type="button" className={lab.toggle} aria-pressed={tables} onClick={() => onTables(!tables)}>
            {tables ? figureWords.chart : figureWords.table}
          </button>
        </div>
        <p className={lab.lead}>{figure.watch}</p>
        <div className={styles.tabs}>
          {parts.length > 1 && (
            <Segmented
              legend={pageWords.partsLegend}
              options={parts.map(({ part }) => ({ value: part.key, label: part.title }))}
              value={chosen.part.key}
              onChange={setKey}
            />
          )}
          {figure.window < 1 && <Window figure={figure} chosen={chosen} looking={looking} />}
          {shown.size < chosen.arms.length && (
            <p>
              {pageWords.solo(shown.size)}{' '}
              <button type="button" className={styles.link} onClick={() => setSolo(null)}>
                {pageWords.unsolo}
              </button>
            </p>
          )}
        </div>
        <div className={lab.figure}>
          <Charts figure={figure} chosen={chosen} evidence={evidence} shown={shown} tables={tables} looking={looking} />
        </div>
        <p className={lab.scale}>
          {figure.source}, at size {study.scale}, {pageWords.overSeeds(study.seeds)}. Directions should match; numbers
          will not.
        </p>
      </div>
      <Verdicts figure={figure} parts={parts} onShow={show} />
      <Numbers figure={figure} chosen={chosen} evidence={evidence} />
      <PaperStrip figure={figure} chosen={chosen} evidence={evidence} />
      <Samples chosen={chosen} />
      <Neighbours figure={figure} />
    </Layout>
  );
}
