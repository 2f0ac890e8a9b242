// `bench --isa`: what a graphics card's compiler makes of every kernel, as tables for people or as JSON. No card is
// needed and nothing runs, so it says how good the machine code is, and no time.

import type { LockstepShape } from '../../engine/engine';
import { type ProductForm, uniformForms } from '../../engine/forms/forms';
import type { Dispatch } from '../../engine/gpu/dispatch';
import { lossPass, trainPass } from '../../engine/gpu/passes';
import { shaderSource } from '../../engine/gpu/shaders';
import { sizesOf } from '../../engine/gpu/sizes';
import { paperAdamW } from '../../engine/optimizer';
import { vocabulary } from '../../experiment/cost';
import { scales } from '../../experiment/scales';
import type { ScaleName } from '../../experiment/spec';
import { type Console, exitCode } from '../console';
import { aligned } from '../table';
import { type FamilyName, families } from './families';
import { bars, type FamilyReport, isaReport, type KernelReport, leastShare, shareText } from './report';

interface ScaleReport {
  readonly scale: ScaleName;
  readonly families: readonly FamilyReport[];
}

interface IsaCommand {
  readonly scales: readonly ScaleName[];
  readonly json: boolean;
}

export async function isa(
  { scales: chosen, json }: IsaCommand,
  names: readonly FamilyName[],
  { stdout, stderr, signal }: Console,
): Promise<number> {
  const results: ScaleReport[] = [];
  try {
    for (const scale of chosen) {
      const say = (family: FamilyName, pipelines: number) =>
        stderr.write(`${scale}: compiling ${pipelines} pipelines for ${family} (${families[family].generation}).\n`);
      const reports = await isaReport(everyDispatch(scale), shaderSource, names, signal, say);
      results.push({ scale, families: reports });
      if (!json) stdout.write(reports.map((report) => `${described(scale, report)}\n\n`).join(''));
    }
  } catch (error) {
    if (signal.aborted) return exitCode.stopped;
    throw error;
  }
  if (json) stdout.write(`${JSON.stringify({ v: 1, leastShare, results }, null, 2)}\n`);
  else stdout.write(`${summary(results)}\n`);
  return exitCode.done;
}

/** Forms of a product that graphics cards are offered (the others are for software adapters). */
const forms = ['tiles 64x64', 'tiles 32x32'] as const satisfies ProductForm[];

/** A training step, its folding included, and an evaluation, in every form that a graphics card may be given. */
export function everyDispatch(scale: ScaleName): Dispatch[] {
  const { model, batch } = scales[scale];
  const shape: LockstepShape = { model: { ...model, vocabulary }, runs: 1, batch, optimizer: paperAdamW };
  return forms.flatMap((form) => {
    const sizes = sizesOf({ ...shape, kernels: uniformForms(form, 'registers split') });
    const all = [...trainPass(sizes, shape.optimizer), ...lossPass(sizes)];
    return all.map((dispatch) =>
      dispatch.form?.startsWith('tiles') ? { ...dispatch, label: `${dispatch.label} ${form}` } : dispatch,
    );
  });
}

const heading = [
  'kernel',
  'VGPRs',
  'spills V+S',
  'LDS',
  'subgroups',
  'VALU',
  'mul-adds',
  'in shader',
  'in loop',
  'judged by',
  '',
];

function described(scale: ScaleName, { family, generation, kernels }: FamilyReport): string {
  const rows = kernels.map((kernel) => [
    kernel.kernel,
    String(kernel.vgprs),
    `${kernel.spilledVgprs}+${kernel.spilledSgprs}`,
    String(kernel.ldsBytes),
    String(kernel.subgroupsPerSimd),
    String(kernel.valu),
    String(kernel.shader.multiplyAdds),
    shareText(kernel.shader),
    shareText(kernel.loop),
    judgedBy(kernel),
    kernel.misses.length > 0 ? '*' : '',
  ]);
  const title = `${scale} on ${family} (${generation}); at least ${families[family].leastSubgroups} subgroups wanted`;
  return `${title}\n${aligned([heading, ...rows])}`;
}

const judgedBy = ({ product, loop }: KernelReport) =>
  [product !== 'no' && loop ? 'loop' : '', product === 'plain' ? 'shader' : ''].filter(Boolean).join(', ');

/** The last lines: which bars are missed how often, and by what. */
function summary(results: readonly ScaleReport[]): string {
  const all = results.flatMap(({ scale, families: reports }) =>
    reports.flatMap(({ family, kernels }) =>
      kernels.map((of) => ({ place: `${scale} ${family} ${of.kernel}`, ...of })),
    ),
  );
  const short = all.filter(({ misses }) => misses.length > 0);
  if (short.length === 0) return `${legend}\nAll ${all.length} compiled kernels meet the bars.`;
  const lines = short.map(({ place, misses }) => `  ${place}: ${misses.map(({ text }) => text).join('; ')}`);
  const counts = bars.map((bar) => `${bar} ${short.filter(({ misses }) => misses.some((m) => m.bar === bar)).length}`);
  const verdict = `${short.length} of ${all.length} compiled kernels (*) fall short: ${counts.join(', ')}.`;
  return [legend, ...lines, verdict].join('\n');
}

const legend = `subgroups: held at once by a SIMD. mul-adds: of the whole kernel. in shader, in loop: their share among the vector
operations of the whole kernel, and of the loop that does most of them. Wanted: nothing spilled, the subgroups that
stand over each table, and ${100 * leastShare} % multiply-adds of what a matrix product is judged by: its loop (unless a short one was
unrolled whole), and the shader too where a 64x64 tile is only stored. An instruction counts once, however often it
runs, so in other shaders what stands before and after the loop outweighs one turn of it.`;
