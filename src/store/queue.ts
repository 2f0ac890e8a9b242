// Parts that train one after another. Stop ends the queue and keeps what is done; Skip goes on with the next part.

import type { StoreApi } from 'zustand/vanilla';
import type { PartKey } from '../experiment/part';
import type { RunEnd } from '../worker/protocol';
import type { PartToRun } from './parts';
import {
  type Ask,
  afterEnd,
  begun,
  type QueueItem,
  type QueueState,
  type SessionState,
  type ViewId,
} from './session_state';

const ended = { finished: 'done', stopped: 'stopped', failed: 'failed' } as const;

/** Resolves when nothing is left to train, or the run was stopped or has failed. */
export async function runQueue(
  ask: Ask,
  store: StoreApi<SessionState>,
  view: ViewId,
  parts: readonly PartToRun[],
  stepwise: boolean,
): Promise<void> {
  const items = parts.map(
    ({ part: { key, title }, chosen }): QueueItem => ({ part: key, plan: chosen.id, title, state: 'waiting' }),
  );
  store.setState({ queue: { view, items } });
  const stateOf = (part: PartKey) => store.getState().queue?.items.find((item) => item.part === part)?.state;
  const mark = (part: PartKey, state: QueueState) =>
    store.setState(({ queue }) => ({
      queue: queue && { ...queue, items: queue.items.map((item) => (item.part === part ? { ...item, state } : item)) },
    }));
  let end: RunEnd = 'finished';
  let steps = stepwise;
  for (const { part, chosen } of parts) {
    // A person may have left the part out meanwhile.
    if (stateOf(part.key) !== 'waiting') continue;
    mark(part.key, 'training');
    store.setState((state) => begun(state, view, chosen.nodes));
    const reply = await ask({ kind: 'start', experiment: chosen.experiment, stepwise: steps });
    steps = false;
    end = reply?.kind === 'ended' ? reply.end : 'failed';
    if (stateOf(part.key) === 'skipped') continue;
    mark(part.key, ended[end]);
    if (end !== 'finished') break;
  }
  store.setState((state) => afterEnd(state, end));
}
