// A number a person types: kept as text while typing, taken when it is a number inside the limits, else said what is.

import { useEffect, useId, useState } from 'react';
import styles from './controls.module.css';

interface NumberBoxProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

export function NumberBox({ label, unit, value, min, max, step, onChange }: NumberBoxProps) {
  const [text, setText] = useState(String(value));
  const problem = useId();
  useEffect(() => setText((shown) => (Number(shown) === value ? shown : String(value))), [value]);
  const number = Number(text);
  const valid = text.trim() !== '' && number >= min && number <= max;
  const type = (next: string) => {
    setText(next);
    const typed = Number(next);
    if (next.trim() !== '' && typed >= min && typed <= max) onChange(typed);
  };
  return (
    <div className={styles.number}>
      <label>
        <input
          aria-label={label}
          type="number"
          inputMode="decimal"
          value={text}
          min={min}
          max={max}
          step={step}
          aria-invalid={!valid}
          aria-describedby={valid ? undefined : problem}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={() => setText(String(value))}
        />
        <span aria-hidden="true">{unit}</span>
      </label>
      {!valid && (
        <p className={styles.problem} id={problem} role="alert">
          A number from {min} to {max}; {value} stays in use.
        </p>
      )}
    </div>
  );
}
