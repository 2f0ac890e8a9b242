// What the stages of a plan have shown, as whole numbers: losses in steps of 0.002 nats, so that none is off by more than
// 0.001, below what tells two seeds apart; the losses at a stage's end, which are compared, in steps of 0.00001. Of each
// number only the difference is written from what the curve before it, the other seeds and the other arms lead to expect.

import type { Evaluation, Records, StageRecord } from '../experiment/evidence/record';
import { needs, type Plan, type PlanNode } from '../experiment/plan';
import type { NumberCoder } from './numbers';

/** Nats. */
const finalStep = 0.00001;
/** ln 256: what a model knows that knows nothing. */
const chance = Math.log(256);

/** Losses in a link: no figure has a tenth of it. */
const mostLosses = 100_000;

/** The curves of a stage, by reading, in steps. */
interface Drawn {
  readonly node: PlanNode;
  readonly curves: readonly (readonly number[])[];
}

/**
 * Codes the records of a plan: writes those given, or reads them where they are left out.
 * @param curveStep nats
 * @returns records without what made them
 */
export class CurveCoder {
  private readonly numbers: NumberCoder;
  private readonly curveStep: number;
  private readonly drawn: Drawn[] = [];
  private losses = 0;

  constructor(numbers: NumberCoder, curveStep: number) {
    this.numbers = numbers;
    this.curveStep = curveStep;
  }

  records({ nodes, readings }: Plan, known?: Records): StageRecord[] {
    const counts = (set: 'curve' | 'final') => readings.filter((reading) => reading.set === set).length;
    return nodes.flatMap((node) => {
      const record = known?.get(node.id);
      const there = this.numbers.whole('there', known && Number(record !== undefined));
      return there === 0 ? [] : [this.record(node, { curve: counts('curve'), final: counts('final') }, record)];
    });
  }

  private record(node: PlanNode, counts: { curve: number; final: number }, known?: StageRecord): StageRecord {
    // Evaluations are at the places of the plan, in order, so their number is enough.
    const missing = this.numbers.whole('missing', known && node.evaluateAt.length - known.evaluations.length);
    const count = node.evaluateAt.length - missing;
    if (count < 0) throw new RangeError('A record has more evaluations than its plan.');
    this.losses += count * counts.curve;
    if (this.losses > mostLosses) throw new RangeError('There are too many losses.');
    const curves: number[][] = [];
    for (let k = 0; k < counts.curve; k++) {
      const own = known?.evaluations.map(({ values }) => Math.round((values[k] ?? 0) / this.curveStep));
      curves.push(this.curve(node, k, count, own));
    }
    this.drawn.push({ node, curves });
    const evaluations = Array.from({ length: count }, (_, i): Evaluation => {
      const values = curves.map((curve) => this.nats(curve[i] ?? 0, this.curveStep));
      return { step: node.evaluateAt[i] ?? 0, trainLoss: null, values };
    });
    const ended = this.numbers.whole('ended', known && Number(known.final !== null)) === 1;
    const final = ended ? this.final(curves, counts.final, known?.final ?? undefined) : null;
    return { node: node.id, origin: 'file', evaluations, final, failure: null, corpora: [], maker: null };
  }

  private curve(node: PlanNode, k: number, count: number, known?: readonly number[]): number[] {
    const curve: number[] = [];
    const alike = this.alike(node, k);
    let size = 2;
    for (let i = 0; i < count; i++) {
      const expected = i === 0 ? this.start(node, k) : (curve[i - 1] ?? 0) + step(alike, curve, i);
      const context = `${i === 0 ? 'start' : 'curve'} ${alike.length > 0 ? 'led' : 'alone'} ${size}`;
      const off = this.numbers.signed(context, known && (known[i] ?? 0) - expected);
      curve.push(expected + off);
      size = Math.min(5, Math.floor((size + Math.log2(1 + Math.abs(off)) + 1) / 2));
    }
    return curve;
  }

  /** Where the stage before has ended, or where everything begins. */
  private start({ start, stageIndex, ...rest }: PlanNode, k: number): number {
    const [before] = needs({ start });
    const parent = this.drawn.find(({ node }) => node.id === before)?.curves[k]?.at(-1);
    if (parent !== undefined) return parent;
    const other = this.drawn.find(({ node }) => node.stageIndex === stageIndex && node.seed !== rest.seed);
    return other?.curves[k]?.[0] ?? Math.round(chance / this.curveStep);
  }

  /** Curves of the same arms with other seeds; where there are none, of other arms. */
  private alike({ arms, seed, stageIndex }: PlanNode, k: number): (readonly number[])[] {
    const peers = this.drawn.filter(({ node }) => node.stageIndex === stageIndex);
    const seeds = peers.filter(({ node }) => node.seed !== seed && node.arms.join() === arms.join());
    const others = peers.filter(({ node }) => node.seed === seed);
    return (seeds.length > 0 ? seeds : others).flatMap(({ curves }) => (curves[k] ? [curves[k]] : []));
  }

  private final(curves: readonly (readonly number[])[], count: number, known?: readonly number[]): number[] {
    return Array.from({ length: count }, (_, k) => {
      const expected = Math.round(((curves[k]?.at(-1) ?? 0) * this.curveStep) / finalStep);
      const own = known && Math.round((known[k] ?? 0) / finalStep) - expected;
      return this.nats(expected + this.numbers.signed('final', own), finalStep);
    });
  }

  /** Without the digits that the step does not have. */
  private nats(steps: number, size: number): number {
    return Number((steps * size).toFixed(6));
  }
}

/** By how much the curve is expected to go on: as its like did at this place, or half as it did before. */
function step(alike: readonly (readonly number[])[], curve: readonly number[], i: number): number {
  const steps = alike.flatMap((other) => {
    const [before, here] = [other[i - 1], other[i]];
    return before === undefined || here === undefined ? [] : [here - before];
  });
  if (steps.length > 0) return Math.round(steps.reduce((sum, one) => sum + one, 0) / steps.length);
  return i < 2 ? 0 : Math.round(((curve[i - 1] ?? 0) - (curve[i - 2] ?? 0)) / 2);
}
