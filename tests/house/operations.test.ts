// One operation, four files, one name: the shader, its kernel, its test, and the CPU twin that defines it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** The twin in src/engine/reference/. Products share one, whatever is fused into them. */
const twins: Readonly<Record<string, string>> = {
  adamw: 'adamw',
  attention: 'attention',
  cross_entropy: 'cross_entropy',
  embedding: 'embedding',
  fold: 'layernorm',
  head: 'linear',
  in_proj: 'linear',
  layernorm: 'layernorm',
  norm: 'clip',
  out_proj: 'linear',
  weight_gradient: 'linear',
};

const shaders = readdirSync(join(root, 'shaders'))
  .filter((name) => name.endsWith('.wgsl'))
  .map((name) => name.replace('.wgsl', ''));

test('the table of twins names every shader and nothing else', () => {
  expect(Object.keys(twins).sort()).toEqual(shaders.sort());
});

describe.each(shaders)('%s', (name) => {
  test('has its kernel, its twin and its test', () => {
    const files = [
      `src/engine/gpu/kernels/${name}.ts`,
      `src/engine/reference/${twins[name]}.ts`,
      `tests/kernels/${name}.test.ts`,
    ];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test('opens with its formula, shapes, grid, bytes, writes and sizes', () => {
    const lines = readFileSync(join(root, 'shaders', `${name}.wgsl`), 'utf8').split('\n');
    const header = lines.slice(
      0,
      lines.findIndex((line) => !line.startsWith('//')),
    );
    expect(header[0]).toMatch(new RegExp(`^// ${name}: `));
    const parts = ['shapes', 'grid', 'bytes', 'writes', 'sizes'];
    expect(parts.filter((part) => !header.some((line) => line.startsWith(`// ${part} `)))).toEqual([]);
  });
});
