// Every figure of the lab: its question, a small drawing, and what it takes.

import { useEffect, useMemo } from 'react';
import { type FigureId, figureIds, figures } from '../../experiment/figures';
import { chosenParts, everything, studyOptions } from '../../store/parts';
import { runsEnded } from '../../store/progress';
import { useChoices, useLab, useSession } from '../context';
import { OpenFile } from '../files/OpenFile';
import { count, duration } from '../format';
import { useEvidence } from '../view/evidence';
import { Drawing } from './Drawing';
import styles from './Gallery.module.css';
import { useParts } from './use_parts';
import { galleryWords } from './words';

function Entry({ id }: { readonly id: FigureId }) {
  const figure = figures[id];
  const parts = useParts(id);
  const evidence = useEvidence(parts);
  const estimates = useSession((state) => state.estimates);
  const records = useSession((state) => state.records);
  const phase = useSession((state) => state.phase);
  const planned = useSession((state) => state.planned);
  const runs = useMemo(() => runsEnded(parts, { records, phase, planned }), [parts, records, phase, planned]);
  const [first] = parts;
  const plans = parts.flatMap(({ chosen }) => chosen ?? []);
  const measured = plans.map(({ id }) => estimates[id]);
  const seconds = measured.map((one) => (one === undefined || one === 'measuring' ? null : one.seconds));
  const arms = plans.reduce((sum, { experiment }) => sum + experiment.arms.length, 0);
  const total = seconds.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
  const open = new Map(plans.flatMap(({ nodes }) => nodes.map((node) => [node.id, node.tokens] as const)));
  for (const id of open.keys()) if (records.get(id)?.final) open.delete(id);
  const tokens = [...open.values()].reduce((sum, one) => sum + one, 0);
  const time = total === null ? `${count(tokens)} tokens to train` : `about ${duration(total)} here`;
  const seeds = first?.part.experiment.seeds.length ?? 1;
  const facts = [
    `${arms} runs${parts.length > 1 ? ` in ${parts.length} parts` : ''}`,
    ...(runs.ended > 0 ? [galleryWords.ended(runs, seeds)] : []),
    ...(runs.ended < runs.all ? [time] : []),
  ];
  return (
    <li className={styles.entry}>
      {first && <Drawing figure={figure} chosen={first} evidence={evidence} />}
      <h2>
        <a href={`#/fig/${figure.id}`}>{figure.question}</a>
      </h2>
      <p className={styles.source}>{figure.source}</p>
      <p className={styles.small}>{facts.join(' · ')}</p>
    </li>
  );
}

export function Gallery() {
  const study = useChoices((state) => state.study);
  const seeds = studyOptions(study).seeds.length;
  const { session } = useLab();
  useEffect(() => {
    void session.recall(figureIds.flatMap((id) => chosenParts(figures[id], study, everything)));
  }, [session, study]);
  return (
    <main className={styles.gallery}>
      <h1>{galleryWords.title}</h1>
      <p className={styles.lead}>{galleryWords.lead}</p>
      <p className={styles.small}>
        Now at size {study.scale}, {seeds} {seeds === 1 ? 'seed' : 'seeds'}, {100 * study.budget} % of the training
        text; each figure’s page can change that.
      </p>
      <OpenFile />
      <ul className={styles.entries}>
        {figureIds.map((id) => (
          <Entry key={id} id={id} />
        ))}
      </ul>
    </main>
  );
}
