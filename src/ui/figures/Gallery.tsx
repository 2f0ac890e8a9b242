// Every figure of the lab: its question, a small drawing, and what it takes.

import { figures } from '../../experiment/figures';
import { type Figure, figureIds } from '../../experiment/figures/figure';
import { studyOptions } from '../../store/figureChoice';
import { useFigures } from '../context';
import { count, duration } from '../format';
import { Drawing } from './Drawing';
import styles from './Gallery.module.css';
import { useEvidence, useParts } from './usePart';
import { galleryWords } from './words';

function Entry({ figure }: { readonly figure: Figure }) {
  const parts = useParts(figure);
  const evidence = useEvidence(parts);
  const estimates = useFigures((state) => state.estimates);
  const [first] = parts;
  const plans = parts.flatMap(({ chosen }) => chosen ?? []);
  const measured = plans.map(({ id }) => estimates[id]);
  const seconds = measured.map((one) => (one?.kind === 'measured' ? one.seconds : null));
  const arms = plans.reduce((sum, { experiment }) => sum + experiment.arms.length, 0);
  const total = seconds.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
  const takes =
    total === null
      ? `${count(plans.reduce((sum, { tokens }) => sum + tokens, 0))} tokens`
      : total === 0
        ? 'all trained'
        : `about ${duration(total)} here`;
  return (
    <li className={styles.entry}>
      {first && <Drawing figure={figure} chosen={first} evidence={evidence} />}
      <h2>
        <a href={`#/fig/${figure.id}`}>{figure.question}</a>
      </h2>
      <p className={styles.source}>{figure.source}</p>
      <p className={styles.small}>
        {arms} runs{parts.length > 1 && ` in ${parts.length} parts`} · {takes}
      </p>
    </li>
  );
}

export function Gallery() {
  const study = useFigures((state) => state.study);
  const seeds = studyOptions(study).seeds.length;
  return (
    <main className={styles.gallery}>
      <h1>{galleryWords.title}</h1>
      <p className={styles.lead}>{galleryWords.lead}</p>
      <p className={styles.small}>
        Now at size {study.scale}, {seeds} {seeds === 1 ? 'seed' : 'seeds'}, {100 * study.budget} % of the training
        text; each figure’s page can change that.
      </p>
      <ul className={styles.entries}>
        {figureIds.map((id) => (
          <Entry key={id} figure={figures[id]} />
        ))}
      </ul>
    </main>
  );
}
