// Evidence: plan and records as what claims, tables and charts read, by part and arm, one run a seed. Everything that is
// drawn, printed, judged or exported is a function of it.

import { armPath, type Plan, type PlanNode } from '../plan';
import { type Losses, lossesOf } from '../readings';
import type { Records, StageRecord } from './record';

export interface Measurement extends Losses {
  /** Steps taken in the stage. */
  readonly step: number;
  /** Training tokens since the arm's first stage began. */
  readonly tokens: number;
  /** Spent on the stage so far; left out where it was not trained now. */
  readonly seconds?: number;
}

/** One stage of a run as it was measured. */
export interface MeasuredStage {
  readonly name: string;
  /** Steps of the whole stage. */
  readonly steps: number;
  /** On the small fixed windows, raw, in the order of steps; the first is that of step 0. */
  readonly evaluations: readonly Measurement[];
  /** On the whole validation sets after the last step; null until then. */
  readonly final: Losses | null;
}

/** One arm trained with one seed. */
export interface ArmRun {
  readonly seed: number;
  /** In the order they were trained; the shared beginning included. */
  readonly stages: readonly MeasuredStage[];
}

/** Runs of an arm, seeds in ascending order; empty where nothing is known. */
export type Evidence = (part: string, arm: string) => readonly ArmRun[];

/** A plan under the name of its part. */
export interface PlannedPart {
  readonly key: string;
  readonly plan: Plan;
}

/** Training tokens of a step of a node. */
export function stepTokens({ batch, model }: Pick<PlanNode, 'batch' | 'model'>): number {
  return batch * model.context;
}

function measured({ experiment }: Plan, node: PlanNode, record: StageRecord | undefined): MeasuredStage {
  const { name, steps } = node.stage;
  const evaluations = (record?.evaluations ?? []).map(({ step, values }, i): Measurement => {
    const seconds = record?.seconds?.[i];
    const at = { step, tokens: node.tokensBefore + step * stepTokens(node), ...lossesOf(experiment, values) };
    return seconds === undefined ? at : { ...at, seconds };
  });
  return { name, steps, evaluations, final: record?.final ? lossesOf(experiment, record.final) : null };
}

/** What is known now; seeds of which nothing is known are left out. */
export function evidenceOf(parts: readonly PlannedPart[], records: Records): Evidence {
  const runs = new Map<string, readonly ArmRun[]>();
  for (const { key, plan } of parts) {
    const seeds = [...plan.experiment.seeds].sort((a, b) => a - b);
    // Arms share stages, and a stage is read once.
    const stages = new Map(plan.nodes.map((node) => [node.id, measured(plan, node, records.get(node.id))]));
    for (const { id } of plan.experiment.arms) {
      const all = seeds.map((seed): ArmRun => {
        const path = armPath(plan, id, seed);
        return { seed, stages: path.flatMap((node) => stages.get(node.id) ?? []) };
      });
      const known = all.filter((run) => run.stages.some(({ evaluations }) => evaluations.length > 0));
      runs.set(`${key} ${id}`, known);
    }
  }
  return (part, arm) => runs.get(`${part} ${arm}`) ?? [];
}
