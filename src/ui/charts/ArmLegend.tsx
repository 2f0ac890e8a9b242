// The arms by colour, marker and name, each a button that hides it; `only` beside it, a double click, Shift or Alt with a click
// and Shift with Enter leave it alone on the charts.

import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { Appearance } from '../../plot/palette';
import { chartWords } from '../strings';
import styles from './ArmLegend.module.css';
import { Swatch } from './Marks';
import { soloToggles } from './solo';

export interface LegendArm {
  readonly key: string;
  readonly name: string;
  readonly appearance: Appearance;
  readonly hidden: boolean;
}

interface ArmLegendProps {
  readonly arms: readonly LegendArm[];
  readonly onToggle: (key: string) => void;
  /** Under the charts, where there is no room for a word beside each. */
  readonly inRow?: boolean;
  /** What else stands in an arm's line. */
  readonly beside?: (key: string) => ReactNode;
}

export function ArmLegend({ arms, onToggle, inRow = false, beside }: ArmLegendProps) {
  const solo = (key: string) => {
    for (const other of soloToggles(arms, key)) onToggle(other);
  };
  return (
    <ul className={styles.legend} data-row={inRow} aria-label={inRow ? chartWords.runs : undefined}>
      {arms.map(({ key, name, appearance, hidden }) => {
        const click = (event: MouseEvent) => (event.altKey || event.shiftKey ? solo(key) : onToggle(key));
        const press = (event: KeyboardEvent) => {
          if (event.key !== 'Enter' || !event.shiftKey) return;
          event.preventDefault();
          solo(key);
        };
        return (
          <li key={key} data-hidden={hidden}>
            <button
              type="button"
              className={styles.arm}
              aria-pressed={!hidden}
              title={`${hidden ? 'Show' : 'Hide'} ${name}${arms.length > 1 ? chartWords.alone : ''}`}
              onClick={click}
              onDoubleClick={() => solo(key)}
              onKeyDown={press}
            >
              <Swatch appearance={appearance} />
              <span>{name}</span>
            </button>
            {arms.length > 1 && !inRow && (
              <button
                type="button"
                className={styles.only}
                aria-label={`${chartWords.only} ${name}`}
                onClick={() => solo(key)}
              >
                {chartWords.only}
              </button>
            )}
            {beside?.(key)}
          </li>
        );
      })}
    </ul>
  );
}
