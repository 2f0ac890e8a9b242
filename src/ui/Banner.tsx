// One slim line over the page when the machine or the run has something to say; it never covers anything.

import { useState } from 'react';
import type { Machine } from '../worker/protocol';
import styles from './App.module.css';
import { useOpened, useSession } from './context';
import { machineWords, obstacleWords } from './machine_words';
import { addressWords } from './strings';

function machineSentence(machine: Machine): string | null {
  if (machine.obstacle) return `${obstacleWords[machine.obstacle]} ${machineWords.reference}`;
  return machine.adapter.isFallback ? machineWords.software : null;
}

/** @param query the address says more than the page reads */
export function Banner({ query }: { readonly query: boolean }) {
  const machine = useSession((state) => state.machine);
  const notice = useSession((state) => state.notice);
  const problem = useOpened((state) => state.problem);
  const [closed, setClosed] = useState<string | null>(null);
  const aboutMachine = machine && machineSentence(machine);
  const faults = [problem, notice?.message];
  const lines = [...faults, query && addressWords.query, aboutMachine].filter(
    (line): line is string => Boolean(line) && line !== closed,
  );
  const line = lines[0];
  return (
    <div className={styles.banner} role="status" data-kind={faults.includes(line) ? 'fault' : 'note'}>
      {line && (
        <>
          <p>{line}</p>
          <button type="button" aria-label="Close this message" onClick={() => setClosed(line)}>
            ×
          </button>
        </>
      )}
    </div>
  );
}
