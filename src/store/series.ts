// Curves, kept outside React: growing typed arrays per plan node, and a counter that tells views when to look again.

import type { Evaluation } from '../train/events';

const measured = ['tokens', 'learningRate', 'd0', 'd1'] as const;
/** `seconds`: spent on the stage up to there, not a number where that is not known. */
const fields = [...measured, 'seconds'] as const;
type Field = (typeof fields)[number];

/** The evaluations of one plan node in the order they were made. */
export class EvaluationSeries {
  #size = 0;
  #columns: Record<Field, Float64Array>;

  constructor(capacity = 64) {
    const column = () => new Float64Array(capacity);
    this.#columns = { tokens: column(), learningRate: column(), d0: column(), d1: column(), seconds: column() };
  }

  get size(): number {
    return this.#size;
  }

  append(evaluation: Evaluation, seconds: number | null): void {
    if (this.#size === this.#columns.tokens.length) this.#grow();
    for (const field of measured) this.#columns[field][this.#size] = evaluation[field];
    this.#columns.seconds[this.#size] = seconds ?? Number.NaN;
    this.#size++;
  }

  /** A view of the values so far; it stays valid when the series grows. */
  column(field: Field): Float64Array {
    return this.#columns[field].subarray(0, this.#size);
  }

  #grow(): void {
    for (const field of fields) {
      const wider = new Float64Array(2 * this.#size);
      wider.set(this.#columns[field]);
      this.#columns[field] = wider;
    }
  }
}

/** Series of all nodes by node id. */
export class SeriesBook {
  #byNode = new Map<string, EvaluationSeries>();
  #version = 0;

  /** Changes with every change of any series. */
  get version(): number {
    return this.#version;
  }

  of(node: string): EvaluationSeries | undefined {
    return this.#byNode.get(node);
  }

  append(node: string, evaluation: Evaluation, seconds: number | null = null): void {
    let series = this.#byNode.get(node);
    if (!series) {
      series = new EvaluationSeries();
      this.#byNode.set(node, series);
    }
    series.append(evaluation, seconds);
    this.#version++;
  }

  /** Forgets a node's curve, because it is about to be trained from its beginning. */
  restart(node: string): void {
    if (this.#byNode.delete(node)) this.#version++;
  }
}
