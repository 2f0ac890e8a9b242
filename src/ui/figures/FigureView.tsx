// A figure as it is looked at, whoever has trained it: its parts, charts, claims and numbers.

import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { partLooks } from '../../drawing/lines';
import type { Evidence } from '../../experiment/evidence/evidence';
import type { Figure } from '../../experiment/figures/figure';
import { drawnSeeds, figureAxis } from '../../experiment/figures/lines';
import type { Place } from '../../experiment/figures/where';
import type { FigurePart, PartKey } from '../../experiment/part';
import type { OpenedResults } from '../../experiment/saved';
import type { Range } from '../../plot/axis';
import { type ArmsOfParts, type FigureLook, lookQuery, others, type PartArms } from '../../store/look';
import { type ChosenPart, toggled } from '../../store/parts';
import { isBeingTrained } from '../../store/progress';
import { ArmLegend } from '../charts/ArmLegend';
import { useSession } from '../context';
import { Segmented } from '../controls/Segmented';
import { percent } from '../format';
import { useMedia } from '../hooks';
import { useScreen } from '../screen';
import { Frame } from '../view/Frame';
import { Layout } from '../view/Layout';
import { createLooking, type Looking } from '../view/LossCharts';
import { Numbers } from '../view/Numbers';
import styles from '../view/View.module.css';
import { PaperStrip } from './PaperStrip';
import { Verdicts } from './Verdicts';
import { pageWords } from './words';

/** Where the beginning that a figure is about ends, on its axis. */
function earlyEnd(figure: Figure, part: FigurePart): number {
  return figure.window * figureAxis(figure, part).end;
}

interface WindowProps {
  readonly figure: Figure;
  readonly part: FigurePart;
  readonly looking: Looking;
  /** Zoom that the address asks for, null for everything; undefined where it asks for none. */
  readonly asked: Range | null | undefined;
}

