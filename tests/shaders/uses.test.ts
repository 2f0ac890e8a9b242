// What headers say that a text uses is there, and everything that is there is used.

import { expect, test } from 'vitest';
import { attentionForms, productForms } from '../../src/engine/forms/forms';
import { shaderSource, shaderTexts } from '../../src/engine/gpu/shaders';

const preludes = Object.keys(import.meta.glob('../../shaders/prelude/*.wgsl', { query: '?raw' }));
const everything = shaderTexts.map(shaderSource).join('\n');

test('every text of prelude/ is part of some kernel', () => {
  const names = preludes.map((path) => path.replace(/^.*\/|\.wgsl$/g, ''));
  expect(names.length).toBeGreaterThan(10);
  // Its first line, which begins with its name.
  expect(names.filter((name) => !new RegExp(`^// ${name.replace('_pass', '')}\\b`, 'm').test(everything))).toEqual([]);
});

test('no text is left with the name that stands for a pass', () => {
  const text = everything.replaceAll(/\/\/.*/g, '');
  expect(text.match(/\b(pass_|PASS_)\w+/g)).toBeNull();
});

test('kernels have the texts of the forms that can be chosen', () => {
  const forms = (kernels: readonly { readonly text: string }[]) => [...new Set(kernels.map(({ text }) => text))].sort();
  const products = ['head', 'in_proj', 'out_proj', 'weight_gradient'];
  for (const name of [...products, 'attention']) {
    const own = shaderTexts.flatMap(({ shader, form }) => (shader === name ? (form ?? []) : []));
    expect(own.sort()).toEqual(forms(Object.values(name === 'attention' ? attentionForms : productForms)));
  }
});

test('a shader that is not there is named', () => {
  expect(() => shaderSource({ shader: 'adamw', form: 'tiles_32' })).toThrow('There is no shader adamw tiles_32.');
});
