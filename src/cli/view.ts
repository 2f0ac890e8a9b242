// Turns the trainer's events into progress lines: which stages are being trained, how far, how fast.

import type { Plan, PlanNode } from '../experiment/plan';
import type { TrainEvent } from '../train/events';
import type { Progress, ProgressState } from './progress';

export interface RunView {
  hear(event: TrainEvent): void;
  /** Share of the time that went into measuring; null when nothing was trained. */
  evaluationShare(): number | null;
}

type Counts = Omit<ProgressState, 'stage'>;

export function viewRun(plan: Plan, progress: Progress): RunView {
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  const active = new Map<string, PlanNode>();
  let read = 0;
  let share: number | null = null;
  let counts: Counts = { tokensDone: 0, tokensPlanned: plan.tokens, tokensPerSecond: null, secondsLeft: null };
  const show = (stage: string) => progress.show({ ...counts, stage });
  return {
    evaluationShare: () => share,
    hear(event) {
      switch (event.kind) {
        case 'compiling':
          if (event.done < event.total) show('compiling kernels');
          break;
        case 'node-started': {
          const node = nodes.get(event.node);
          if (node) active.set(event.node, node);
          break;
        }
        case 'progress':
          counts = event;
          share = event.evaluationShare;
          if (active.size > 0) show(stageText([...active.values()]));
          break;
        case 'node-finished':
          active.delete(event.record.node);
          if (event.record.origin === 'kept') read++;
          break;
        case 'node-failed':
          active.delete(event.node);
          progress.line(event.message);
          break;
        case 'halved':
          progress.line(event.message);
          break;
        case 'planned':
        case 'steps':
        case 'evaluated':
          break;
        case 'finished':
          if (read > 0) progress.line(`${read} of ${nodes.size} stages had been trained before and were read.`);
          break;
        default:
          event satisfies never;
      }
    },
  };
}

/** `new: floor, rewarm (seeds 1, 2)`. */
function stageText(nodes: readonly PlanNode[]): string {
  const unique = <T>(values: readonly T[]) => [...new Set(values)];
  const stages = unique(nodes.map((node) => node.stage.name)).join(', ');
  const arms = unique(nodes.flatMap((node) => node.arms)).join(', ');
  const seeds = unique(nodes.map((node) => node.seed));
  return `${stages}: ${arms} (seed${seeds.length > 1 ? 's' : ''} ${seeds.join(', ')})`;
}
