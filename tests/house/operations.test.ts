// One operation, four files, one name: the shader, its kernel, its test, and the CPU twin that defines it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

const shaders = readdirSync(join(root, 'shaders'))
  .filter((name) => name.endsWith('.wgsl'))
  .map((name) => name.replace('.wgsl', ''));

test('there are operations to look at', () => {
  expect(shaders.length).toBeGreaterThan(5);
});

describe.each(shaders)('%s', (name) => {
  const lines = readFileSync(join(root, 'shaders', `${name}.wgsl`), 'utf8').split('\n');
  const header = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('//')),
  );

  test('opens with its formula, shapes, grid, bytes, writes, sizes, twin and what it uses', () => {
    expect(header[0]).toMatch(new RegExp(`^// ${name}: `));
    const parts = ['shapes', 'grid', 'bytes', 'writes', 'sizes', 'twin', 'uses'];
    expect(parts.filter((part) => !header.some((line) => line.startsWith(`// ${part} `)))).toEqual([]);
  });

  test('has its kernel, its twin and its test', () => {
    // Products share a twin, whatever is fused into them.
    const twins = header.flatMap((line) => line.match(/^\/\/ twin {5}(.*)$/)?.[1] ?? []);
    expect(twins).toEqual([expect.stringMatching(/^src\/engine\/reference\/\w+\.ts$/)]);
    const files = [...twins, `src/engine/gpu/kernels/${name}.ts`, `tests/kernels/${name}.test.ts`];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
