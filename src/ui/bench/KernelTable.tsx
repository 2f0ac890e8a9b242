// One measured case: the step in a sentence, then its kernels, the dearest first.

import { type BenchReport, type BenchResult, chosenWords, rateOf, triedWords } from '../../engine/bench/report';
import { bytes, digits, number, percent } from '../format';
import styles from './Bench.module.css';
import { kernelColumns } from './words';

function Row({ kernel, report, alone }: KernelRow) {
  const { time, flops, bytes: moved } = kernel;
  return (
    <tr>
      <th scope="row">{kernel.kernel}</th>
      <td>{kernel.dispatches}</td>
      <td>{digits(time.median)}</td>
      <td>
        {digits(time.least)}–{digits(time.most)}
      </td>
      <td>{percent(time.median / alone)}</td>
      <td>{digits(rateOf(flops, time.median))}</td>
      <td>{percent(rateOf(flops, time.median) / report.ceilings.fma)}</td>
      <td>{(moved / 1e6).toFixed(1)}</td>
      <td>{digits(rateOf(moved, time.median))}</td>
      <td>{percent(rateOf(moved, time.median) / report.ceilings.copy)}</td>
    </tr>
  );
}

interface KernelRow {
  readonly kernel: BenchResult['kernels'][number];
  readonly report: BenchReport;
  /** Milliseconds of all kernels, each timed alone. */
  readonly alone: number;
}

export function KernelTable({ result, report }: { readonly result: BenchResult; readonly report: BenchReport }) {
  const { scale, runs, time } = result;
  const kernels = [...result.kernels].sort((a, b) => b.time.median - a.time.median);
  const alone = kernels.reduce((sum, kernel) => sum + kernel.time.median, 0);
  const name = `Size ${scale}, ${runs === 1 ? 'one run' : `${runs} runs together`}`;
  return (
    <section className={styles.case} aria-label={name}>
      <h2>{name}</h2>
      <p>
        <b>{number(result.tokensPerSecond)} tokens a second</b>: a training step of {digits(time.median)} ms (
        {digits(time.least)}–{digits(time.most)}), {digits(rateOf(result.flops, time.median))} GFLOP/s,{' '}
        {result.dispatches} dispatches, {bytes(result.bytes)} moved, {bytes(result.memory)} of memory held.
      </p>
      <section className={styles.scroll} tabIndex={0} aria-label={`Kernels, ${name}`}>
        <table>
          <thead>
            <tr>
              {kernelColumns.map(([column]) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kernels.map((kernel) => (
              <Row key={kernel.kernel} kernel={kernel} report={report} alone={alone} />
            ))}
          </tbody>
        </table>
      </section>
      <details>
        <summary>Forms of the kernels</summary>
        <p>Chosen: {chosenWords(result)}.</p>
        <dl className={styles.facts}>
          {triedWords(result.tried).map(([kernel, forms]) => (
            <div key={kernel}>
              <dt>{kernel}</dt>
              <dd>{forms}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
