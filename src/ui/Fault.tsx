// What is shown in place of a part of the page that failed to draw.

import type { FallbackProps } from 'react-error-boundary';
import styles from './App.module.css';

export function ChartFault({ resetErrorBoundary }: FallbackProps) {
  return (
    <div className={styles.fault} role="alert">
      <p>This chart failed to draw. Your run is still going and nothing is lost.</p>
      <button type="button" onClick={resetErrorBoundary}>
        Try again
      </button>
    </div>
  );
}

export function PageFault({ resetErrorBoundary }: FallbackProps) {
  return (
    <div className={styles.fault} role="alert">
      <p>This page failed to draw. The run goes on in the background; finished stages are kept in this browser.</p>
      <button type="button" onClick={resetErrorBoundary}>
        Try again
      </button>
    </div>
  );
}
