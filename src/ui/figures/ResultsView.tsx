// Results that were made elsewhere: the figure or the experiment as it was trained there, with what made it; and over it, what
// is trained here of the same.

import { useMemo, useState } from 'react';
import { partLooks } from '../../drawing/lines';
import { figureOf } from '../../experiment/figures';
import { plan } from '../../experiment/plan';
import type { Sent } from '../../experiment/pool';
import type { OpenedResults } from '../../experiment/saved';
import { wholePart } from '../../store/parts';
import { addressWords } from '../address_words';
import { linkWords } from '../files/words';
import recipe from '../lab/Recipe.module.css';
import { fileWords } from '../strings';
import { useEvidence, useEvidenceOf, useKnown, useLook } from '../view/evidence';
import bar from '../view/RunBar.module.css';
import { FigureView } from './FigureView';
import { Finals } from './Finals';
import { Comparison, HereBar } from './Here';
import { type LinkAddress, useLinkLook } from './link_look';
import { Senders } from './Senders';
import { senderWords } from './sent_words';

interface ResultsViewProps {
  /** Where they came from, in a sentence: the names of files, `a link`. */
  readonly name: string;
  readonly title: string;
  readonly results: OpenedResults;
  /** Whose they are. */
  readonly sent: readonly Sent[];
  /** What else is to be known about them. */
  readonly more?: string | undefined;
  /** The address that they came in. */
  readonly address?: LinkAddress;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

/** Each once, in the order in which they come. */
const different = (values: readonly string[]) => [...new Set(values)];

type OriginProps = Pick<ResultsViewProps, 'name' | 'title' | 'results' | 'sent' | 'more'>;

function Origin({ name, title, results, sent, more }: OriginProps) {
  const records = [...results.records.values()];
  const empty = records.length === 0;
  const makers = different(records.flatMap(({ maker }) => (maker ? `${maker.adapter}, Rewarm ${maker.version}` : [])));
  const texts = different(records.flatMap(({ corpora }) => corpora.map((one) => one.name)));
  const nodes = results.parts.flatMap((part) => plan(part.experiment).nodes);
  const seeds = different(nodes.flatMap(({ id, seed }) => (empty || results.records.has(id) ? String(seed) : [])));
  const scales = different(results.parts.map(({ experiment }) => experiment.scale));
  return (
    <section className={recipe.group}>
      <h2>{title}</h2>
      {sent.length === 1 && name !== linkWords.name && <p className={recipe.help}>{name}</p>}
      <dl className={bar.plan}>
        <dt>{fileWords.size}</dt>
        <dd>{scales.join(', ')}</dd>
        <dt>{fileWords.seeds}</dt>
        <dd>{seeds.join(', ')}</dd>
        {!empty && (
          <>
            <dt>{fileWords.texts}</dt>
            <dd>{texts.join(', ')}</dd>
            <dt>{fileWords.stages}</dt>
            <dd>{records.filter(({ final }) => final).length}</dd>
          </>
        )}
      </dl>
      <p className={recipe.help}>
        {empty
          ? fileWords.untrained
          : `${fileWords.made} ${makers.join('; ') || fileWords.unknown}. ${fileWords.apart} ${more ?? ''}`}
      </p>
    </section>
  );
}

export function ResultsView({ tables, onTables, address, ...origin }: ResultsViewProps) {
  const { name, results, sent } = origin;
  const [asked, setAsked] = useState(false);
  const parts = useMemo(() => results.parts.map(wholePart), [results]);
  const view = useMemo(() => ({ id: results.figure ?? 'own', parts }) as const, [results, parts]);
  // Only for who wants to train them is anything measured or kept of what somebody sent.
  useLook(asked ? view : null);
  const empty = results.records.size === 0;
  const theirs = useEvidenceOf(parts, results.records);
  const here = useEvidence(parts);
  const known = useKnown(view);
  const over = known && !empty ? here : undefined;
  const figure = figureOf(results.figure);
  const { look, onLook } = useLinkLook(parts, address, onTables);
  const home = results.figure === null ? '#/' : `#/fig/${results.figure}`;
  const from = empty
    ? fileWords.untrainedNote(name)
    : sent.length > 1
      ? senderWords.pooled(sent.length)
      : fileWords.note(name);
  return (
    <FigureView
      figure={figure}
      parts={parts}
      evidence={empty ? here : theirs}
      over={over}
      tables={tables}
      onTables={onTables}
      results={empty ? (known ?? results) : results}
      look={look}
      onLook={onLook}
      note={(seeds) => [from, figure.source, seeds].filter((words) => words !== '').join(' · ')}
      columnNames={senderWords.column}
      column={(chosen) => (
        <div className={recipe.recipe}>
          <Origin {...origin} />
          <Comparison parts={parts} shown={chosen} results={results} asked={asked} />
          <Senders sent={sent} />
          <p className={bar.small}>
            <a href={home}>{fileWords.here(results.figure === null ? addressWords.lab : figure.name)}</a>
          </p>
        </div>
      )}
      bar={<HereBar view={view} results={results} asked={asked} onAsk={() => setAsked(true)} />}
    >
      {({ part }) => (
        <Finals part={part} measures={figure.measures} evidence={empty ? here : theirs} looks={partLooks(part)} />
      )}
    </FigureView>
  );
}
