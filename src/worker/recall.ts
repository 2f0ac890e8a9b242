// What is kept of an experiment, told by the trainer itself as if it were trained now, without an engine.

import type { Engine } from '../engine/engine';
import { parseExperiment } from '../experiment/parse';
import { plan } from '../experiment/plan';
import type { Experiment } from '../experiment/spec';
import type { BrowserCheckpoints } from '../storage/checkpoints';
import type { Evaluation } from '../train/events';
import { train } from '../train/loop';
import type { LabEvent } from './protocol';
import type { TextLibrary } from './text';

/** The trainer has come to a stage that would have to be trained. */
class Untrained extends Error {
  override readonly name = 'Untrained';
}

const noEngine: Engine = {
  adapter: { kind: 'reference', vendor: '', architecture: '', description: '', isFallback: false },
  open: () => Promise.reject(new Untrained()),
  tuning: async () => null,
  lost: new Promise(() => undefined),
  destroy: () => undefined,
};

/**
 * Pushes every stage that is kept, whole and of the text that is here now, after the stages it follows.
 * Reads the text only where there is something to tell. Rejects with `CorpusError` when that cannot be read.
 */
export async function recall(
  experiment: Experiment,
  text: TextLibrary,
  checkpoints: BrowserCheckpoints,
  push: (event: LabEvent) => void,
): Promise<void> {
  const whole = plan(parseExperiment(experiment));
  const known = await checkpoints.names();
  const kept = { ...whole, nodes: whole.nodes.filter(({ id }) => known.has(id)) };
  if (kept.nodes.length === 0) return;
  const data = await text.of(whole.experiment);
  const evaluations = new Map<string, Evaluation[]>();
  try {
    for await (const event of train(kept, noEngine, data, { checkpoints })) {
      if (event.kind === 'node-started') evaluations.set(event.node, []);
      if (event.kind === 'evaluated') evaluations.get(event.node)?.push(event.evaluation);
      if (event.kind !== 'node-finished') continue;
      const { node, final } = event;
      push({ kind: 'recalled', node, evaluations: evaluations.get(node) ?? [], final });
    }
  } catch (error) {
    if (!(error instanceof Untrained)) throw error;
  }
}
