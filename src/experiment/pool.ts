// Results of several senders as one: arms and seeds add up, and a stage that several sent counts once.

import { figureOf } from './figures';
import { type Apart, mergedParts, mergedRecords } from './merge';
import type { OpenedResults } from './saved';

/** What one sender sent. */
export interface Sent {
  /** A file's name, `a link`, a person's. */
  readonly name: string;
  readonly results: OpenedResults;
}

/** Both together, the first one's records where both have the same stage. */
function together(first: OpenedResults, next: OpenedResults): OpenedResults | Apart {
  if (first.figure !== next.figure) {
    return { apart: `shows ${figureOf(next.figure).name}, not ${figureOf(first.figure).name}` };
  }
  const parts = mergedParts(first.parts, next.parts);
  if ('apart' in parts) return parts;
  // Arms keep their order, and their names, of who came first.
  const labels = new Map(first.parts.map(({ key, experiment }) => [key, experiment.arms]));
  const ordered = parts.map((part) => {
    const before = labels.get(part.key) ?? [];
    const others = part.experiment.arms.filter(({ id }) => !before.some((arm) => arm.id === id));
    return { ...part, experiment: { ...part.experiment, arms: [...before, ...others] } };
  });
  const records = mergedRecords(next.records, first.records);
  const prints = new Map<string, number>();
  for (const [node, record] of records) {
    const print = (first.records.get(node) === record ? first : next).prints?.get(node);
    if (print !== undefined) prints.set(node, print);
  }
  return { ...first, parts: ordered, records, prints };
}

/** Its name, or with a number where another has it. */
function named(one: Sent, before: readonly Sent[]): Sent {
  const taken = new Set(before.map(({ name }) => name));
  let { name } = one;
  for (let number = 2; taken.has(name); number++) name = `${one.name} (${number})`;
  return name === one.name ? one : { ...one, name };
}

export interface Pool {
  /** Of all that fit the first. */
  readonly results: OpenedResults;
  /** In the order they came, each with a name of its own. */
  readonly sent: readonly Sent[];
  /** Those that do not, each with why: a sentence's end. */
  readonly leftOut: readonly { readonly name: string; readonly apart: string }[];
}

/** @throws RangeError without a first one, which the others have to fit */
export function pooled([first, ...others]: readonly Sent[]): Pool {
  if (!first) throw new RangeError('A pool needs results.');
  let { results } = first;
  const sent = [first];
  const leftOut: { name: string; apart: string }[] = [];
  for (const one of others) {
    const next = together(results, one.results);
    if ('apart' in next) {
      leftOut.push({ name: one.name, apart: next.apart });
      continue;
    }
    results = next;
    sent.push(named(one, sent));
  }
  return { results, sent, leftOut };
}
