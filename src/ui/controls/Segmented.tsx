// One choice of a few, as radio buttons that look like one bar.

import { useId } from 'react';
import styles from './controls.module.css';

export interface Option<T> {
  readonly value: T;
  readonly label: string;
  /** What a screen reader says when the label is only a number. */
  readonly spoken?: string;
}

interface SegmentedProps<T> {
  readonly legend: string;
  readonly options: readonly Option<T>[];
  /** Null when none of the options is what holds. */
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly columns?: number;
}

export function Segmented<T extends string | number>(props: SegmentedProps<T>) {
  const { legend, options, value, onChange, columns = options.length } = props;
  const name = useId();
  return (
    <fieldset className={styles.segmented} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      <legend className="hidden-text">{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            aria-label={option.spoken}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
