// What was measured of the adapter, and the two ratios that say how well the engine uses it.

import type { BenchReport } from '../../engine/bench/report';
import { digits, percent } from '../format';
import styles from './Bench.module.css';
import { ceilingWords, headlineWords } from './words';

function Ratios({ headline }: { readonly headline: NonNullable<BenchReport['headline']> }) {
  const { bestMatmul, stepRate, stepShareOfMatmul, matmulShareOfCeiling } = headline;
  return (
    <section>
      <h2>{headlineWords.title}</h2>
      <dl className={styles.facts}>
        <dt>The step reaches {percent(stepShareOfMatmul)}</dt>
        <dd>
          {headlineWords.step} Here {digits(stepRate)} over {digits(bestMatmul.rate)} GFLOP/s ({bestMatmul.kernel}).
        </dd>
        <dt>That product reaches {percent(matmulShareOfCeiling)}</dt>
        <dd>{headlineWords.matmul}</dd>
      </dl>
    </section>
  );
}

export function Summary({ report, running }: { readonly report: BenchReport; readonly running: boolean }) {
  const { ceilings, headline, timedBy } = report;
  return (
    <>
      <section>
        <h2>{ceilingWords.title}</h2>
        <dl className={styles.facts}>
          <dt>{digits(ceilings.fma)} GFLOP/s</dt>
          <dd>{ceilingWords.fma}</dd>
          <dt>{digits(ceilings.fmaLoop)} GFLOP/s</dt>
          <dd>{ceilingWords.fmaLoop}</dd>
          <dt>{digits(ceilings.copy)} GB/s</dt>
          <dd>{ceilingWords.copy}</dd>
        </dl>
        <p className={styles.note}>
          {timedBy === 'timestamps'
            ? "Kernels are timed by the graphics card's own clock (timestamp-query)"
            : 'Kernels are timed by repeated submissions, because the graphics card offers no clock'}
          , steps from start to read-back.
        </p>
      </section>
      {headline && <Ratios headline={headline} />}
      {!headline && !running && <p className={styles.note}>{headlineWords.missing}</p>}
    </>
  );
}
