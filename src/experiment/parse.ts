// Reads an experiment from outside: a link, a file, storage, another realm. The result is a value that can be planned,
// or a SpecError that names every place that is wrong and says what is allowed there.

import * as v from 'valibot';
import { experimentSchema } from './schema';
import type { Experiment } from './spec';

export interface SpecProblem {
  /** Place in the experiment, such as `arms[1].stages[0].schedule.peak`; empty for the whole. */
  readonly path: string;
  /** What is allowed there, without the path: `must be a number from 0 to 1`. */
  readonly message: string;
}

export class SpecError extends Error {
  override readonly name = 'SpecError';
  readonly problems: readonly SpecProblem[];
  constructor(problems: readonly SpecProblem[]) {
    const lines = problems.map(({ path, message }) => `${path || 'The experiment'} ${message}.`);
    super(lines.join('\n'));
    this.problems = problems;
  }
}

/** More parts than any experiment within the limits has, and more text than its names can hold. */
const most = { parts: 20_000, depth: 12, text: 1000, problems: 20 } as const;

/** @throws SpecError */
export function parseExperiment(value: unknown): Experiment {
  // The schema visits every element of a list before it counts them, so size is bounded first.
  if (!isSmall(value))
    throw new SpecError([{ path: '', message: 'is far larger than any real experiment; nothing was read' }]);
  const result = v.safeParse(experimentSchema, value);
  if (result.success) return result.output;
  throw new SpecError(problemsOf(result.issues));
}

function problemsOf(issues: readonly v.BaseIssue<unknown>[]): SpecProblem[] {
  const problems = issues.map((issue) => ({ path: pathText(issue.path ?? []), message: issue.message }));
  const known = new Set<string>();
  const different = problems.filter(({ path }) => !known.has(path) && known.add(path));
  const left = different.length - most.problems;
  const shown = different.slice(0, most.problems);
  return left > 0 ? [...shown, { path: '', message: `has ${left} more problems` }] : shown;
}

function pathText(path: readonly { readonly key?: unknown }[]): string {
  return path.reduce((before, { key }) => {
    if (typeof key === 'number') return `${before}[${key}]`;
    const name = String(key).slice(0, 60);
    return before === '' ? name : `${before}.${name}`;
  }, '');
}

function isSmall(value: unknown): boolean {
  let parts = 0;
  const visit = (part: unknown, depth: number): boolean => {
    parts++;
    if (parts > most.parts || depth > most.depth) return false;
    if (typeof part === 'string') return part.length <= most.text;
    if (typeof part !== 'object' || part === null) return true;
    if (Array.isArray(part) && part.length > most.parts) return false;
    return Object.entries(part).every(([key, item]) => key.length <= most.text && visit(item, depth + 1));
  };
  return visit(value, 0);
}
