// What a training run tells the outside world, as plain values that survive postMessage, and the records that follow from it.

import { type Evaluation, emptyRecord, type Records, type StageRecord } from '../experiment/evidence/record';
import type { Plan } from '../experiment/plan';

export type TrainEvent =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'node-started'; readonly node: string }
  /** A group did not fit into the machine's memory and trains in two, one after the other. */
  | { readonly kind: 'halved'; readonly runs: number; readonly message: string }
  | { readonly kind: 'compiling'; readonly done: number; readonly total: number }
  /** Consecutive training losses of a node, the first one that of step `firstStep` (0-based). */
  | { readonly kind: 'steps'; readonly node: string; readonly firstStep: number; readonly losses: readonly number[] }
  | {
      readonly kind: 'evaluated';
      readonly node: string;
      readonly evaluation: Evaluation;
      /** Spent on this stage's training and measuring so far. */
      readonly seconds: number;
    }
  | {
      readonly kind: 'progress';
      readonly tokensDone: number;
      readonly tokensPlanned: number;
      readonly tokensPerSecond: number | null;
      readonly secondsLeft: number | null;
      /** Share of the time so far that went into measuring; null before the first step. */
      readonly evaluationShare: number | null;
    }
  /** The whole record of a stage: just trained, or found where stages are kept, and then it comes without a start. */
  | { readonly kind: 'node-finished'; readonly record: StageRecord }
  /** One node could not go on (for example its loss was not a number); nodes that need it are lost, others go on. */
  | { readonly kind: 'node-failed'; readonly node: string; readonly step: number; readonly message: string }
  | { readonly kind: 'finished' };

/** The records after one event; the same value where it says nothing about a stage. */
export function recordsAfter(records: Records, event: TrainEvent): Records {
  const changed = changedRecord(records, event);
  return changed ? new Map(records).set(changed.node, changed) : records;
}

function changedRecord(records: Records, event: TrainEvent): StageRecord | null {
  switch (event.kind) {
    case 'node-started':
      return emptyRecord(event.node);
    case 'evaluated': {
      const { evaluations, seconds = [], ...rest } = records.get(event.node) ?? emptyRecord(event.node);
      return { ...rest, evaluations: [...evaluations, event.evaluation], seconds: [...seconds, event.seconds] };
    }
    case 'node-finished': {
      const seconds = records.get(event.record.node)?.seconds;
      return seconds && event.record.origin === 'trained' ? { ...event.record, seconds } : event.record;
    }
    case 'node-failed': {
      const { step, message } = event;
      return { ...(records.get(event.node) ?? emptyRecord(event.node)), failure: { step, message } };
    }
    case 'planned':
    case 'halved':
    case 'compiling':
    case 'steps':
    case 'progress':
    case 'finished':
      return null;
    default:
      return event satisfies never;
  }
}
