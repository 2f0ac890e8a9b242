// From the series of single stages to what claims, tables and charts of a figure read, and how far each arm is.

import type { ArmRecord, Evidence, StageRecord } from '../experiment/figures/evidence';
import { armPath, type Plan, type PlanNode } from '../experiment/plan';
import type { ChosenPart } from './figureChoice';
import type { ArmState } from './results';
import { isActive, type NodeStatus, type RunState } from './run';
import type { SeriesBook } from './series';

type Nodes = Readonly<Record<string, NodeStatus>>;

function stageRecord(node: PlanNode, { experiment }: Plan, nodes: Nodes, book: SeriesBook): StageRecord {
  const { name, steps } = node.stage;
  const perStep = experiment.batch * experiment.model.context;
  const series = book.of(node.id);
  const columns = ['tokens', 'd0', 'd1', 'seconds'] as const;
  const [tokens, d0, d1, seconds] = columns.map((field) => series?.column(field) ?? []);
  const evaluations = Array.from(tokens ?? [], (at, i) => ({
    step: Math.round((at - node.tokensBefore) / perStep),
    tokens: at,
    d0: d0?.[i] ?? Number.NaN,
    d1: d1?.[i] ?? Number.NaN,
    seconds: seconds?.[i] ?? Number.NaN,
  }));
  return { name, steps, evaluations, final: nodes[node.id]?.final ?? null };
}

/** What is known now; seeds of which nothing is known are left out. */
export function figureEvidence(parts: readonly ChosenPart[], nodes: Nodes, book: SeriesBook): Evidence {
  const records = new Map<string, readonly ArmRecord[]>();
  for (const { part, whole } of parts) {
    // Arms share stages, and a stage is read once.
    const stages = new Map(whole.nodes.map((node) => [node.id, stageRecord(node, whole, nodes, book)]));
    for (const { id } of whole.experiment.arms) {
      const all = whole.experiment.seeds.map((seed): ArmRecord => {
        const path = armPath(whole, id, seed);
        return { seed, stages: path.flatMap((node) => stages.get(node.id) ?? []) };
      });
      const known = all.filter(({ stages: own }) => own.some(({ evaluations }) => evaluations.length > 0));
      records.set(`${part.key} ${id}`, known);
    }
  }
  return (part, arm) => records.get(`${part} ${arm}`) ?? [];
}

/** How many stages of a plan have ended: what verdicts wait for. */
export function endedStages(parts: readonly ChosenPart[], nodes: Nodes): number {
  return parts.flatMap(({ whole }) => whole.nodes).filter(({ id }) => nodes[id]?.final).length;
}

export interface ArmProgress {
  /** Null where nothing is known and nothing is going on. */
  readonly state: ArmState | null;
  /** Why it failed, and where. */
  readonly message: string | null;
}

/** True while the run that goes on will train these stages, or trains them. */
export function isBeingTrained({ phase, planned }: Pick<RunState, 'phase' | 'planned'>, stages: readonly PlanNode[]) {
  return isActive(phase) && stages.some(({ id }) => planned.has(id));
}

export function armProgress(whole: Plan, arm: string, run: Pick<RunState, 'nodes' | 'phase' | 'planned'>): ArmProgress {
  const paths = whole.experiment.seeds.map((seed) => armPath(whole, arm, seed));
  const path = paths.flat();
  const statuses = path.map(({ id }) => run.nodes[id]);
  const failed = statuses.find((status) => status?.state === 'failed');
  if (failed) return { state: 'failed', message: failed.message };
  const state = (): ArmState | null => {
    if (statuses.every((status) => status?.final)) {
      return statuses.every((status) => status?.state === 'reused') ? 'reused' : 'done';
    }
    const own = path.filter((node) => node.arms.length === 1 || node.stageIndex > 0);
    const begun = own.some(({ id }) => run.nodes[id]);
    const ends = paths.flatMap((stages) => stages.at(-1) ?? []);
    if (isBeingTrained(run, ends)) return begun ? 'training' : 'waiting';
    return begun ? 'stopped' : null;
  };
  return { state: state(), message: null };
}
