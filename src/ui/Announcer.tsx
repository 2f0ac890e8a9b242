// The one polite live region: start, quarters, pause and end of a run. Faults speak through the banner.

import { useSession } from './context';

export function Announcer() {
  const phase = useSession((state) => state.phase);
  const quarter = useSession(({ progress }) =>
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
