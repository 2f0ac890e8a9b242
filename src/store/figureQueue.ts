// The parts of a figure that train one after another. Stop ends the queue and keeps what is done; Skip goes on with the
// next part.

import type { FigureId, PartKey } from '../experiment/figures/figure';
import type { Plan } from '../experiment/plan';
import type { LabCommand, LabReply, RunEnd } from '../worker/protocol';
import type { ChosenPart } from './figureChoice';
import { afterEnd, type RunStore } from './run';

type QueueState = 'waiting' | 'training' | 'done' | 'skipped' | 'stopped' | 'failed';

export interface QueueItem {
  readonly part: PartKey;
  readonly title: string;
  readonly state: QueueState;
}

export interface Queue {
  readonly figure: FigureId;
  readonly items: readonly QueueItem[];
}

export interface QueueVerbs {
  run(figure: FigureId, parts: readonly (ChosenPart & { readonly chosen: Plan })[], stepwise: boolean): Promise<void>;
  /** Leaves a part out: one that waits, or the one that trains, whose finished stages stay. */
  skip(part: PartKey): void;
}

const ended = { finished: 'done', stopped: 'stopped', failed: 'failed' } as const;

export function createQueue(
  ask: (request: LabCommand) => Promise<LabReply | null>,
  run: RunStore,
  publish: (queue: Queue) => void,
): QueueVerbs {
  let queue: Queue | null = null;
  const stateOf = (part: PartKey) => queue?.items.find((item) => item.part === part)?.state;
  const mark = (part: PartKey, state: QueueState) => {
    if (!queue) return;
    queue = { ...queue, items: queue.items.map((item) => (item.part === part ? { ...item, state } : item)) };
    publish(queue);
  };
  return {
    run: async (figure, parts, stepwise) => {
      queue = { figure, items: parts.map(({ part: { key, title } }) => ({ part: key, title, state: 'waiting' })) };
      let end: RunEnd = 'finished';
      let steps = stepwise;
      for (const { part, chosen } of parts) {
        // `stateOf` says skipped where a person has left the part out meanwhile.
        if (stateOf(part.key) !== 'waiting') continue;
        mark(part.key, 'training');
        run.beginPart(figure, part.key, chosen);
        const reply = await ask({ kind: 'start', experiment: chosen.experiment, stepwise: steps });
        steps = false;
        end = reply?.kind === 'ended' ? reply.end : 'failed';
        if (stateOf(part.key) === 'skipped') continue;
        mark(part.key, ended[end]);
        if (end !== 'finished') break;
      }
      run.setState((state) => afterEnd(state, end));
    },
    skip: (part) => {
      const state = stateOf(part);
      if (state !== 'waiting' && state !== 'training') return;
      mark(part, 'skipped');
      if (state === 'training') void ask({ kind: 'stop' });
    },
  };
}
