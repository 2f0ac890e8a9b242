// Every file that what is shown can leave the page as, each with what it is for.

import { useEffect, useId, useRef, useState } from 'react';
import type { PlanNode } from '../../experiment/plan';
import { plan } from '../../experiment/plan';
import type { OpenedResults } from '../../experiment/saved';
import { useLab, useSession } from '../context';
import shared from '../controls/controls.module.css';
import type { Closable } from './dialog';
import { exportWords } from './export_words';
import styles from './Share.module.css';
import { type SavedKind, saveKind, saveWeights } from './save';

export interface ExportProps {
  readonly results: OpenedResults;
}

const groups: readonly (readonly [keyof typeof exportWords.groups, readonly SavedKind[]])[] = [
  ['whole', ['results.json', 'page.html', 'all.zip']],
  ['charts', ['figure.png', 'figure.svg', 'figure.tex']],
  ['numbers', ['table.csv', 'curves.csv', 'metrics.csv', 'metrics.jsonl', 'verdicts.json']],
  ['settings', ['recipe.json']],
];

/** Stages that ended in this browser, by the names of their runs. */
function useTrained({ parts }: OpenedResults) {
  const records = useSession((state) => state.records);
  return parts.flatMap(({ title, experiment }) => {
    const labels = new Map(experiment.arms.map(({ id, label }) => [id, label]));
    const nameOf = ({ arms, seed, stageIndex, stage }: PlanNode) => {
      const run = arms.length > 1 ? exportWords.shared : (labels.get(arms[0] ?? '') ?? '');
      const last = experiment.arms.some(({ id, stages }) => arms.includes(id) && stages.length === stageIndex + 1);
      const names = [...(parts.length > 1 ? [title] : []), run, ...(last ? [] : [stage.name])];
      return `${names.join(', ')}, seed ${seed}`;
    };
    return plan(experiment).nodes.flatMap((node) =>
      records.get(node.id)?.final
        ? [{ node: node.id, experiment, name: nameOf(node), stage: `${node.arms[0]}-${node.stage.name}-${node.seed}` }]
        : [],
    );
  });
}

function Weights({ results }: ExportProps) {
  const { session, opened } = useLab();
  const trained = useTrained(results);
  const [chosen, setChosen] = useState('');
  const field = useId();
  const one = trained.find(({ node }) => node === chosen) ?? trained.at(-1);
  if (!one) return <p className={styles.none}>{exportWords.noWeights}</p>;
  return (
    <div className={styles.weights}>
      <label htmlFor={field}>{exportWords.of}</label>
      <select id={field} value={one.node} onChange={({ target }) => setChosen(target.value)}>
        {trained.map(({ node, name }) => (
          <option key={node} value={node}>
            {name}
          </option>
        ))}
      </select>
      <button type="button" onClick={() => void saveWeights({ ...one, results }, session, opened)}>
        {exportWords.weights}
      </button>
    </div>
  );
}

export function ExportDialog({ results, onClose }: ExportProps & Closable) {
  const { opened } = useLab();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const offered = (kind: SavedKind) => kind !== 'verdicts.json' || results.figure !== null;
  return (
    <dialog ref={dialog} className={`${shared.dialog} ${styles.share}`} aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>{exportWords.title}</h2>
      {groups.map(([group, kinds]) => (
        <section key={group} aria-label={exportWords.groups[group]}>
          <h3>{exportWords.groups[group]}</h3>
          <ul className={styles.files}>
            {kinds.filter(offered).map((kind) => (
              <li key={kind}>
                <button type="button" onClick={() => void saveKind(kind, results, opened)}>
                  {exportWords.kinds[kind]}
                </button>
                <span>{exportWords.what[kind]}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section aria-label={exportWords.groups.weights}>
        <h3>{exportWords.groups.weights}</h3>
        <p className={styles.none}>{exportWords.weightsHelp}</p>
        <Weights results={results} />
      </section>
      <form method="dialog">
        <button type="submit">{exportWords.close}</button>
      </form>
    </dialog>
  );
}
