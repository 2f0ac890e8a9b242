// Opens a lockstep and tells meanwhile how many pipelines are compiled: turns the engine's callback into events.

import type { Engine, Lockstep, LockstepShape } from '../engine/engine';
import type { TrainEvent } from './events';

export async function* opened(engine: Engine, shape: LockstepShape): AsyncGenerator<TrainEvent, Lockstep> {
  const reports: { done: number; total: number }[] = [];
  let wake = () => {};
  const opening = engine.open(shape, (done, total) => {
    reports.push({ done, total });
    wake();
  });
  let settled = false;
  const end = () => {
    settled = true;
    wake();
  };
  opening.then(end, end);
  let handedOver = false;
  try {
    while (!settled || reports.length > 0) {
      const report = reports.shift();
      if (report) yield { kind: 'compiling', ...report };
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    const lockstep = await opening;
    handedOver = true;
    return lockstep;
  } finally {
    // The consumer may leave while the engine still compiles; what arrives later has no owner.
    if (!handedOver) opening.then((lockstep) => lockstep.destroy()).catch(() => {});
  }
}
