// fold.wgsl against its twins: W' and b' of y = W (gain xhat + shift) + b, and the gradients of W, gain and shift that
// the reference finds from dY and xhat themselves, without the folding.

import { describe, test } from 'vitest';
import { fold, unfold } from '../../src/engine/gpu/kernels/fold';
import type { Sizes } from '../../src/engine/gpu/sizes';
import { tensorOffset } from '../../src/engine/model';
import { layernormBackward } from '../../src/engine/reference/layernorm';
import {
  linearBackwardBias,
  linearBackwardInput,
  linearBackwardWeight,
  linearForward,
} from '../../src/engine/reference/linear';
import { EPS, noise, ofRun, play, shapes } from './play';
import { abs, budget, Expected } from './tolerance';

/** Rows of a matrix that read one LayerNorm, as offsets within a run. */
interface Part {
  readonly rows: number;
  readonly weight: number;
  /** b' and db; also b, where the matrix has one. */
  readonly bias: number;
  readonly hasBias: boolean;
  readonly gain: number;
  readonly shift: number;
}

/** Those of every block, then the head's. */
function parts(sizes: Sizes): Part[] {
  const { C, L, V, P } = sizes;
  const at = (name: string, layer: number | null) => tensorOffset(sizes.layout, name, layer);
  const [gain, shift] = [at('final_ln.weight', null), at('final_ln.bias', null)];
  const head = { rows: V, weight: at('embed_out', null), bias: P, hasBias: false, gain, shift };
  const blocks = Array.from({ length: L }, (_, l) => {
    const [weight, bias] = [at('in_proj.weight', l), at('in_proj.bias', l)];
    const norm = (name: string) => ({ hasBias: true, gain: at(`${name}.weight`, l), shift: at(`${name}.bias`, l) });
    return [
      { rows: 3 * C, weight, bias, ...norm('ln1') },
      { rows: 4 * C, weight: weight + 3 * C * C, bias: bias + 3 * C, ...norm('ln2') },
    ];
  });
  return [...blocks.flat(), head];
}

describe.each(shapes)('fold, $name', ({ name, sizes }) => {
  const { R, C, P, F } = sizes;
  const parameters = noise(R * P, 1);
  const runs = Array.from({ length: R }, (_, r) => r);
  const places = runs.flatMap((r) => parts(sizes).map((part) => ({ r, part })));
  const tensorsOf = (r: number, { rows, weight, bias, gain, shift }: Part) => ({
    W: ofRun(parameters, P, r, weight, rows * C),
    b: ofRun(parameters, P, r, bias, rows),
    gain: ofRun(parameters, P, r, gain, C),
    shift: ofRun(parameters, P, r, shift, C),
  });

  test('fold', async () => {
    const { folded } = await play(sizes, [fold(sizes)], { parameters }, ['folded']);
    const expected = new Expected();
    for (const { r, part } of places) {
      const { W, b, gain, shift } = tensorsOf(r, part);
      const scaled = Float64Array.from(W, (w, i) => w * gain[i % C]!);
      const moved = linearForward(shift, W, part.hasBias ? b : null, 1, C, part.rows);
      const size = linearForward(abs(shift), abs(W), part.hasBias ? abs(b) : null, 1, C, part.rows);
      // One rounding for each W'; for b' those of a product over C and of + b.
      expected.put(r * F + part.weight, scaled, budget(EPS, abs(scaled)));
      expected.put(r * F + part.bias, moved, budget((C + 1) * EPS, size));
    }
    expected.check(`fold ${name}`, folded);
  });

  /** A gradient buffer whose G and db come from `rows` rows of dY and xhat, and those rows. */
  function gradients(rows: number) {
    const gradient = noise(R * F, 2);
    const sources = places.map(({ r, part }, i) => {
      const dY = noise(rows * part.rows, 10 + i);
      const xhat = noise(rows * C, 100 + i);
      gradient.set(linearBackwardWeight(dY, xhat, rows, C, part.rows), r * F + part.weight);
      gradient.set(linearBackwardBias(dY, rows, part.rows), r * F + part.bias);
      return { dY, xhat };
    });
    return { gradient, sources };
  }

  const [affine, inPlace] = unfold(sizes);
  const rows = 5;

  test('unfold_affine', async () => {
    const { gradient: before, sources } = gradients(rows);
    const { gradient } = await play(sizes, [affine!], { parameters, gradient: before }, ['gradient']);
    const expected = new Expected();
    for (const [i, { r, part }] of places.entries()) {
      const { dY, xhat } = sources[i]!;
      const { W, gain } = tensorsOf(r, part);
      const M = part.rows;
      const dz = linearBackwardInput(dY, W, rows, C, M);
      const [mean, rstd] = [new Float64Array(rows), new Float64Array(rows).fill(1)];
      const { dWeight, dBias } = layernormBackward(dz, xhat, gain, mean, rstd, rows, C);
      // Sums over M of W G and of W db; G and db were rounded once when they were stored.
      const G = ofRun(before, F, r, part.weight, M * C);
      const gainSize = Float64Array.from({ length: C }, (_, k) => {
        let sum = 0;
        for (let m = 0; m < M; m++) sum += Math.abs(W[m * C + k]! * G[m * C + k]!);
        return sum;
      });
      const shiftSize = linearBackwardInput(abs(ofRun(before, F, r, part.bias, M)), abs(W), 1, C, M);
      expected.put(r * F + part.gain, dWeight, budget((M + 1) * EPS, gainSize));
      expected.put(r * F + part.shift, dBias, budget((M + 1) * EPS, shiftSize));
    }
    expected.check(`unfold_affine ${name}`, gradient, before);
  });

  test('unfold_matrix', async () => {
    const { gradient: before, sources } = gradients(rows);
    const { gradient } = await play(sizes, [inPlace!], { parameters, gradient: before }, ['gradient']);
    const expected = new Expected();
    for (const [i, { r, part }] of places.entries()) {
      const { dY, xhat } = sources[i]!;
      const { gain, shift } = tensorsOf(r, part);
      const z = Float64Array.from(xhat, (u, j) => gain[j % C]! * u + shift[j % C]!);
      // G gain + db shift: two products, a sum, and the rounding of G and db when they were stored.
      const size = Float64Array.from(
        ofRun(before, F, r, part.weight, part.rows * C),
        (g, j) => Math.abs(g * gain[j % C]!) + Math.abs(before[r * F + part.bias + Math.floor(j / C)]! * shift[j % C]!),
      );
      expected.put(r * F + part.weight, linearBackwardWeight(dY, z, rows, C, part.rows), budget(3 * EPS, size));
    }
    expected.check(`unfold_matrix ${name}`, gradient, before);
  });
});
