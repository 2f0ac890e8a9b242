// From dispatches to what AMD's compiler makes of each different pipeline among them, and which of them fall short of
// what a GPU needs to be kept busy.

import type { Dispatch } from '../../engine/gpu/dispatch';
import type { PipelineText } from './child';
import { compileFor } from './compile';
import { type FamilyName, families } from './families';
import type { CompiledKernel, VectorWork } from './parse';

/** Least share of multiply-adds among a matrix product's vector operations, where it counts (`Product`). */
export const leastShare = 0.85;

/**
 * What is expected of a kernel. Of every matrix product, that its loop is multiply-adds. Of a `plain` one, that the whole
 * shader is too: a 64x64 tile that is only stored. Others are judged by the loop alone, since a count of instructions
 * takes each once, however often it runs: beside one turn of the loop stands all the arithmetic that `fused` kernels do to
 * results (rotation, GELU, residual), and the turn of a smaller tile is half as long as the same addresses before it.
 */
export type Product = 'no' | 'fused' | 'plain';

export interface KernelReport extends CompiledKernel {
  /** Label of the first dispatch that plays it, without the layer: `in_proj.forward`. */
  readonly kernel: string;
  readonly overrides: Readonly<Record<string, number>>;
  /** Dispatches that play it. */
  readonly dispatches: number;
  readonly product: Product;
  /** Empty when it meets every bar. */
  readonly misses: readonly Miss[];
}

export const bars = ['spills', 'subgroups', 'multiply-adds in the loop', 'multiply-adds in the shader'] as const;

export interface Miss {
  readonly bar: (typeof bars)[number];
  /** What is wrong, with the figures. */
  readonly text: string;
}

export interface FamilyReport {
  readonly family: FamilyName;
  readonly generation: string;
  readonly kernels: readonly KernelReport[];
}

export interface Pipeline extends PipelineText {
  readonly dispatches: number;
  readonly product: Product;
}

/**
 * Compiles every different pipeline of `dispatches` for each family.
 * @param source complete WGSL text of a dispatch
 * @param progress hears each family before its turn
 */
export async function isaReport(
  dispatches: readonly Dispatch[],
  source: (dispatch: Dispatch) => string,
  names: readonly FamilyName[],
  signal: AbortSignal,
  progress: (family: FamilyName, pipelines: number) => void = () => {},
): Promise<FamilyReport[]> {
  const pipelines = differentPipelines(dispatches, source);
  const reports: FamilyReport[] = [];
  for (const family of names) {
    progress(family, pipelines.length);
    const compiled = await compileFor(family, pipelines, signal);
    const kernels = compiled.map((result, i): KernelReport => {
      const { label, constants, dispatches = 0, product = 'no' } = pipelines[i] ?? { label: '', constants: {} };
      const misses = missesOf(family, result, product);
      return { kernel: label, overrides: constants, dispatches, product, misses, ...result };
    });
    reports.push({ family, generation: families[family].generation, kernels });
  }
  return reports;
}

/** Pipelines are told apart as the engine does, by text, entry point and constants; no two get the same label. */
export function differentPipelines(
  dispatches: readonly Dispatch[],
  source: (dispatch: Dispatch) => string,
): Pipeline[] {
  const pipelines = new Map<string, Pipeline>();
  for (const dispatch of dispatches) {
    const code = source(dispatch);
    const key = `${code}\n${dispatch.entry} ${JSON.stringify(dispatch.overrides)}`;
    const known = pipelines.get(key);
    const plain = dispatch.label.replace(/^\d+\./, '');
    const namesakes = [...pipelines.values()].filter(({ label }) => label.split(' ')[0] === plain).length;
    pipelines.set(key, {
      label: known?.label ?? (namesakes === 0 ? plain : `${plain} (${namesakes + 1})`),
      code,
      entry: dispatch.entry,
      constants: dispatch.overrides,
      dispatches: (known?.dispatches ?? 0) + 1,
      product: productOf(dispatch),
    });
  }
  return [...pipelines.values()];
}

const productShaders: ReadonlySet<string> = new Set(['in_proj', 'out_proj', 'head', 'weight_gradient']);

/** The sum of a weight gradient's slices is of the same shader and no product: it moves more bytes than it computes. */
function productOf(dispatch: Dispatch): Product {
  const { shader, flops, bytes, form } = dispatch;
  if (!productShaders.has(shader) || flops <= bytes) return 'no';
  return form === 'tiles_64' && !changesResults(dispatch) ? 'plain' : 'fused';
}

/** Whether the kernel does more to a result than store it. */
function changesResults({ shader, entry, overrides }: Dispatch): boolean {
  if (shader === 'in_proj') return entry === 'forward';
  return shader === 'out_proj' && (entry === 'forward' || overrides['FIRST'] !== 0);
}

const share = ({ multiplyAdds, operations }: VectorWork) => multiplyAdds / operations;
const percent = (value: number) => `${Math.floor(100 * value)} %`;

export function missesOf(family: FamilyName, kernel: CompiledKernel, product: Product): Miss[] {
  const { spilledVgprs, spilledSgprs, subgroupsPerSimd, vgprs, ldsBytes, shader, loop } = kernel;
  const { leastSubgroups } = families[family];
  const misses: Miss[] = [];
  if (spilledVgprs + spilledSgprs > 0) {
    misses.push({ bar: 'spills', text: `${spilledVgprs} VGPRs and ${spilledSgprs} SGPRs spilled` });
  }
  if (subgroupsPerSimd < leastSubgroups) {
    const why = `${vgprs} VGPRs, ${ldsBytes} bytes of LDS`;
    misses.push({ bar: 'subgroups', text: `${subgroupsPerSimd} of ${leastSubgroups} subgroups (${why})` });
  }
  if (product === 'no') return misses;
  // Where few turns were all unrolled there is no loop to judge.
  if (loop && share(loop) < leastShare) misses.push({ bar: bars[2], text: `loop ${lowShare(loop)}` });
  if (product === 'plain' && share(shader) < leastShare)
    misses.push({ bar: bars[3], text: `shader ${lowShare(shader)}` });
  return misses;
}

function lowShare(work: VectorWork): string {
  const most = Object.entries(work.others).slice(0, 3);
  const others = most.map(([operation, count]) => `${count} ${operation}`).join(', ');
  return `${percent(share(work))} (${work.multiplyAdds} multiply-adds beside ${others})`;
}

/** `74 %`, or a dash where there is nothing to share. */
export const shareText = (work: VectorWork | null) => (work && work.operations > 0 ? percent(share(work)) : '-');
