// One slim line over the page when the machine, the run or a file has something to say; it never covers anything.

import { useEffect } from 'react';
import type { Machine } from '../worker/protocol';
import styles from './App.module.css';
import { useLab, useMessages, useSession } from './context';
import { machineWords, obstacleWords } from './machine_words';
import { addressWords } from './strings';

function machineSentence(machine: Machine): string | null {
  if (machine.obstacle) return `${obstacleWords[machine.obstacle]} ${machineWords.reference}`;
  return machine.adapter.isFallback ? machineWords.software : null;
}

/** @param query the address says more than the page reads */
export function Banner({ query }: { readonly query: boolean }) {
  const { say } = useLab().messages;
  const aboutMachine = useSession(({ machine }) => machine && machineSentence(machine));
  const message = useMessages(({ messages }) => messages[0]);
  useEffect(() => say('address', query ? addressWords.query : null), [say, query]);
  useEffect(() => say('machine', aboutMachine), [say, aboutMachine]);
  return (
    <div className={styles.banner} role="status" data-kind={message?.kind}>
      {message && (
        <>
          <p>{message.text}</p>
          <button type="button" aria-label="Close this message" onClick={() => say(message.source, null)}>
            ×
          </button>
        </>
      )}
    </div>
  );
}
