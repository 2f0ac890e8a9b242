// The bench inside the worker: a device of its own on the same adapter, so that it leaves nothing behind in the one that
// trains, and the same measurement as the command line's.

import { runBench } from '../engine/bench/run';
import { openHost } from '../engine/webgpu';
import { benchCase } from '../train/shape';
import { patienceMs, type Surroundings, withPatience } from './machine';
import type { BenchChoice, LabEvent, LabReply } from './protocol';

export async function bench(
  { secure, gpu, tunings }: Surroundings,
  cases: readonly BenchChoice[],
  push: (event: LabEvent) => void,
  signal: AbortSignal,
): Promise<LabReply> {
  try {
    if (!secure || !gpu) throw new Error('There is no WebGPU here, and the bench measures nothing else.');
    const sentence = `The browser did not answer within ${patienceMs / 1000} seconds when asked for a graphics card.`;
    const host = await withPatience(openHost(gpu, tunings ? { tunings } : {}), patienceMs, sentence);
    try {
      const report = await runBench(
        host,
        cases.map(({ scale, runs }) => benchCase(scale, runs)),
        {
          signal,
          progress: (progress) => push({ kind: 'bench-progress', progress }),
          report: (now) => push({ kind: 'bench-report', report: now }),
        },
      );
      return { kind: 'benched', end: report ? 'finished' : 'stopped', message: null };
    } finally {
      host.watch.close();
      host.device.destroy();
    }
  } catch (error) {
    return { kind: 'benched', end: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
