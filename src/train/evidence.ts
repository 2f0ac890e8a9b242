// Results in the form that claims, tables and charts read: an arm's evaluations, stage by stage.

import type { ArmRecord } from '../experiment/figures/evidence';
import type { ArmResult } from './results';

/** Names of stages are unique in an arm, so they tell whose an evaluation is. */
function armRecord({ seed, stages, evaluations, finals }: ArmResult): ArmRecord {
  return {
    seed,
    stages: stages.map(({ name, steps }, i) => ({
      name,
      steps,
      evaluations: evaluations.filter(({ stage }) => stage === name),
      final: finals[i] ?? null,
    })),
  };
}

/** Records by arm, seeds in ascending order. */
export function armRecords(results: readonly ArmResult[]): ReadonlyMap<string, readonly ArmRecord[]> {
  const byArm = new Map<string, ArmRecord[]>();
  for (const result of [...results].sort((a, b) => a.seed - b.seed)) {
    byArm.set(result.id, [...(byArm.get(result.id) ?? []), armRecord(result)]);
  }
  return byArm;
}
