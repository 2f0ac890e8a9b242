// The bench page: what this machine's adapter can do, and what a training step makes of it.

import { useBench, useSession } from '../context';
import { Copy } from '../controls/Copy';
import { obstacleWords } from '../machine_words';
import styles from './Bench.module.css';
import { Controls } from './Controls';
import { KernelTable } from './KernelTable';
import { Summary } from './Summary';
import { benchWords, kernelColumns } from './words';

function AdapterLine() {
  const machine = useSession((state) => state.machine);
  if (!machine) return <p>{benchWords.looking}</p>;
  if (machine.obstacle) return <p>{`${obstacleWords[machine.obstacle]} ${benchWords.nothing}`}</p>;
  const { vendor, architecture, description, isFallback } = machine.adapter;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed';
  return (
    <p>
      Adapter: <b>{name}</b>
      {isFallback && ' (software: right, but slow)'}
    </p>
  );
}

function Columns() {
  return (
    <details>
      <summary>What the columns say</summary>
      <dl className={styles.facts}>
        {kernelColumns.map(([column, words]) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export default function Bench() {
  const machine = useSession((state) => state.machine);
  const report = useBench((state) => state.report);
  const running = useBench((state) => state.phase === 'running');
  return (
    <main className={styles.bench}>
      <h1>{benchWords.title}</h1>
      <p>{benchWords.lead}</p>
      <AdapterLine />
      {machine?.obstacle === null && <Controls />}
      {report && <Summary report={report} running={running} />}
      {report?.results.map((result) => (
        <KernelTable key={`${result.scale} ${result.runs}`} result={result} report={report} />
      ))}
      {report && report.results.length > 0 && <Columns />}
      {report && !running && (
        <div className={styles.copy}>
          <Copy text={JSON.stringify(report, null, 2)} label={benchWords.copy} />
        </div>
      )}
    </main>
  );
}
