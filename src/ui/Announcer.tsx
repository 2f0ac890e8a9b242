// The one polite live region: start, quarters, pause and end of a run. Faults speak through the banner.

import { useRun } from './context';

export function Announcer() {
  const phase = useRun((state) => state.phase);
  const quarter = useRun(({ progress }) =>
    progress ? Math.floor((4 * progress.tokensDone) / progress.tokensPlanned) : 0,
  );
  const words = {
    idle: '',
    compiling: 'The run starts.',
    running: quarter > 0 && quarter < 4 ? `${quarter * 25} % trained.` : 'Training.',
    paused: 'Paused.',
    stopped: 'Stopped. What was computed stays on the charts.',
    finished: 'The run has ended. Final losses are in the table.',
    failed: 'The run has stopped with a fault.',
  }[phase];
  return (
    <p className="hidden-text" aria-live="polite">
      {words}
    </p>
  );
}
