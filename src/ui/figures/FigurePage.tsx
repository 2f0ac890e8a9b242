// One figure of a paper: what will be trained beside its charts, and under them text that the runs write and the way on.

import { useMemo, useState } from 'react';
import { type FigureId, figureIds, figures } from '../../experiment/figures';
import type { ChoicesState } from '../../store/choices';
import { figureQuery } from '../../store/figure_link';
import { type FigureLook, plainLook, plainScreen, type Screen } from '../../store/look';
import { useChoices, useLab } from '../context';
import { useWrittenAddress } from '../hooks';
import { useScreen } from '../screen';
import { planWords } from '../strings';
import { useEvidence, useKnown, useLook } from '../view/evidence';
import { RunBar, runLabel } from '../view/RunBar';
import styles from './Figures.module.css';
import { FigureView } from './FigureView';
import { Samples } from './Samples';
import { StudyColumn } from './Study';
import { useParts } from './use_parts';
import { pageWords } from './words';

/** The way on: all figures, and the next one's question. */
function Neighbours({ id }: { readonly id: FigureId }) {
  const next = figureIds[(figureIds.indexOf(id) + 1) % figureIds.length] ?? id;
  return (
    <nav className={styles.neighbours} aria-label={pageWords.back}>
      <a href="#/figures">{pageWords.back}</a>
      <a href={`#/fig/${next}`}>{figures[next].question}</a>
    </nav>
  );
}

/** Lets the address say what is chosen and how it is looked at. */
function useAddress(id: FigureId, look: FigureLook | null): void {
  const choices = useChoices((state) => state);
  const { ui, theme, at } = useScreen();
  const make = useMemo(
    () => look && (async () => figureAddress(id, choices, look, { ui, theme })),
    [id, choices, look, ui, theme],
  );
  useWrittenAddress(make, !choices.linked, at);
}

function figureAddress(id: FigureId, choices: ChoicesState, look: FigureLook, screen: Screen): string {
  const query = figureQuery(id, choices, look, screen);
  return `#/fig/${id}${query && `?${query}`}`;
}

interface FigurePageProps {
  readonly id: FigureId;
  /** How the page is looked at first. */
  readonly look: FigureLook | undefined;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export function FigurePage({ id, look, tables, onTables }: FigurePageProps) {
  const figure = figures[id];
  const [looked, setLooked] = useState<FigureLook | null>(null);
  useAddress(id, looked);
  const { session, choices } = useLab();
  const parts = useParts(id);
  const view = useMemo(() => ({ id, parts }), [id, parts]);
  const evidence = useEvidence(parts);
  const study = useChoices((state) => state.study);
  useLook(view);
  const known = useKnown(view);
  return (
    <FigureView
      figure={figure}
      parts={parts}
      evidence={evidence}
      tables={tables}
      onTables={onTables}
      results={known}
      look={look}
      onLook={setLooked}
      settings={async (all) => figureAddress(id, choices.getState(), all ?? plainLook, plainScreen)}
      note={(seeds) =>
        `${figure.source}, at size ${study.scale}${seeds && `, ${seeds}`}. Directions should match; numbers will not.`
      }
      column={(chosen) => <StudyColumn id={id} parts={parts} chosen={chosen} />}
      bar={
        <RunBar
          view={view}
          label={(plan) => runLabel(plan, planWords.trained)}
          onStart={(stepwise) => void session.start(view, stepwise)}
        />
      }
    >
      {(chosen) => (
        <>
          <Samples chosen={chosen} />
          <Neighbours id={id} />
        </>
      )}
    </FigureView>
  );
}
