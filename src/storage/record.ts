// A stored stage read back as unknown input: anything that is not exactly one is treated as absent.

import * as v from 'valibot';
import { parseForms } from '../engine/forms/forms';
import type { NodeResult } from '../train/checkpoints';

const floats = v.instance(Float32Array);
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const loss = v.pipe(v.number(), v.finite());

const evaluation = v.object({
  stage: v.string(),
  step: whole,
  tokens: whole,
  learningRate: v.number(),
  trainLoss: v.nullable(v.number()),
  d0: v.number(),
  d1: v.number(),
});

const recordSchema = v.object({
  v: v.literal(1),
  node: v.string(),
  state: v.pipe(
    v.object({ parameters: floats, firstMoment: floats, secondMoment: floats, step: whole }),
    v.check(
      ({ parameters, firstMoment, secondMoment }) =>
        parameters.length > 0 &&
        firstMoment.length === parameters.length &&
        secondMoment.length === parameters.length &&
        parameters.every(Number.isFinite),
    ),
  ),
  evaluations: v.array(evaluation),
  losses: floats,
  final: v.object({ d0: loss, d1: loss }),
  corpora: v.exactOptional(v.array(v.object({ name: v.string(), bytes: whole, sha256: v.string() }))),
  kernels: v.exactOptional(v.pipe(v.unknown(), v.transform(parseForms))),
});

/** The record when it is the stage called `node`, else null. */
export function readRecord(value: unknown, node: string): NodeResult | null {
  const result = v.safeParse(recordSchema, value);
  return result.success && result.output.node === node ? result.output : null;
}
