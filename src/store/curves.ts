// From the series of single seeds to the curves a chart draws: one curve per stage of an arm, the mean over seeds where
// every seed has a value, with a band: smallest to largest for 2 to 4 seeds, mean ± standard deviation from 5 on.

import type { Plan, PlanNode } from '../experiment/plan';
import { spread } from '../experiment/spread';
import type { SeriesBook } from './series';

export type Measure = 'd0' | 'd1';

export interface CurvePoint {
  readonly tokens: number;
  /** Spent since the first stage began, mean over seeds; left out where a stage was trained before. */
  readonly seconds?: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface Curve {
  /** Stable name, usable as a key. */
  readonly key: string;
  readonly stageIndex: number;
  /** Arms that share this curve. */
  readonly arms: readonly string[];
  readonly points: readonly CurvePoint[];
  /** Each seed's own values, when there is more than one seed. */
  readonly singles: readonly (readonly { readonly tokens: number; readonly value: number }[])[];
}

/** The nodes of the plan that differ only in their seed, together. */
function seedGroups(plan: Plan): PlanNode[][] {
  const groups = new Map<string, PlanNode[]>();
  for (const node of plan.nodes) {
    const key = `${node.stageIndex} ${node.arms.join(' ')}`;
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return [...groups.values()];
}

/** Seconds spent on the stages before this one; not a number where that is not known. */
function secondsBefore(plan: Plan, { parent }: PlanNode, book: SeriesBook): number {
  const node = plan.nodes.find(({ id }) => id === parent);
  if (!node) return 0;
  return secondsBefore(plan, node, book) + (book.of(node.id)?.column('seconds').at(-1) ?? Number.NaN);
}

function pointsOf(plan: Plan, nodes: readonly PlanNode[], book: SeriesBook, measure: Measure): CurvePoint[] {
  const before = nodes.map((node) => secondsBefore(plan, node, book));
  const spent = nodes.map((node) => book.of(node.id)?.column('seconds'));
  const columns = nodes.map((node) => book.of(node.id)?.column(measure) ?? new Float64Array(0));
  const tokens = nodes[0] ? book.of(nodes[0].id)?.column('tokens') : undefined;
  const count = Math.min(...columns.map((column) => column.length));
  const points: CurvePoint[] = [];
  for (let i = 0; i < count; i++) {
    const { mean, low, high } = spread(columns.map((column) => column[i] ?? Number.NaN));
    const seconds = spent.reduce((sum, own, k) => sum + (before[k] ?? 0) + (own?.[i] ?? Number.NaN), 0) / nodes.length;
    const point = { tokens: tokens?.[i] ?? 0, mean, low, high };
    points.push(Number.isFinite(seconds) ? { ...point, seconds } : point);
  }
  return points;
}

function singlesOf(nodes: readonly PlanNode[], book: SeriesBook, measure: Measure): Curve['singles'] {
  if (nodes.length < 2) return [];
  return nodes.map((node) => {
    const series = book.of(node.id);
    const values = series?.column(measure) ?? new Float64Array(0);
    return Array.from(values, (value, i) => ({ tokens: series?.column('tokens')[i] ?? 0, value }));
  });
}

/** All curves of one measure, in the order of the plan; curves without a point are left out. */
export function collectCurves(plan: Plan, book: SeriesBook, measure: Measure): Curve[] {
  return seedGroups(plan)
    .map((nodes) => ({
      key: `${nodes[0]?.stageIndex ?? 0}:${nodes[0]?.arms.join('+') ?? ''}`,
      stageIndex: nodes[0]?.stageIndex ?? 0,
      arms: nodes[0]?.arms ?? [],
      points: pointsOf(plan, nodes, book, measure),
      singles: singlesOf(nodes, book, measure),
    }))
    .filter((curve) => curve.points.length > 0 || curve.singles.some((single) => single.length > 0));
}
