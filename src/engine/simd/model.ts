// The decoder as a list of kernels on one memory: reading this file top to bottom is reading the model, forward and back.
// Gain and shift of a LayerNorm are part of the matrix behind it, as in gpu/passes.ts. Breaths are taken between layers.

import type { LockstepShape } from '../engine';
import { rotaryDimensions } from '../model';
import type { Breathe } from '../sequential';
import { frequency, turn } from './exact';
import type { AttentionArguments, Kernels } from './kernels';
import { type Places, tensorAt } from './places';

export class Model {
  private readonly k: Kernels;
  private readonly p: Places;

  constructor(kernels: Kernels, places: Places, shape: LockstepShape) {
    this.k = kernels;
    this.p = places;
    const { T, D, V, C } = places.sizes;
    const floats = new Float32Array(kernels.memory.buffer);
    floats.fill(1, places.ones / 4, places.ones / 4 + Math.max(7 * C, V));
    const rotated = rotaryDimensions(shape.model);
    for (let t = 0; t < T; t++) {
      for (let d = 0; d < D; d += 2) {
        const { cos, sin } = turn(d < rotated ? t * frequency(d / rotated) : 0);
        floats.set([cos, cos], places.cosines / 4 + t * D + d);
        floats.set([-sin, sin], places.sines / 4 + t * D + d);
      }
    }
  }

  /** Panels of a run's weights; those of the pass back too, where one follows. */
  pack(run: number, training: boolean): void {
    const { k, p } = this;
    const { C, L, V } = p.sizes;
    const w = (name: string, layer: number | null) => tensorAt(p.layout, p.runs[run]!.parameters, name, layer);
    for (let l = 0; l < L; l++) {
      const panels = p.panels[l]!;
      const [weight, out, bias] = [w('in_proj.weight', l), w('out_proj.weight', l), w('in_proj.bias', l)];
      const [gain1, gain2] = [w('ln1.weight', l), w('ln2.weight', l)];
      const upper = weight + 12 * C * C;
      k.packRows(weight, 4 * C, 3 * C, C, gain1, panels.qkv);
      k.packRows(upper, 4 * C, 4 * C, C, gain2, panels.up);
      k.packRows(out, 20 * C, C, 5 * C, p.ones, panels.out);
      k.foldBias(weight, 3 * C, C, w('ln1.bias', l), bias, panels.bias);
      k.foldBias(upper, 4 * C, C, w('ln2.bias', l), bias + 12 * C, panels.bias + 12 * C);
      if (!training) continue;
      k.packColumns(out, 20 * C, C, C, p.ones, panels.attentionBack, 32 * C);
      k.packColumns(out + 4 * C, 20 * C, C, 4 * C, p.ones, panels.downBack, 32 * C);
      k.packColumns(weight, 4 * C, 3 * C, C, gain1, panels.inBack, 224 * C);
      k.packColumns(upper, 4 * C, 4 * C, C, gain2, panels.inBack + 96 * C, 224 * C);
    }
    const head = w('embed_out', null);
    const gain = w('final_ln.weight', null);
    k.packRows(head, 4 * C, V, C, gain, p.headPanels);
    k.foldBias(head, V, C, w('final_ln.bias', null), p.zeros, p.headBias);
    if (training) k.packColumns(head, 4 * C, V, C, gain, p.headBack, 32 * V);
  }

  /** From the tokens of n sequences to their logits; after `pack`. */
  async forward(run: number, n: number, breathe: Breathe): Promise<void> {
    const { k, p } = this;
    const { T, C, L, V } = p.sizes;
    const N = n * T;
    const w = (name: string, layer: number | null) => tensorAt(p.layout, p.runs[run]!.parameters, name, layer);
    k.embeddingForward(p.tokens, w('embed_in', null), p.x, N, C);
    // Rows that nobody has would else grow from step to step.
    k.clear(p.x + 4 * N * C, 4 * C * ((4 - (N % 4)) % 4));
    for (let l = 0; l < L; l++) {
      const { qkv, up, out, bias } = p.panels[l]!;
      const rows = p.layers[l]!;
      k.layernormForward(p.x, rows.xhat, rows.rstd, N, C);
      k.product(rows.xhat, 4 * C, qkv, rows.qkv, 12 * C, bias, 0, N, C, 3 * C);
      k.product(rows.xhat, 4 * C, up, rows.mix + 4 * C, 20 * C, bias + 12 * C, 0, N, C, 4 * C);
      k.geluForward(rows.mix + 4 * C, 20 * C, rows.slope, 16 * C, N, 4 * C);
      k.attentionForward(...this.attention(l, n));
      k.addBiases(p.x, w('attention.bias', l), w('mlp.bias', l), N, C);
      k.product(rows.mix, 20 * C, out, p.x, 4 * C, p.x, 4 * C, N, 5 * C, C);
      await breathe();
    }
    k.layernormForward(p.x, p.final.xhat, p.final.rstd, N, C);
    k.product(p.final.xhat, 4 * C, p.headPanels, p.logits, 4 * V, p.headBias, 0, N, C, V);
  }

