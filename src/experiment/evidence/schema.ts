// A record read back as unknown input, from storage or a file. Stages that version 1 kept are read as well.

import * as v from 'valibot';
import type { SavedRecord, StageRecord } from './record';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const loss = v.pipe(v.number(), v.finite());
const measured = v.pipe(v.array(loss), v.minLength(1), v.readonly());
/** The engine's words about its kernels: a name each, or a list of them by name. */
const kernels = v.record(v.string(), v.union([v.string(), v.record(v.string(), v.string())]));

export const recordEntries = {
  node: v.string(),
  evaluations: v.pipe(
    v.array(v.strictObject({ step: whole, trainLoss: v.nullable(loss), values: measured })),
    v.check((all) => all.every(({ step }, i) => step > (all[i - 1]?.step ?? -1)), 'must be in the order of steps'),
    v.readonly(),
  ),
  final: v.nullable(measured),
  failure: v.nullable(v.strictObject({ step: whole, message: v.string() })),
  corpora: v.pipe(v.array(v.strictObject({ name: v.string(), bytes: whole, sha256: v.string() })), v.readonly()),
  maker: v.nullable(
    v.strictObject({
      version: v.string(),
      engine: v.string(),
      adapter: v.string(),
      kernels: v.nullable(kernels),
    }),
  ),
};

export const recordSchema = v.pipe(v.strictObject(recordEntries), v.readonly());

/** The record of a stage that is kept under this id, of this version or the first; null where the value is none. */
export function parseRecord(value: unknown, node: string): StageRecord | null {
  const result = v.safeParse(recordSchema, value);
  const record = result.success ? result.output : recordOfFirstVersion(value);
  return record?.node === node ? { ...record, origin: 'kept' } : null;
}

/** How version 1 kept a stage: both losses by name, and what could be worked out from the plan. */
const firstVersion = v.object({
  v: v.literal(1),
  node: v.string(),
  evaluations: v.array(v.object({ step: whole, trainLoss: v.nullable(loss), d0: loss, d1: loss })),
  final: v.object({ d0: loss, d1: loss }),
  corpora: v.optional(recordEntries.corpora, []),
  kernels: v.optional(v.nullable(kernels), null),
  adapter: v.optional(v.string(), 'not recorded'),
});

/** A record out of what version 1 kept; null where the value is nothing of the kind. */
function recordOfFirstVersion(value: unknown): SavedRecord | null {
  const result = v.safeParse(firstVersion, value);
  if (!result.success) return null;
  const { node, evaluations, final, corpora, adapter, kernels: forms } = result.output;
  // Where old and new text are one, it was measured once and written twice.
  const once = [...evaluations, final].every(({ d0, d1 }) => d0 === d1);
  const values = ({ d0, d1 }: { d0: number; d1: number }) => (once ? [d0] : [d0, d1]);
  return {
    node,
    evaluations: evaluations.map(({ step, trainLoss, ...losses }) => ({ step, trainLoss, values: values(losses) })),
    final: values(final),
    failure: null,
    corpora,
    maker: { version: '0.1.0', engine: forms ? 'webgpu' : 'reference', adapter, kernels: forms },
  };
}
