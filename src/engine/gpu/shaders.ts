// The WGSL files as written, each with the shared text it includes in front.

import adamw from '../../../shaders/adamw.wgsl?raw';
import attention from '../../../shaders/attention.wgsl?raw';
import crossEntropy from '../../../shaders/cross_entropy.wgsl?raw';
import embedding from '../../../shaders/embedding.wgsl?raw';
import fold from '../../../shaders/fold.wgsl?raw';
import head from '../../../shaders/head.wgsl?raw';
import inProj from '../../../shaders/in_proj.wgsl?raw';
import layernorm from '../../../shaders/layernorm.wgsl?raw';
import norm from '../../../shaders/norm.wgsl?raw';
import outProj from '../../../shaders/out_proj.wgsl?raw';
import attentionQuads from '../../../shaders/prelude/attention_quads.wgsl?raw';
import attentionRegisters from '../../../shaders/prelude/attention_registers.wgsl?raw';
import attentionSubgroups from '../../../shaders/prelude/attention_subgroups.wgsl?raw';
import block from '../../../shaders/prelude/block.wgsl?raw';
import gelu from '../../../shaders/prelude/gelu.wgsl?raw';
import headVector from '../../../shaders/prelude/head_vector.wgsl?raw';
import operands from '../../../shaders/prelude/operands.wgsl?raw';
import registers from '../../../shaders/prelude/registers.wgsl?raw';
import registersPass from '../../../shaders/prelude/registers_pass.wgsl?raw';
import slope from '../../../shaders/prelude/slope.wgsl?raw';
import subgroups from '../../../shaders/prelude/subgroups.wgsl?raw';
import subgroupsPass from '../../../shaders/prelude/subgroups_pass.wgsl?raw';
import tile32 from '../../../shaders/prelude/tile_32.wgsl?raw';
import tile64 from '../../../shaders/prelude/tile_64.wgsl?raw';
import tiles from '../../../shaders/prelude/tiles.wgsl?raw';
import tilesPass from '../../../shaders/prelude/tiles_pass.wgsl?raw';
import weightGradient from '../../../shaders/weight_gradient.wgsl?raw';
import type { FormText } from '../forms/forms';
import type { Dispatch, ShaderName } from './dispatch';

/** Shared text for one pass of a kernel. WGSL has no generics: it is included once a pass, under the pass's name. */
const forPass = (text: string, pass: string) =>
  text.replaceAll('pass_', `${pass}_`).replaceAll('PASS_', `${pass.toUpperCase()}_`);

/** Text before, and for each pass of, a matrix product. */
const families: Readonly<Record<FormText, readonly [string, string]>> = {
  registers: [registers, registersPass],
  subgroups: [subgroups, subgroupsPass],
  tiles_32: [tile32 + tiles, tilesPass],
  tiles_64: [tile64 + tiles, tilesPass],
};

type Texts = Readonly<Partial<Record<FormText, string>>>;

/** A kernel of matrix products in every way to spread it; `rest` is its own text and what that includes. */
function inEveryFamily(passes: readonly string[], ...rest: readonly string[]): Texts {
  const texts = Object.entries(families).map(([name, [shared, each]]) => {
    const loops = passes.flatMap((pass) => [forPass(operands, pass), forPass(each, pass)]);
    return [name, [shared, block, ...loops, ...rest].join('\n')];
  });
  return Object.fromEntries(texts);
}

const sources: Readonly<Record<ShaderName, string | Texts>> = {
  adamw,
  attention: {
    registers: [attentionRegisters, headVector, attention].join('\n'),
    subgroups: [attentionSubgroups, attentionQuads, headVector, attention].join('\n'),
  },
  cross_entropy: crossEntropy,
  embedding,
  fold,
  head: inEveryFamily(['forward', 'backward'], head),
  in_proj: inEveryFamily(['forward', 'backward'], gelu, slope, inProj),
  layernorm,
  norm,
  out_proj: inEveryFamily(['forward', 'backward'], slope, outProj),
  weight_gradient: inEveryFamily(['partial'], weightGradient),
};

/** The complete WGSL text that a dispatch runs, as written in shaders/. */
export function shaderSource({ shader, form }: Pick<Dispatch, 'shader' | 'form'>): string {
  const source = sources[shader];
  const found = typeof source === 'string' ? source : form && source[form];
  if (found === undefined) throw new RangeError(`${shader}.wgsl has no form ${form}.`);
  return found;
}

/** Every text there is. */
export const shaderTexts: readonly Pick<Dispatch, 'shader' | 'form'>[] = Object.entries(sources).flatMap(
  ([name, source]) => {
    const shader = name as ShaderName;
    return typeof source === 'string'
      ? [{ shader }]
      : Object.keys(source).map((form) => ({ shader, form: form as FormText }));
  },
);
