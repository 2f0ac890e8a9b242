// The text samples of a figure: the same beginnings, continued by the base and by each arm of the first seed.

import { promptsOf, sampling, writersOf } from '../experiment/figures/prompts';
import type { FigurePart } from '../experiment/part';
import type { Plan } from '../experiment/plan';
import { writtenBy } from '../train/samples';
import { checkpointStore, type TrainingTools } from './training';

/** One block a prompt, one line an arm; line breaks of the models are shown as spaces. Null where it was stopped. */
export async function figureSamples(part: FigurePart, whole: Plan, tools: TrainingTools): Promise<string | null> {
  const { experiment } = part;
  const prompts = promptsOf(experiment);
  const writers = writersOf(whole);
  const labels = new Map(experiment.arms.map(({ id, label }) => [id, label]));
  const store = checkpointStore(whole, tools);
  const nodes = writers.flatMap(({ node }) => whole.nodes.find(({ id }) => id === node) ?? []);
  const texts = prompts.map(({ text }) => text);
  const lines = new Map<string, readonly string[]>();
  for await (const { node, texts: written } of writtenBy(nodes, texts, tools.engine, store)) {
    if (tools.signal.aborted) return null;
    if (written) lines.set(node, written);
  }
  const blocks = prompts.map(({ text, corpus }, i) => {
    const continued = writers.flatMap(({ node, arm }) => {
      const name = arm === null ? 'before the new data' : (labels.get(arm) ?? arm);
      const own = lines.get(node)?.[i];
      return own === undefined ? [] : [`  ${name}: ${own.replaceAll(/\s+/g, ' ')}`];
    });
    return `[${corpus}] ${text}...\n${continued.join('\n')}\n`;
  });
  const seed = experiment.seeds[0] ?? 1;
  const how = `${sampling.length} bytes each at temperature ${sampling.temperature}, models of seed ${seed}`;
  return `${part.title} (${how})\n\n${blocks.join('\n')}\n`;
}

/** The texts of each part, as they were written one after another. */
export function samplesByTitle(file: string): ReadonlyMap<string, string> {
  const heading = /^(?=\S.* \(\d+ bytes each at temperature )/m;
  const parts = file.split(heading).filter((part) => part !== '');
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(' (')), part]));
}
