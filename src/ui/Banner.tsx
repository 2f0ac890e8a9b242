// One slim line over the page when the machine, the run or a file has something to say; it never covers anything.

import { useEffect } from 'react';
import type { Machine } from '../worker/protocol';
import styles from './App.module.css';
import { useLab, useMessages, useSession } from './context';
import { machineWords, obstacleWords } from './machine_words';
import { useScreen } from './screen';

function machineSentence(machine: Machine): string | null {
  if (machine.obstacle) return `${obstacleWords[machine.obstacle]} ${machineWords.reference}`;
  return machine.adapter.isFallback ? machineWords.software : null;
}

/** @param address what of the address the page does not read, in a sentence */
export function Banner({ address }: { readonly address: string | null }) {
  const { say } = useLab().messages;
  const aboutMachine = useSession(({ machine }) => machine && machineSentence(machine));
  const { ui } = useScreen();
  // On a projector only faults.
  const message = useMessages(({ messages }) => messages.find(({ kind }) => ui === null || kind === 'fault'));
  useEffect(() => say('address', address), [say, address]);
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