  /** From the logits of a whole batch to the gradient of every parameter; returns the mean loss. */
  async backward(run: number, breathe: Breathe): Promise<number> {
    const { k, p } = this;
    const { B, T, C, L, P } = p.sizes;
    const N = B * T;
    k.clear(p.gradient, 4 * P);
    const loss = this.headBackward(run, N);
    for (let l = L - 1; l >= 0; l--) {
      await breathe();
      this.layerBackward(run, l);
    }
    k.embeddingBackward(p.tokens, p.dx, tensorAt(p.layout, p.gradient, 'embed_in', null), N, C);
    return loss;
  }

  private headBackward(run: number, N: number): number {
    const { k, p } = this;
    const { C, V } = p.sizes;
    const w = (name: string) => tensorAt(p.layout, p.runs[run]!.parameters, name, null);
    const g = (name: string) => tensorAt(p.layout, p.gradient, name, null);
    const { xhat, rstd } = p.final;
    const loss = k.crossEntropy(p.logits, p.targets, N, V, N) / N;
    k.weightGradient(p.logits, 4 * V, xhat, 4 * C, g('embed_out'), 4 * C, N, V, C);
    k.columnSums(p.logits, 4 * V, N, V, p.headSums);
    const [gain, shift] = [w('final_ln.weight'), w('final_ln.bias')];
    const [dgain, dshift] = [g('final_ln.weight'), g('final_ln.bias')];
    k.unfold(g('embed_out'), w('embed_out'), V, C, p.headSums, gain, shift, dgain, dshift);
    k.product(p.logits, 4 * V, p.headBack, p.dxhat, 4 * C, p.zeros, 0, N, V, C);
    k.clear(p.dx, 4 * N * C);
    k.layernormBackward(p.dxhat, xhat, rstd, p.dx, N, C);
    return loss;
  }

  /** `dx`, the derivative by the layer's output, becomes that by its input. */
  private layerBackward(run: number, l: number): void {
    const { k, p } = this;
    const { B, T, C } = p.sizes;
    const N = B * T;
    const w = (name: string) => tensorAt(p.layout, p.runs[run]!.parameters, name, l);
    const g = (name: string) => tensorAt(p.layout, p.gradient, name, l);
    const { attentionBack, downBack, inBack } = p.panels[l]!;
    const { xhat, rstd, mix, slope } = p.layers[l]!;
    k.weightGradient(p.dx, 4 * C, mix, 20 * C, g('out_proj.weight'), 20 * C, N, C, 5 * C);
    k.columnSums(p.dx, 4 * C, N, C, g('attention.bias'));
    k.columnSums(p.dx, 4 * C, N, C, g('mlp.bias'));
    k.product(p.dx, 4 * C, attentionBack, p.da, 4 * C, p.zeros, 0, N, C, C);
    k.product(p.dx, 4 * C, downBack, p.dy + 12 * C, 28 * C, p.zeros, 0, N, C, 4 * C);
    k.geluBackward(p.dy + 12 * C, 28 * C, slope, 16 * C, N, 4 * C);
    k.attentionBackward(...this.attention(l, B), p.da, p.dy, 28 * C);
    const [dw, db, weight] = [g('in_proj.weight'), g('in_proj.bias'), w('in_proj.weight')];
    k.weightGradient(p.dy, 28 * C, xhat, 4 * C, dw, 4 * C, N, 7 * C, C);
    k.columnSums(p.dy, 28 * C, N, 7 * C, db);
    k.product(p.dy, 28 * C, inBack, p.dxhat, 4 * C, p.zeros, 0, N, 7 * C, C);
    k.layernormBackward(p.dxhat, xhat, rstd, p.dx, N, C);
    const lower = 12 * C * C;
    k.unfold(dw, weight, 3 * C, C, db, w('ln1.weight'), w('ln1.bias'), g('ln1.weight'), g('ln1.bias'));
    const [gain, shift, dgain, dshift] = [w('ln2.weight'), w('ln2.bias'), g('ln2.weight'), g('ln2.bias')];
    k.unfold(dw + lower, weight + lower, 4 * C, C, db + 12 * C, gain, shift, dgain, dshift);
  }

  private attention(l: number, n: number): AttentionArguments {
    const { p } = this;
    const { T, C, H, D } = p.sizes;
    const { qkv, mix, stats } = p.layers[l]!;
    return [qkv, n, T, H, D, p.cosines, p.sines, mix, 20 * C, stats, p.scratch];
  }
}
