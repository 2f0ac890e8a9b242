// What this machine's adapter says of itself and allows.

import styles from '../About.module.css';
import { useSession } from '../context';
import { bytes } from '../format';
import { machineWords, memoryWords, obstacleWords } from '../machine_words';

function limitWords(name: string, value: number): string {
  return /Size$/.test(name) ? bytes(value) : value.toLocaleString('en');
}

export function MachineReport() {
  const machine = useSession((state) => state.machine);
  return (
    <section>
      <h2>What this machine can do</h2>
      {!machine && <p>Looking…</p>}
      {machine?.obstacle && (
        <p>
          {obstacleWords[machine.obstacle]} {machineWords.reference}
        </p>
      )}
      {machine?.obstacle === null && (
        <p>
          {machine.adapter.isFallback ? machineWords.software : 'This graphics card trains the model through WebGPU.'}
        </p>
      )}
      {machine && (
        <dl className={styles.facts}>
          <dt>engine</dt>
          <dd>{machine.adapter.kind === 'webgpu' ? 'WebGPU' : 'processor (reference)'}</dd>
          <dt>adapter</dt>
          <dd>
            {[machine.adapter.vendor, machine.adapter.architecture, machine.adapter.description]
              .filter(Boolean)
              .join(', ')}
          </dd>
          {machine.detail && (
            <>
              <dt>reported</dt>
              <dd>{machine.detail}</dd>
            </>
          )}
          <dt>{memoryWords.title}</dt>
          <dd>
            {bytes(machine.memory.bytes)}, {memoryWords.because(machine.memory.device)}
          </dd>
          {Object.entries(machine.limits).map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{limitWords(name, value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles.more}>
        <a href="#/bench">Bench</a>: how fast it trains, kernel by kernel.
      </p>
    </section>
  );
}
