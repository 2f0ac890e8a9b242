// The quiet row over the charts: how the axes count, smoothing, and the way back to everything in sight.

import { useSyncExternalStore } from 'react';
import type { XUnit } from '../../plot/axis';
import { type ChartView, isMoved, weightLimits } from '../../store/view';
import { useKeyed } from '../keyboard';
import { chartWords } from '../strings';
import styles from './ChartControls.module.css';
import type { Cell } from './cursor';
import type { Pins } from './pins';

type Toggle = 'logX' | 'logY' | 'smooth';

interface ChartControlsProps {
  readonly view: ChartView;
  /** Every curve says how long it took (see `hasSeconds`). */
  readonly seconds: boolean;
  readonly pins: Cell<Pins>;
  readonly onToggle: (what: Toggle) => void;
  readonly onChange: (change: Partial<Pick<ChartView, 'xUnit' | 'weight'>>) => void;
  readonly onFit: () => void;
}

const toggles: readonly Toggle[] = ['logX', 'logY', 'smooth'];
const units: readonly XUnit[] = ['tokens', 'steps', 'seconds'];

export function ChartControls({ view, seconds, pins, onToggle, onChange, onFit }: ChartControlsProps) {
  const pinned = useSyncExternalStore(pins.subscribe, pins.get).length > 0;
  const keyed = useKeyed();
  const words = chartWords.x;
  const unit = view.xUnit === 'seconds' && !seconds ? 'tokens' : view.xUnit;
  return (
    <fieldset className={styles.controls} aria-label={chartWords.controls}>
      {toggles.map((what) => (
        <button
          key={what}
          type="button"
          aria-pressed={view[what]}
          {...keyed(chartWords[what].key, chartWords[what].help)}
          onClick={() => onToggle(what)}
        >
          {chartWords[what].label}
        </button>
      ))}
      {view.smooth && (
        <label className={styles.weight} title={chartWords.weight.help}>
          <input
            type="range"
            aria-label={chartWords.weight.label}
            min={weightLimits.min}
            max={weightLimits.max}
            step="0.01"
            value={view.weight}
            onChange={(event) => onChange({ weight: event.currentTarget.valueAsNumber })}
          />
          <span aria-hidden="true">{view.weight.toFixed(2)}</span>
        </label>
      )}
      <label className={styles.unit} title={seconds ? words.help : `${words.help}. ${words.noSeconds}`}>
        {words.label}
        <select
          value={unit}
          onChange={(event) => {
            const chosen = units.find((one) => one === event.currentTarget.value);
            if (chosen) onChange({ xUnit: chosen });
          }}
        >
          {units.map((one) => {
            const missing = one === 'seconds' && !seconds;
            return (
              <option key={one} value={one} disabled={missing} title={missing ? words.noSeconds : undefined}>
                {words[one]}
              </option>
            );
          })}
        </select>
      </label>
      {isMoved(view) && (
        <button type="button" title={chartWords.fit.help} onClick={onFit}>
          {chartWords.fit.label}
        </button>
      )}
      {pinned && (
        <button type="button" onClick={() => pins.set([])}>
          {chartWords.clearPins}
        </button>
      )}
    </fieldset>
  );
}
