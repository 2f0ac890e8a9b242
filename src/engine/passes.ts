// The model as ordered lists of dispatches: reading this file top to bottom is reading the decoder.

import type { Dispatch } from './dispatch';
import { adamw } from './kernels/adamw';
import { attentionBackward, attentionForward } from './kernels/attention';
import { crossEntropy } from './kernels/cross_entropy';
import { embeddingBackward, embeddingForward } from './kernels/embedding';
import { fold, unfold } from './kernels/fold';
import { headBackward, headForward } from './kernels/head';
import { inProjBackward, inProjForward } from './kernels/in_proj';
import { layernormBackward, layernormForward } from './kernels/layernorm';
import { norm } from './kernels/norm';
import { outProjBackward, outProjForward } from './kernels/out_proj';
import { weightGradient } from './kernels/weight_gradient';
import { type ParameterLayout, tensorOffset } from './model';
import type { AdamW } from './optimizer';
import type { Sizes } from './sizes';

/** Folded weights from the parameters; once whenever the weights have changed. */
export function foldPass(sizes: Sizes, layout: ParameterLayout): Dispatch[] {
  return [fold(sizes, layout, 'in_proj'), fold(sizes, layout, 'head')];
}

/** From tokens to logits. */
export function forwardPass(sizes: Sizes, layout: ParameterLayout): Dispatch[] {
  const pass = [embeddingForward(sizes)];
  for (let l = 0; l < sizes.L; l++) {
    pass.push(
      layernormForward(sizes, l),
      ...inProjForward(sizes, layout, l),
      attentionForward(sizes, l),
      outProjForward(sizes, layout, l),
    );
  }
  return [...pass, layernormForward(sizes, 'final'), headForward(sizes, layout)];
}

/** From the gradient of the logits to the gradient of every parameter. */
function backwardPass(sizes: Sizes, layout: ParameterLayout): Dispatch[] {
  const { C, V, L, P } = sizes;
  const at = (name: string, layer: number | null) => tensorOffset(layout, name, layer);
  const headGradient = { label: 'head', product: 'head.gradient' as const, dy: 'logits', x: 'xhat.final', M: V, K: C };
  const pass = [
    ...weightGradient(sizes, { ...headGradient, weight: at('embed_out', null), bias: P, biasToo: P }),
    headBackward(sizes, layout),
    layernormBackward(sizes, 'final'),
  ];
  for (let l = L - 1; l >= 0; l--) {
    const out = {
      label: `${l}.out_proj`,
      product: 'out_proj.gradient' as const,
      ...{ dy: 'dx', x: `mix.${l}`, M: C, K: 5 * C },
      weight: at('out_proj.weight', l),
    };
    const into = {
      label: `${l}.in_proj`,
      product: 'in_proj.gradient' as const,
      ...{ dy: 'dy', x: `xhat.${l}`, M: 7 * C, K: C },
      weight: at('in_proj.weight', l),
    };
    const inBias = at('in_proj.bias', l);
    pass.push(
      ...weightGradient(sizes, { ...out, bias: at('attention.bias', l), biasToo: at('mlp.bias', l) }),
      ...outProjBackward(sizes, layout, l),
      ...attentionBackward(sizes, l),
      ...weightGradient(sizes, { ...into, bias: inBias, biasToo: inBias }),
      inProjBackward(sizes, layout, l),
      layernormBackward(sizes, l),
    );
  }
  return [...pass, embeddingBackward(sizes), ...unfold(sizes, layout, 'in_proj'), ...unfold(sizes, layout, 'head')];
}

/** From logits to new weights; after `forwardPass`. */
export function learnPass(sizes: Sizes, layout: ParameterLayout, optimizer: AdamW): Dispatch[] {
  return [
    crossEntropy(sizes, 'gradient'),
    ...backwardPass(sizes, layout),
    ...norm(sizes, optimizer.clip),
    adamw(sizes, optimizer),
  ];
}

/** From logits to row losses; after `forwardPass`. */
export function lossPass(sizes: Sizes): Dispatch[] {
  return [crossEntropy(sizes, 'losses')];
}

/** One whole training step. */
export function trainPass(sizes: Sizes, layout: ParameterLayout, optimizer: AdamW): Dispatch[] {
  return [...foldPass(sizes, layout), ...forwardPass(sizes, layout), ...learnPass(sizes, layout, optimizer)];
}
