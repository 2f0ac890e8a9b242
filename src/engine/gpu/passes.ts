// The model as ordered lists of dispatches: reading this file top to bottom is reading the decoder.

import type { ParameterLayout } from '../model';
import type { AdamW } from '../optimizer';
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
import { combineGradients, weightGradient } from './kernels/weight_gradient';
import { type Sizes, withBatch } from './sizes';

/** Folded weights from the parameters; once whenever the weights have changed. */
function foldPass(sizes: Sizes, layout: ParameterLayout): Dispatch[] {
  return [fold(sizes, layout)];
}

/** From tokens to logits. */
function forwardPass(sizes: Sizes, layout: ParameterLayout): Dispatch[] {
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
  const pass = [
    weightGradient(sizes, 'head.gradient', 0),
    headBackward(sizes, layout),
    layernormBackward(sizes, 'final'),
  ];
  for (let l = sizes.L - 1; l >= 0; l--) {
    pass.push(
      weightGradient(sizes, 'out_proj.gradient', l),
      ...outProjBackward(sizes, layout, l),
      ...attentionBackward(sizes, l),
      weightGradient(sizes, 'in_proj.gradient', l),
      inProjBackward(sizes, layout, l),
      layernormBackward(sizes, l),
    );
  }
  return [...pass, embeddingBackward(sizes), combineGradients(sizes, layout), ...unfold(sizes, layout)];
}

/** From logits to new weights; after `forwardPass`. */
function learnPass(sizes: Sizes, layout: ParameterLayout, optimizer: AdamW): Dispatch[] {
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

/** From tokens to row losses, of n sequences; after `foldPass`. Its kernels are those of any other n, but for N. */
export function evaluationPass(sizes: Sizes, layout: ParameterLayout, n: number): Dispatch[] {
  const own = withBatch(sizes, n);
  return [...forwardPass(own, layout), ...lossPass(own)];
}

/** What a lockstep captures: each dispatch once, whatever it is played for. Evaluation takes E B sequences at once. */
export function allPasses(sizes: Sizes, E: number, layout: ParameterLayout, optimizer: AdamW) {
  return {
    fold: foldPass(sizes, layout),
    forward: forwardPass(sizes, layout),
    learn: learnPass(sizes, layout, optimizer),
    evaluation: evaluationPass(sizes, layout, E * sizes.B),
  };
}

/** One whole training step. */
export function trainPass(sizes: Sizes, layout: ParameterLayout, optimizer: AdamW): Dispatch[] {
  return [...foldPass(sizes, layout), ...forwardPass(sizes, layout), ...learnPass(sizes, layout, optimizer)];
}
