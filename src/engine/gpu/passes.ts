// The model as ordered lists of dispatches: reading this file top to bottom is reading the decoder.

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
function foldPass(sizes: Sizes): Dispatch[] {
  return [fold(sizes)];
}

/** From tokens to logits. */
function forwardPass(sizes: Sizes): Dispatch[] {
  const pass = [embeddingForward(sizes)];
  for (let l = 0; l < sizes.L; l++) {
    pass.push(
      layernormForward(sizes, l),
      ...inProjForward(sizes, l),
      attentionForward(sizes, l),
      outProjForward(sizes, l),
    );
  }
  return [...pass, layernormForward(sizes, 'final'), headForward(sizes)];
}

/** From the gradient of the logits to the gradient of every parameter. */
function backwardPass(sizes: Sizes): Dispatch[] {
  const pass = [weightGradient(sizes, 'head.gradient', 0), headBackward(sizes), layernormBackward(sizes, 'final')];
  for (let l = sizes.L - 1; l >= 0; l--) {
    pass.push(
      weightGradient(sizes, 'out_proj.gradient', l),
      ...outProjBackward(sizes, l),
      ...attentionBackward(sizes, l),
      weightGradient(sizes, 'in_proj.gradient', l),
      inProjBackward(sizes, l),
      layernormBackward(sizes, l),
    );
  }
  return [...pass, embeddingBackward(sizes), combineGradients(sizes), ...unfold(sizes)];
}

/** From logits to new weights; after `forwardPass`. */
function learnPass(sizes: Sizes, optimizer: AdamW): Dispatch[] {
  return [
    crossEntropy(sizes, 'gradient'),
    ...backwardPass(sizes),
    ...norm(sizes, optimizer.clip),
    adamw(sizes, optimizer),
  ];
}

/** From logits to row losses; after `forwardPass`. */
export function lossPass(sizes: Sizes): Dispatch[] {
  return [crossEntropy(sizes, 'losses')];
}

/** From tokens to row losses, of n sequences; after `foldPass`. Its kernels are those of any other n, but for N. */
export function evaluationPass(sizes: Sizes, n: number): Dispatch[] {
  const own = withBatch(sizes, n);
  return [...forwardPass(own), ...lossPass(own)];
}

/** What a lockstep captures: each dispatch once, whatever it is played for. Evaluation takes E B sequences at once. */
export function allPasses(sizes: Sizes, E: number, optimizer: AdamW) {
  return {
    fold: foldPass(sizes),
    forward: forwardPass(sizes),
    learn: learnPass(sizes, optimizer),
    evaluation: evaluationPass(sizes, E * sizes.B),
  };
}

/** One whole training step. */
export function trainPass(sizes: Sizes, optimizer: AdamW): Dispatch[] {
  return [...foldPass(sizes), ...forwardPass(sizes), ...learnPass(sizes, optimizer)];
}
