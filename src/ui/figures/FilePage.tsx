// Results out of a file: the figure or the experiment as it was trained elsewhere, with what made it. Nothing is trained here.

import { useMemo } from 'react';
import type { Records } from '../../experiment/evidence/record';
import { figures } from '../../experiment/figures';
import { ownFigure } from '../../experiment/figures/own';
import { plan } from '../../experiment/plan';
import type { OpenedResults } from '../../experiment/saved';
import { wholePart } from '../../store/parts';
import { useOpened } from '../context';
import { OpenFile } from '../files/OpenFile';
import recipe from '../lab/Recipe.module.css';
import { addressWords, fileWords } from '../strings';
import { useEvidenceOf } from '../view/evidence';
import bar from '../view/RunBar.module.css';
import { FigureView } from './FigureView';
import styles from './Gallery.module.css';

const none: Records = new Map();

/** Each once, in the order in which they come. */
const different = (values: readonly string[]) => [...new Set(values)];

function Origin({ name, results }: { readonly name: string; readonly results: OpenedResults }) {
  const records = [...results.records.values()];
  const makers = different(records.flatMap(({ maker }) => (maker ? `${maker.adapter}, Rewarm ${maker.version}` : [])));
  const texts = different(records.flatMap(({ corpora }) => corpora.map((one) => one.name)));
  const nodes = results.parts.flatMap((part) => plan(part.experiment).nodes);
  const seeds = different(nodes.flatMap(({ id, seed }) => (results.records.has(id) ? String(seed) : [])));
  const scales = different(results.parts.map(({ experiment }) => experiment.scale));
  return (
    <section className={recipe.group}>
      <h2>{fileWords.title}</h2>
      <p className={recipe.help}>{name}</p>
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
        {fileWords.made} {makers.join('; ') || fileWords.unknown}. {fileWords.apart}
      </p>
    </section>
  );
}

interface FilePageProps {
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export function FilePage({ tables, onTables }: FilePageProps) {
  const name = useOpened((state) => state.name);
  const results = useOpened((state) => state.results);
  const parts = useMemo(() => results?.parts.map(wholePart) ?? [], [results]);
  const evidence = useEvidenceOf(parts, results?.records ?? none);
  if (!results || name === null) {
    return (
      <main className={styles.gallery}>
        <h1>{fileWords.heading}</h1>
        <p className={styles.lead}>{fileWords.lead}</p>
        <OpenFile />
      </main>
    );
  }
  const figure = results.figure === null ? ownFigure : figures[results.figure];
  const here = results.figure === null ? '#/' : `#/fig/${results.figure}`;
  return (
    <FigureView
      key={name}
      figure={figure}
      parts={parts}
      evidence={evidence}
      tables={tables}
      onTables={onTables}
      note={(seeds) => [fileWords.note(name), figure.source, seeds].filter((words) => words !== '').join(' · ')}
      column={() => (
        <div className={recipe.recipe}>
          <Origin name={name} results={results} />
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
