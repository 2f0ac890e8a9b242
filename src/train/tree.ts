// What is known about the stages of a plan while it is trained: which are done, which can start, which are lost. Keeps
// a result in memory only as long as another stage needs its weights.

import { CorpusError } from '../data/manifest';
import type { TextData } from '../data/text';
import { parameterCount } from '../engine/model';
import { mixtureCorpora } from '../experiment/corpora';
import { evaluationTokens } from '../experiment/evaluation';
import type { Plan, PlanNode } from '../experiment/plan';
import type { CorpusStamp, NodeResult } from './checkpoints';
import { modelShape } from './shape';

export class Tree {
  readonly plan: Plan;
  private readonly data: TextData;
  private readonly byId: ReadonlyMap<string, PlanNode>;
  private readonly finished = new Set<string>();
  private readonly lost = new Set<string>();
  /** Results that stages still to be trained start from. */
  private readonly parents = new Map<string, NodeResult>();

  constructor(plan: Plan, data: TextData) {
    this.plan = plan;
    this.data = data;
    this.byId = new Map(plan.nodes.map((node) => [node.id, node]));
  }

  /** Stages that are neither done nor lost and whose parent is done. */
  ready(): PlanNode[] {
    return this.waiting().filter(({ parent }) => parent === null || this.finished.has(parent));
  }

  /** Stages that are neither done nor lost. */
  waiting(): PlanNode[] {
    return this.plan.nodes.filter((node) => this.open(node));
  }

  done(node: PlanNode, result: NodeResult): void {
    this.finished.add(node.id);
    this.parents.set(node.id, result);
    for (const id of [node.id, node.parent]) {
      const needed = this.plan.nodes.some((child) => child.parent === id && this.open(child));
      if (id !== null && !needed) this.parents.delete(id);
    }
  }

  /** Marks a stage and all that would follow it as lost; returns those that were not yet, the stage itself first. */
  fail(node: PlanNode): PlanNode[] {
    const newly = this.plan.nodes.filter((other) => this.open(other) && this.path(other).includes(node));
    for (const { id } of newly) this.lost.add(id);
    return newly;
  }

  /** Null for a first stage. */
  parentResult(node: PlanNode): NodeResult | null {
    if (node.parent === null) return null;
    const result = this.parents.get(node.parent);
    if (result === undefined) throw new Error(`The stage before ${this.describe(node)} is not there.`);
    return result;
  }

  /** The stored result if it is one of this stage, whole, and of the text that is here now. */
  usable(node: PlanNode, result: NodeResult | null): NodeResult | null {
    if (result === null || result.v !== 1 || result.node !== node.id) return null;
    const { state, losses, evaluations, corpora = [] } = result;
    const P = parameterCount(modelShape(this.plan.experiment.model));
    const whole = [state.parameters, state.firstMoment, state.secondMoment].every((values) => values.length === P);
    if (!whole || losses.length !== node.stage.steps || evaluations.length !== node.evaluateAt.length) return null;
    const now = new Map(this.stamps(node).map(({ name, sha256 }) => [name, sha256]));
    return corpora.every(({ name, sha256 }) => now.get(name) === sha256) ? result : null;
  }

  /** The corpora that a stage's result depends on: those of its path and those it is measured on. */
  stamps(node: PlanNode): CorpusStamp[] {
    const { d0, d1 } = this.plan.experiment.evaluation;
    const names = new Set(
      [d0, d1, ...this.path(node).flatMap(({ stage }) => mixtureCorpora(stage.mixture))].map(
        (name) => name.split('/')[0],
      ),
    );
    return this.data
      .entries()
      .filter((entry) => names.has(entry.name))
      .map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  }

  /** Stages whose text is not there, each with a sentence that names the place in the experiment. */
  unreadable(): { node: PlanNode; message: string }[] {
    return this.plan.nodes.flatMap((node) => {
      const arm = this.plan.experiment.arms.findIndex(({ id }) => node.arms.includes(id));
      const { replay, corpus } = node.stage.mixture;
      const places = [['corpus', corpus], ...(replay === null ? [] : [['replay.corpus', replay.corpus]])] as const;
      return places.flatMap(([place, name = '']) => {
        const problem = this.sourceProblem(name);
        return problem === null
          ? []
          : [{ node, message: `arms[${arm}].stages[${node.stageIndex}].mixture.${place}: ${problem}` }];
      });
    });
  }

  /** `Arm 'rewarm', stage d1`, with the seed where there are several. */
  describe(node: PlanNode): string {
    const arms = node.arms.map((arm) => `'${arm}'`).join(', ');
    const seed = this.plan.experiment.seeds.length > 1 ? `, seed ${node.seed}` : '';
    return `${node.arms.length > 1 ? 'Arms' : 'Arm'} ${arms}, stage ${node.stage.name}${seed}`;
  }

  /** Training tokens of `steps` steps. */
  tokens(steps: number): number {
    return steps * this.plan.experiment.batch * this.plan.experiment.model.context;
  }

  evaluationTokens(node: PlanNode): number {
    const { evaluation, model } = this.plan.experiment;
    return evaluationTokens(node.evaluateAt, node.parent === null, evaluation, model.context);
  }

  private open(node: PlanNode): boolean {
    return !this.finished.has(node.id) && !this.lost.has(node.id);
  }

  /** From the first stage to this one. */
  private path(node: PlanNode): PlanNode[] {
    const parent = node.parent === null ? undefined : this.byId.get(node.parent);
    return parent === undefined ? [node] : [...this.path(parent), node];
  }

  private sourceProblem(name: string): string | null {
    try {
      this.data.source(name);
      return null;
    } catch (error) {
      if (error instanceof CorpusError) return error.message;
      throw error;
    }
  }
}
