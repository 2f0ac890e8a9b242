// What is known about the stages of a plan while it is trained: which are done, which can start, which are lost. Keeps a
// result in memory only as long as another stage needs its weights.

import { CorpusError } from '../data/manifest';
import type { TextData } from '../data/text';
import { parameterCount } from '../engine/model';
import { mixtureCorpora } from '../experiment/corpora';
import type { CorpusStamp, StageRecord } from '../experiment/evidence/record';
import { needs, type Plan, type PlanNode } from '../experiment/plan';
import { measuredCorpora } from '../experiment/readings';
import type { StageResult } from './checkpoints';
import { modelShape } from './shape';
import { beginning, type StageBeginning } from './start';

/** True for a whole record of this stage. */
export function isOfStage({ id, evaluateAt }: PlanNode, { node, evaluations, final }: StageRecord): boolean {
  return node === id && evaluations.length === evaluateAt.length && final !== null;
}

/** True when the text is that which the record was made on. */
export function isOfText({ corpora }: StageRecord, now: readonly CorpusStamp[]): boolean {
  return corpora.every(({ name, sha256 }) => now.find((entry) => entry.name === name)?.sha256 === sha256);
}

export class Ledger {
  readonly plan: Plan;
  private readonly data: TextData;
  private readonly byId: ReadonlyMap<string, PlanNode>;
  private readonly finished = new Set<string>();
  private readonly lost = new Set<string>();
  /** Results that stages still to be trained need, and the weights of files. */
  private readonly needed = new Map<string, StageResult>();

  constructor(plan: Plan, data: TextData) {
    this.plan = plan;
    this.data = data;
    this.byId = new Map(plan.nodes.map((node) => [node.id, node]));
  }

  /** Stages that are neither done nor lost and have all that they need. */
  ready(): PlanNode[] {
    return this.waiting().filter((node) => needs(node).every((id) => this.finished.has(id)));
  }

  /** Stages that are neither done nor lost. */
  waiting(): PlanNode[] {
    return this.plan.nodes.filter((node) => this.open(node));
  }

  done(node: PlanNode, result: StageResult): void {
    this.finished.add(node.id);
    this.needed.set(node.id, result);
    for (const id of [node.id, ...needs(node)]) {
      if (!this.plan.nodes.some((other) => this.open(other) && needs(other).includes(id))) this.needed.delete(id);
    }
  }

  /** Takes the weights of a file, null where they are not kept here. */
  opened(sha256: string, result: StageResult | null): void {
    if (result) this.needed.set(sha256, result);
  }

  /** Stages that start from weights of a file that are not here, each with a sentence. */
  weightless(): { node: PlanNode; message: string }[] {
    return this.plan.nodes.flatMap((node) => {
      if (node.start.kind !== 'weights') return [];
      const { sha256 } = node.start;
      const held = this.needed.get(sha256)?.state.parameters.length;
      if (held === parameterCount(modelShape(node.model))) return [];
      const which = `${this.describe(node)} starts from the weights ${sha256.slice(0, 12)}`;
      const why = held === undefined ? 'which are not kept here' : 'which are of another model';
      return [{ node, message: `${which}, ${why}. Open their file, model.safetensors, and run it again.` }];
    });
  }

  /** Marks a stage and all that would follow it as lost; returns those that were not yet, the stage itself first. */
  fail(node: PlanNode): PlanNode[] {
    const newly = this.plan.nodes.filter((other) => this.open(other) && this.ancestry(other).includes(node));
    for (const { id } of newly) this.lost.add(id);
    return newly;
  }

  /** What a stage starts from. */
  beginning(node: PlanNode): StageBeginning {
    return beginning(node, (id) => {
      const result = this.needed.get(id);
      if (result === undefined) throw new Error(`A stage that ${this.describe(node)} needs is not there.`);
      return result;
    });
  }

  /** The stored result if it is one of this stage, whole, and of the text that is here now. */
  usable(node: PlanNode, result: StageResult | null): StageResult | null {
    if (result === null || !isOfStage(node, result.record)) return null;
    const { state, losses, record } = result;
    const P = parameterCount(modelShape(node.model));
    const whole = [state.parameters, state.firstMoment, state.secondMoment].every((values) => values.length === P);
    if (!whole || losses.length !== node.stage.steps) return null;
    return isOfText(record, this.data.entries()) ? result : null;
  }

  /** The corpora that a stage's result depends on: those of its path and those it is measured on. */
  stamps(node: PlanNode): CorpusStamp[] {
    const read = this.ancestry(node).flatMap(({ stage }) => mixtureCorpora(stage.mixture));
    const names = new Set([...measuredCorpora(this.plan.experiment), ...read].map((name) => name.split('/')[0]));
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

  private open(node: PlanNode): boolean {
    return !this.finished.has(node.id) && !this.lost.has(node.id);
  }

  /** This stage and all that it builds on. */
  private ancestry(node: PlanNode): PlanNode[] {
    const before = needs(node).flatMap((id) => this.byId.get(id) ?? []);
    return [...before.flatMap((one) => this.ancestry(one)), node];
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
