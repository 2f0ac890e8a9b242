// What a measurement says: a plain value that the command line prints and the page draws, and the two ratios in it.

import type { AdapterReport } from '../engine';
import { type ProductName, productNames, type Tried } from '../forms/forms';
import type { Ceilings } from './probes';
import type { BenchPair, KernelBench, StepBench } from './step';
import type { TimedBy } from './time';

export interface BenchResult extends StepBench {
  readonly scale: string;
  readonly runs: number;
  /** What the kernels were chosen from, measured anew for the bench. */
  readonly tried: readonly Tried[];
  /** The step beside the fastest kernel of its largest product, where the headline needs it; null elsewhere. */
  readonly pair: BenchPair | null;
}

/** The two ratios that say how good the engine is on an adapter, and what they are made of, both by turns. GFLOP/s. */
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

/** Where the headline is defined: at scale S with one run. */
export function isHeadline({ scale, runs }: Pick<BenchResult, 'scale' | 'runs'>): boolean {
  return scale === 'S' && runs === 1;
}

/** The fastest kernel of the largest product. */
export function bestMatmulOf(kernels: readonly KernelBench[]): KernelBench {
  const rate = ({ flops, time }: KernelBench) => rateOf(flops, time.median);
  return kernels
    .filter(({ kernel }) => largestProduct.includes(kernel))
    .reduce((best, one) => (rate(one) > rate(best) ? one : best));
}

/** In the same measurement as the ceilings. */
export function headlineOf(ceilings: Ceilings, results: readonly BenchResult[]): Headline | null {
  const result = results.find(isHeadline);
  const pair = result?.pair;
  const matmul = result?.kernels.find(({ kernel }) => kernel === pair?.kernel);
  if (!result || !pair || !matmul) return null;
  const bestMatmul = { kernel: pair.kernel, rate: rateOf(matmul.flops, pair.time.median) };
  const stepRate = rateOf(result.usefulFlops, pair.step.median);
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

/** What became of each form, in words, of all kernels together of which the same is to be said. */
export function triedWords(tried: readonly Tried[]): [kernels: string, forms: string][] {
  const said = ({ form, milliseconds, fault }: Tried) =>
    fault !== null
      ? `${form} dropped: ${fault}`
      : milliseconds === null
        ? `${form} right, not timed`
        : `${form} ${milliseconds.toPrecision(3)} ms`;
  const kernels = [...new Set(tried.map(({ kernel }) => kernel))];
  const own = (name: Tried['kernel']) => tried.filter(({ kernel }) => kernel === name).map(said);
  return together(kernels.map((name) => [name, own(name).join(', ')]));
}

/** `every product subgroups/8 16x4; attention subgroups/8`: what was chosen for each kernel. */
export function chosenWords({ chosen }: Pick<StepBench, 'chosen'>): string {
  const forms = productNames.map((name): [ProductName, string] => [name, chosen.products[name]]);
  return together([...forms, ['attention', chosen.attention]])
    .map((group) => group.join(' '))
    .join('; ');
}

/** Names of kernels with the same words, in the order in which these first come. */
function together(pairs: readonly (readonly [kernel: Tried['kernel'], words: string])[]): [string, string][] {
  return [...new Set(pairs.map(([, words]) => words))].map((words) => {
    const names = pairs.filter((pair) => pair[1] === words).map(([kernel]) => kernel);
    const every = productNames.every((name) => names.includes(name));
    const rest = every ? names.filter((name) => name === 'attention') : names;
    return [[...(every ? ['every product'] : []), ...rest].join(', '), words];
  });
}
