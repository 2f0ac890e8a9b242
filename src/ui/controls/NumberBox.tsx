// A number a person types: kept as text while typing, taken when it is a number inside the limits. Else the number of before
// stays in use, and what is wrong is said until another one is taken, also when the box is left. It is a text box with the
// keys of a number box: the browser's own drops a comma and so makes 15 of 1,5.

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import styles from './controls.module.css';
import { refusal, steppedNumber, typedNumber } from './typed';

interface NumberBoxProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly whole?: boolean;
  readonly onChange: (value: number) => void;
}

export function NumberBox({ label, unit, value, min, max, step, whole, onChange }: NumberBoxProps) {
  /** Null while nobody types. */
  const [text, setText] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ readonly text: string; readonly kept: number } | null>(null);
  /** In use when the typing began: the beginning of a number that is refused as a whole was not meant. */
  const before = useRef(value);
  const problem = useId();
  const wrong = refused?.kept === value ? refusal(refused.text, { min, max, whole }, value) : null;
  const type = (next: string) => {
    setText(next);
    const number = typedNumber(next, { min, max, whole });
    setRefused(number === null ? { text: next, kept: before.current } : null);
    onChange(number ?? before.current);
  };
  const press = (event: KeyboardEvent) => {
    const next = steppedNumber(event.key, value, step, { min, max });
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    before.current = next;
    setText(null);
    setRefused(null);
    onChange(next);
  };
  return (
    <div className={styles.number}>
      <label>
        <input
          aria-label={label}
          type="text"
          role="spinbutton"
          inputMode="decimal"
          autoComplete="off"
          value={text ?? String(value)}
          aria-valuenow={value}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : problem}
          onFocus={() => {
            before.current = value;
          }}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
          onBlur={() => setText(null)}
        />
        <span aria-hidden="true">{unit}</span>
      </label>
      {wrong !== null && (
        <p className={styles.problem} id={problem} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
