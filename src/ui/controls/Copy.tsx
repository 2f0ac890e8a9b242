// The one way to copy a text: by a press, or, where the browser keeps the clipboard from the page (as it does over plain http),
// by showing the text selected and saying what to press.

import { useId, useState } from 'react';
import { copyWords } from '../strings';
import styles from './controls.module.css';

/** False where the clipboard is missing or refuses. */
async function copied(text: string): Promise<boolean> {
  // The types say that it is always there; over plain http it is not.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (!clipboard) return false;
  return clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

function select(area: HTMLTextAreaElement | null): void {
  area?.focus();
  area?.select();
}

interface CopyProps {
  readonly text: string;
  /** What the button says. */
  readonly label: string;
  readonly className?: string | undefined;
}

export function Copy({ text, label, className }: CopyProps) {
  const [last, setLast] = useState<{ readonly text: string; readonly done: boolean } | null>(null);
  const help = useId();
  // An answer is about the text that was copied.
  const now = last?.text === text ? last : null;
  return (
    <>
      <button
        type="button"
        className={className}
        onClick={async () => setLast({ text, done: await copied(text) })}
        onBlur={() => now?.done && setLast(null)}
      >
        <span aria-live="polite">{now?.done ? copyWords.done : label}</span>
      </button>
      {now?.done === false && (
        <div className={styles.byHand}>
          <p id={help}>{copyWords.byHand}</p>
          <textarea ref={select} readOnly rows={4} aria-label={label} aria-describedby={help} value={text} />
        </div>
      )}
    </>
  );
}
