// Kernels whose threads stand in one line per run or matrix: when a line would be longer than a device allows there are
// several, which change no bit.

import { describe, expect, test } from 'vitest';
import { bufferWords } from '../../src/engine/gpu/buffers';
import { linesOf } from '../../src/engine/gpu/dispatch';
import { adamw } from '../../src/engine/gpu/kernels/adamw';
import { embeddingBackward, embeddingForward } from '../../src/engine/gpu/kernels/embedding';
import { unfold } from '../../src/engine/gpu/kernels/fold';
import { combineGradients } from '../../src/engine/gpu/kernels/weight_gradient';
import { allPasses } from '../../src/engine/gpu/passes';
import { sizesOf } from '../../src/engine/gpu/sizes';
import { paperAdamW } from '../../src/engine/optimizer';
import { batchOf, inLines, noise, play, shapes } from './play';
import { expectSame } from './tolerance';

const MOST = 65535;

test.each([
  [1, 1, 1],
  [64 * MOST, MOST, 1],
  [64 * MOST + 1, MOST, 2],
  [25_000_000, MOST, 6],
])('%i threads are %i workgroups in each of %i lines', (threads, x, lines) => {
  expect(linesOf(threads)).toEqual({ x, lines });
});

describe('the largest models that an experiment may ask for', () => {
  test.each([
    { layers: 1, width: 2816, heads: 44 },
    { layers: 32, width: 508, heads: 127 },
  ])('$layers x $width: every grid is one that every device allows', ({ layers, width, heads }) => {
    const model = { vocabulary: 256, context: 512, rotaryFraction: 0.25, layers, width, heads };
    const sizes = sizesOf({ model, runs: 1, batch: 512, optimizer: paperAdamW });
    expect(sizes.P).toBeGreaterThan(9e7);
    expect(sizes.P).toBeLessThanOrEqual(1e8);
    const dispatches = Object.values(allPasses(sizes, 1, paperAdamW)).flat();
    expect(dispatches.filter(({ grid }) => Math.max(...grid) > MOST).map(({ label }) => label)).toEqual([]);
    expect(dispatches.some(({ shader, grid }) => shader === 'adamw' && grid[1] > 1)).toBe(true);
  });
});

describe.each(shapes.filter(({ name }) => name === 'XS' || name === 'tall'))('in lines, $name', ({ sizes }) => {
  const [, unfoldMatrix] = unfold(sizes);
  const dispatches = [
    adamw(sizes, paperAdamW),
    embeddingForward(sizes),
    embeddingBackward(sizes),
    unfoldMatrix!,
    combineGradients(sizes),
  ];

  test.each(dispatches)('$label', async (dispatch) => {
    const words = bufferWords(sizes);
    const outputs = Object.values(dispatch.bindings);
    const inputs = Object.fromEntries(outputs.map((name, i) => [name, noise(words.get(name) ?? 0, i).map(Math.abs)]));
    const given = 'batch' in inputs ? { ...inputs, batch: batchOf(sizes, 1).batch } : inputs;
    const usual = await play(sizes, [dispatch], given, outputs);
    const other = await play(sizes, [inLines(dispatch, Math.min(3, dispatch.grid[0]))], given, outputs);
    for (const name of outputs) expectSame(`${dispatch.label} ${name}`, other[name]!, usual[name]!);
  });
});
