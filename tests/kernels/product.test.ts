// A product as a value says the same of its factors as the WGSL that computes it: which of them are deep.

import { expect, test } from 'vitest';
import { productNames } from '../../src/engine/forms/forms';
import { trainPass } from '../../src/engine/gpu/passes';
import { shaderSource } from '../../src/engine/gpu/shaders';
import { paperAdamW } from '../../src/engine/optimizer';
import { shapes } from './play';

const dispatches = shapes.flatMap(({ sizes }) => trainPass(sizes, paperAdamW).filter(({ product }) => product));

test('every product of a step is a value', () => {
  expect(new Set(dispatches.map(({ product }) => product?.name))).toEqual(new Set(productNames));
});

test.each(dispatches)('$label', (dispatch) => {
  const pass = dispatch.entry.toUpperCase();
  const text = shaderSource(dispatch);
  for (const side of ['left', 'right'] as const) {
    const [, deep] = text.match(new RegExp(`^const ${pass}_${side.toUpperCase()}_DEEP = (true|false);`, 'm')) ?? [];
    const { line, depth } = dispatch.product?.[side] ?? { line: 0, depth: 0 };
    expect(`${side} ${deep}`).toBe(`${side} ${depth === 1}`);
    expect(Math.min(line, depth)).toBe(1);
  }
});
