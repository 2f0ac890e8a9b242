// Results that were made elsewhere: the figure or the experiment as it was trained there, with what made it.

import { useMemo } from 'react';
import { figureOf } from '../../experiment/figures';
import { plan } from '../../experiment/plan';
import type { OpenedResults } from '../../experiment/saved';
import { wholePart } from '../../store/parts';
import { addressWords } from '../address_words';
import { OpenFile } from '../files/OpenFile';
import { linkWords } from '../files/words';
import recipe from '../lab/Recipe.module.css';
import { fileWords } from '../strings';
import { useEvidenceOf } from '../view/evidence';
import bar from '../view/RunBar.module.css';
import { FigureView } from './FigureView';
import { type LinkAddress, useLinkLook } from './link_look';

interface ResultsViewProps {
  /** Where they came from, in a sentence: the name of a file, `a link`. */
  readonly name: string;
  readonly title: string;
  readonly results: OpenedResults;
  /** What else is to be known about them. */
  readonly more?: string;
  /** The address that they came in. */
  readonly address?: LinkAddress;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

/** Each once, in the order in which they come. */
const different = (values: readonly string[]) => [...new Set(values)];

function Origin({ name, title, results, more }: Omit<ResultsViewProps, 'tables' | 'onTables' | 'address'>) {
  const records = [...results.records.values()];
  const makers = different(records.flatMap(({ maker }) => (maker ? `${maker.adapter}, Rewarm ${maker.version}` : [])));
  const texts = different(records.flatMap(({ corpora }) => corpora.map((one) => one.name)));
  const nodes = results.parts.flatMap((part) => plan(part.experiment).nodes);
  const seeds = different(nodes.flatMap(({ id, seed }) => (results.records.has(id) ? String(seed) : [])));
  const scales = different(results.parts.map(({ experiment }) => experiment.scale));
  return (
    <section className={recipe.group}>
      <h2>{title}</h2>
      {name !== linkWords.name && <p className={recipe.help}>{name}</p>}
      <dl className={bar.plan}>
        <dt>{fileWords.size}</dt>
        <dd>{scales.join(', ')}</dd>
        <dt>{fileWords.seeds}</dt>
        <dd>{seeds.join(', ')}</dd>
        <dt>{fileWords.texts}</dt>
        <dd>{texts.join(', ')}</dd>
        <dt>{fileWords.stages}</dt>
        <dd>{records.filter(({ final }) => final).length}</dd>
      </dl>
      <p className={recipe.help}>
        {fileWords.made} {makers.join('; ') || fileWords.unknown}. {fileWords.apart} {more}
      </p>
    </section>
  );
}

export function ResultsView({ tables, onTables, address, ...origin }: ResultsViewProps) {
  const { name, results } = origin;
  const parts = useMemo(() => results.parts.map(wholePart), [results]);
  const evidence = useEvidenceOf(parts, results.records);
  const figure = figureOf(results.figure);
  const { look, onLook } = useLinkLook(parts, address, onTables);
  const here = results.figure === null ? '#/' : `#/fig/${results.figure}`;
  return (
    <FigureView
      figure={figure}
      parts={parts}
      evidence={evidence}
      tables={tables}
      onTables={onTables}
      results={results}
      look={look}
      onLook={onLook}
      note={(seeds) => [fileWords.note(name), figure.source, seeds].filter((words) => words !== '').join(' · ')}
      column={() => (
        <div className={recipe.recipe}>
          <Origin {...origin} />
          <OpenFile />
        </div>
      )}
      bar={
        <p className={bar.small}>
          <a href={here}>{fileWords.here(results.figure === null ? addressWords.lab : figure.name)}</a>
        </p>
      }
    >
      {() => null}
    </FigureView>
  );
}
