// Gathers a run's events into one value that can be saved, compared and read by other programs: `results.json`. One
// entry for every arm and seed, its evaluations over the whole path, the shared beginning included.

import type { AdapterReport } from '../engine/engine';
import type { KernelForms } from '../engine/forms/forms';
import { armPath, type Plan, type PlanNode } from '../experiment/plan';
import type { Arm, Experiment, Stage } from '../experiment/spec';
import type { CorpusStamp } from './checkpoints';
import type { Evaluation, FinalLosses, TrainEvent } from './events';

export interface ArmFailure {
  /** Name of the stage that failed. */
  readonly stage: string;
  /** Steps of it that were taken. */
  readonly step: number;
  readonly message: string;
}

export interface ArmResult {
  readonly id: string;
  readonly label: string;
  readonly seed: number;
  readonly init: Arm['init'];
  readonly stages: readonly Stage[];
  readonly evaluations: readonly Evaluation[];
  /** On the full validation sets after each stage, in order; null for those that the arm did not get through. */
  readonly finals: readonly (FinalLosses | null)[];
  /** The last of them. */
  readonly final: FinalLosses | null;
  /** The forms of the kernels that trained its last stage; null where there is only one, or it is not done. */
  readonly kernels: KernelForms | null;
  readonly failure?: ArmFailure;
}

export interface Results {
  readonly v: 1;
  readonly experiment: Experiment;
  /** Content hash of the plan. */
  readonly plan: string;
  /** Version of this program. */
  readonly version: string;
  readonly adapter: AdapterReport;
  readonly corpora: readonly CorpusStamp[];
  readonly arms: readonly ArmResult[];
}

export interface Origin {
  readonly version: string;
  readonly adapter: AdapterReport;
  readonly corpora: readonly CorpusStamp[];
}

export interface Collector {
  collect(event: TrainEvent): void;
  /** What is known so far; null before the plan was. */
  results(): Results | null;
}

interface NodeRecord {
  readonly evaluations: Evaluation[];
  final: FinalLosses | null;
  kernels: KernelForms | null;
  failure: ArmFailure | null;
}

export function collector(origin: Origin): Collector {
  let plan: Plan | null = null;
  let records = new Map<string, NodeRecord>();
  const record = (node: string) => records.get(node) ?? emptyRecord();
  const started = (node: string) => records.set(node, emptyRecord());
  return {
    collect(event) {
      switch (event.kind) {
        case 'planned':
          plan = event.plan;
          records = new Map();
          break;
        case 'node-started':
          started(event.node);
          break;
        case 'evaluated':
          record(event.node).evaluations.push(event.evaluation);
          break;
        case 'node-finished':
          record(event.node).final = event.final;
          record(event.node).kernels = event.kernels;
          break;
        case 'node-failed':
          // A stage can fail before it starts.
          if (!records.has(event.node)) started(event.node);
          record(event.node).failure = { stage: stageName(plan, event.node), step: event.step, message: event.message };
          break;
        case 'compiling':
        case 'steps':
        case 'progress':
        case 'finished':
          break;
        default:
          event satisfies never;
      }
    },
    results: () => plan && resultsOf(plan, origin, record),
  };
}

function emptyRecord(): NodeRecord {
  return { evaluations: [], final: null, kernels: null, failure: null };
}

function stageName(plan: Plan | null, node: string): string {
  return plan?.nodes.find(({ id }) => id === node)?.stage.name ?? '';
}

function resultsOf(plan: Plan, { version, adapter, corpora }: Origin, record: (node: string) => NodeRecord): Results {
  const { experiment } = plan;
  const used = corpora.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  const arms = experiment.arms.flatMap((arm) =>
    experiment.seeds.map((seed) => armResult(arm, seed, armPath(plan, arm.id, seed), record)),
  );
  return { v: 1, experiment, plan: plan.id, version, adapter, corpora: used, arms };
}

function armResult(arm: Arm, seed: number, path: readonly PlanNode[], record: (node: string) => NodeRecord): ArmResult {
  const { id, label, init, stages } = arm;
  const records = path.map((node) => record(node.id));
  const evaluations = records.flatMap((stage) => stage.evaluations);
  const failure = records.find((stage) => stage.failure !== null)?.failure ?? null;
  const { final = null, kernels = null } = records.at(-1) ?? {};
  const finals = records.map((stage) => stage.final);
  const result = { id, label, seed, init, stages, evaluations, finals, final, kernels };
  return failure === null ? result : { ...result, failure };
}
