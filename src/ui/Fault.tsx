// What is shown in place of a part of the page that failed to draw.

import type { FallbackProps } from 'react-error-boundary';
import { isActive } from '../store/session_state';
import styles from './App.module.css';
import { useSession } from './context';
import { PartFault } from './fetched';
import { faultWords } from './strings';

export function ChartFault({ resetErrorBoundary }: FallbackProps) {
  return (
    <div className={styles.fault} role="alert">
      <p>This chart failed to draw. Your run is still going and nothing is lost.</p>
      <button type="button" onClick={resetErrorBoundary}>
        {faultWords.again}
      </button>
    </div>
  );
}

export function PageFault({ error, resetErrorBoundary }: FallbackProps) {
  const active = useSession(({ phase }) => isActive(phase));
  const gone = error instanceof PartFault;
  return (
    <div className={styles.fault} role="alert">
      <p>
        {gone ? faultWords.gone : faultWords.drawing} {active && faultWords.goesOn} {faultWords.kept}
      </p>
      <button type="button" onClick={resetErrorBoundary}>
        {faultWords.again}
      </button>{' '}
      <button type="button" onClick={() => location.reload()}>
        {active ? faultWords.reloadActive : faultWords.reload}
      </button>
    </div>
  );
}
