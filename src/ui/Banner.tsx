// One slim line over the page when the machine or the run has something to say; it never covers anything.

import { useState } from 'react';
import type { Machine } from '../worker/protocol';
import styles from './App.module.css';
import { useRun } from './context';
import { machineWords, obstacleWords } from './strings';

function machineSentence(machine: Machine): string | null {
  if (machine.obstacle) return `${obstacleWords[machine.obstacle]} ${machineWords.reference}`;
  return machine.adapter.isFallback ? machineWords.software : null;
}

export function Banner() {
  const machine = useRun((state) => state.machine);
  const notice = useRun((state) => state.notice);
  const [closed, setClosed] = useState<string | null>(null);
  const aboutMachine = machine && machineSentence(machine);
  const lines = [notice?.message, aboutMachine].filter((line): line is string => Boolean(line) && line !== closed);
  const line = lines[0];
  return (
    <div className={styles.banner} role="status" data-kind={line === notice?.message ? 'fault' : 'machine'}>
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