/** Where a figure is about the beginning, that is what is in sight first. */
function Window({ figure, part, looking, asked }: WindowProps) {
  const { change } = looking.view;
  const { zoom } = useStore(looking.view);
  const early = earlyEnd(figure, part);
  useEffect(() => {
    if (asked === undefined) change({ zoom: { from: 0, to: early } });
  }, [change, early, asked]);
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

/** What the charts say before they have a curve; while the stage before the switch trains there is nothing of it to show. */
function usePlanWords({ origin }: Figure, { whole }: ChosenPart) {
  const phase = useSession((state) => state.phase);
  const planned = useSession((state) => state.planned);
  const before = origin === 'switch' && isBeingTrained({ phase, planned }, whole.nodes);
  return before ? { old: pageWords.base, new: pageWords.base } : pageWords.plan;
}

/** How the page is looked at now, said to whoever wants to know. */
function useTold(
  { figure, tables, onLook }: FigureViewProps,
  chosen: ChosenPart,
  first: boolean,
  looking: Looking,
  hidden: ArmsOfParts,
): FigureLook {
  const view = useStore(looking.view);
  const { part } = chosen;
  const look = useMemo(() => {
    const { zoom, ...rest } = view;
    const usual = figure.window < 1 ? zoom?.from === 0 && zoom.to === earlyEnd(figure, part) : zoom === null;
    return { part: first ? null : part.key, tables, view: usual ? rest : view, hidden };
  }, [figure, part, first, tables, view, hidden]);
  useEffect(() => onLook?.(look), [look, onLook]);
  return look;
}

/** All arms that may be drawn. */
export const armsOfParts = (parts: readonly ChosenPart[]): PartArms =>
  new Map(parts.map(({ part, arms }): [PartKey, readonly string[]] => [part.key, arms]));

interface FigureViewProps {
  readonly figure: Figure;
  readonly parts: readonly ChosenPart[];
  readonly evidence: Evidence;
  /** What was trained here of the same, where the evidence came from elsewhere. */
  readonly over?: Evidence | undefined;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
  /** @param seeds how many the curves are means of, in words; empty before there are curves */
  readonly note: (seeds: string) => ReactNode;
  /** What is shown, to save or to send. */
  readonly results?: OpenedResults | undefined;
  /** The address of what is chosen, and of how it is looked at where that is given. */
  readonly settings?: (look: FigureLook | null) => Promise<string | null>;
  /** How it is looked at first. */
  readonly look?: FigureLook | undefined;
  readonly onLook?: (look: FigureLook) => void;
  readonly column: (chosen: ChosenPart) => ReactNode;
  /** What the column is about, and the button that opens it where there is no room for it. */
  readonly columnNames?: { readonly name: string; readonly open: string };
  readonly bar: ReactNode;
  readonly children: (chosen: ChosenPart) => ReactNode;
}

export function FigureView(props: FigureViewProps) {
  const { figure, parts, evidence, tables, onTables, note } = props;
  const [key, setKey] = useState<PartKey | null>(props.look?.part ?? null);
  const [looking] = useState(() => createLooking(props.look?.view));
  const [hidden, setHidden] = useState<ArmsOfParts>(props.look?.hidden ?? {});
  const { ui } = useScreen();
  const top = useRef<HTMLDivElement>(null);
  const wide = useMedia('(min-width: 1000px)');
  const chosen = parts.find(({ part }) => part.key === key) ?? (parts[0] as ChosenPart);
  const { part } = chosen;
  const plan = usePlanWords(figure, chosen);
  const look = useTold(props, chosen, chosen === parts[0], looking, hidden);
  const looks = useMemo(() => partLooks(part), [part]);
  const shown = useMemo(
    () => new Set(chosen.arms.filter((arm) => !hidden[part.key]?.includes(arm))),
    [chosen, part, hidden],
  );
  const all = useMemo(() => armsOfParts(parts), [parts]);
  const show = useCallback(
    (what: Place) => {
      setKey(what.part);
      setHidden(others(all, { [what.part]: what.arms }));
      // Charts that stand one under the other do not fit a screen together.
      const chart = wide ? null : top.current?.querySelectorAll('figure')[figure.measures.indexOf(what.measure)];
      (chart ?? top.current)?.scrollIntoView({ block: 'start' });
    },
    [figure, wide, all],
  );
  const tabs = (
    <div className={styles.tabs}>
      {parts.length > 1 && (
        <Segmented
          legend={pageWords.partsLegend}
          options={parts.map((one) => ({ value: one.part.key, label: one.part.title }))}
          value={part.key}
          onChange={setKey}
        />
      )}
      {figure.window < 1 && <Window figure={figure} part={part} looking={looking} asked={props.look?.view.zoom} />}
      {shown.size < chosen.arms.length && (
        <p>
          {pageWords.hidden(chosen.arms.length - shown.size, chosen.arms.length)}{' '}
          <button type="button" className={styles.link} onClick={() => setHidden({})}>
            {pageWords.unsolo}
          </button>
        </p>
      )}
    </div>
  );
  return (
    <Layout {...(props.columnNames ?? pageWords.column)} column={props.column(chosen)} bar={props.bar}>
      <Frame
        figure={figure}
        part={part}
        shown={shown}
        looks={looks}
        evidence={evidence}
        over={props.over}
        tables={tables}
        looking={looking}
        plan={plan}
        question={figure.question}
        lead={figure.watch}
        tabs={tabs}
        note={note(pageWords.overSeeds(drawnSeeds(figure, part, evidence, (arm) => shown.has(arm))))}
        onTables={onTables}
        results={props.results}
        settings={props.settings && ((whole) => props.settings?.(whole ? look : null) ?? Promise.resolve(null))}
        asked={lookQuery(look, all)}
        legend={
          chosen.arms.length > 1 && (
            <ArmLegend
              inRow
              arms={chosen.arms.map((key) => ({
                key,
                name: looks.label(key),
                appearance: looks.appearance(key),
                hidden: !shown.has(key),
              }))}
              onToggle={(arm) => setHidden((now) => ({ ...now, [part.key]: toggled(now[part.key] ?? [], arm) }))}
            />
          )
        }
        top={top}
      />
      {ui !== 'embed' && figure.claims.length > 0 && (
        <Verdicts figure={figure} parts={parts} evidence={evidence} onShow={show} />
      )}
      {ui === null && (
        <>
          <Numbers figure={figure} part={part} evidence={evidence} looks={looks} />
          <PaperStrip figure={figure} part={part} evidence={evidence} />
          {props.children(chosen)}
        </>
      )}
    </Layout>
  );
}
