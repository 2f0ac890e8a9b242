// What a measurement says: a plain value that the command line prints and the page draws, and the two ratios in it.

import type { StepBench } from './bench';
import type { Ceilings } from './bench_probes';
import type { TimedBy } from './bench_time';
import type { AdapterReport } from './engine';
import type { Tried } from './tuning';

export interface BenchResult extends StepBench {
  readonly scale: string;
  readonly runs: number;
  /** What the kernels were chosen from, measured anew for the bench. */
  readonly tried: readonly Tried[];
}

/** The two ratios that say how good the engine is on an adapter, and what they are made of. GFLOP/s. */
export interface Headline {
  readonly scale: string;
  readonly runs: number;
  /** The fastest kernel that computes the model's largest product, in_proj: forward, to its input or to its weights. */
  readonly bestMatmul: { readonly kernel: string; readonly rate: number };
  /** Useful operations of the whole step over its time. */
  readonly stepRate: number;
  readonly stepShareOfMatmul: number;
  readonly matmulShareOfCeiling: number;
}

export interface BenchReport {
  readonly v: 1;
  readonly adapter: AdapterReport;
  /** How kernels and probes are timed; whole steps always by the page's clock. */
  readonly timedBy: TimedBy;
  readonly ceilings: Ceilings;
  readonly results: readonly BenchResult[];
  /** Null while scale S with one run is not measured. */
  readonly headline: Headline | null;
  readonly stepShareOfMatmul: number | null;
  readonly matmulShareOfCeiling: number | null;
}

/** The kernels of the largest product of a block, 2 N 7C C operations. */
const largestProduct: readonly string[] = ['in_proj.forward', 'in_proj.backward', 'in_proj.weight_gradient.partial'];

/** GFLOP/s or GB/s. */
export function rateOf(amount: number, milliseconds: number): number {
  return amount / milliseconds / 1e6;
}

/** The headline where it is defined: at scale S with one run, in the same measurement as the ceilings. */
export function headlineOf(ceilings: Ceilings, results: readonly BenchResult[]): Headline | null {
  const result = results.find(({ scale, runs }) => scale === 'S' && runs === 1);
  if (!result) return null;
  const rates = result.kernels
    .filter(({ kernel }) => largestProduct.includes(kernel))
    .map(({ kernel, flops, time }) => ({ kernel, rate: rateOf(flops, time.median) }));
  const bestMatmul = rates.reduce((best, one) => (one.rate > best.rate ? one : best));
  const stepRate = rateOf(result.usefulFlops, result.time.median);
  return {
    scale: result.scale,
    runs: result.runs,
    bestMatmul,
    stepRate,
    stepShareOfMatmul: stepRate / bestMatmul.rate,
    matmulShareOfCeiling: bestMatmul.rate / ceilings.fma,
  };
}

export function reportOf(
  adapter: AdapterReport,
  timedBy: TimedBy,
  ceilings: Ceilings,
  results: readonly BenchResult[],
): BenchReport {
  const headline = headlineOf(ceilings, results);
  const { stepShareOfMatmul = null, matmulShareOfCeiling = null } = headline ?? {};
  return { v: 1, adapter, timedBy, ceilings, results, headline, stepShareOfMatmul, matmulShareOfCeiling };
}

/** What became of each form of each kernel, in words. */
export function triedWords(tried: readonly Tried[]): [kernel: string, forms: string][] {
  const said = ({ form, milliseconds, fault }: Tried) =>
    fault !== null
      ? `${form} dropped: ${fault}`
      : milliseconds === null
        ? `${form} right, not timed`
        : `${form} ${milliseconds.toPrecision(3)} ms`;
  const kernels = new Set(tried.map(({ kernel }) => kernel));
  return [...kernels].map((name) => [
    name,
    tried
      .filter(({ kernel }) => kernel === name)
      .map(said)
      .join(', '),
  ]);
}

/** `in_proj.forward subgroups/8 16x4, ..., attention subgroups/8`: what was chosen for each kernel. */
export function chosenWords({ chosen }: Pick<StepBench, 'chosen'>): string {
  const forms = Object.entries(chosen.products).map(([product, form]) => `${product} ${form}`);
  return [...forms, `attention ${chosen.attention}`].join(', ');
}
