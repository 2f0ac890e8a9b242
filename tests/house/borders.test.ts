// Proves that the borders between folders (biome.jsonc) fire: a lint rule that matches nothing is silent too.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** [file, what it imports], one for each way across a border. */
const refused: [string, string][] = [
  ['src/experiment/a.ts', '../engine/model'],
  ['src/experiment/figures/b.ts', '../../data/random'],
  ['src/experiment/c.ts', 'zustand/vanilla'],
  ['src/plot/a.ts', '../experiment/spec'],
  ['src/plot/b.ts', 'recharts'],
  ['src/drawing/a.ts', '../engine/model'],
  ['src/drawing/b.ts', 'recharts'],
  ['src/engine/a.ts', '../experiment/spec'],
  ['src/engine/gpu/kernels/b.ts', '../../../data/random'],
  ['src/engine/c.ts', 'valibot'],
  ['src/engine/d.ts', 'webgpu'],
  ['src/engine/reference/e.ts', 'node:fs'],
  ['src/engine/simd/f.ts', 'assemblyscript/asc'],
  ['src/engine/simd/compiling/g.ts', 'typescript'],
  ['src/data/a.ts', '../engine/model'],
  ['src/data/b.ts', 'node:fs'],
  ['src/data/packing/c.ts', 'typescript'],
  ['src/link/a.ts', '../data/text'],
  ['src/link/b.ts', 'lossless-json'],
  ['src/neox/a.ts', '../engine/optimizer'],
  ['src/neox/b.ts', 'yaml'],
  ['src/export/a.ts', '../data/text'],
  ['src/export/b.ts', 'node:fs'],
  ['src/train/a.ts', '../worker/protocol'],
  ['src/train/b.ts', '../storage/runs'],
  ['src/train/c.ts', 'comlink'],
  ['src/worker/a.ts', '../store/lab'],
  ['src/worker/b.ts', 'react'],
  ['src/storage/a.ts', '../ui/app'],
  ['src/storage/b.ts', 'comlink'],
  ['src/store/a.ts', '../ui/app'],
  ['src/store/b.ts', 'react'],
  ['src/store/c.ts', 'idb-keyval'],
  ['src/ui/a.tsx', 'recharts'],
  ['src/ui/b.tsx', 'comlink'],
  ['src/ui/c.tsx', 'idb-keyval'],
  ['src/ui/d.tsx', '../cli/lab'],
  ['src/ui/charts/a.tsx', '../../worker/client'],
  ['src/ui/charts/b.tsx', 'zustand'],
  ['src/cli/a.ts', '../ui/format'],
  ['src/cli/b.ts', '../worker/client'],
  ['src/cli/c.ts', 'recharts'],
];

const allowed: [string, string][] = [
  ['src/experiment/y.ts', 'valibot'],
  ['src/experiment/figures/z.ts', '../spec'],
  ['src/plot/z.ts', './scale'],
  ['src/neox/y.ts', './yaml'],
  ['src/neox/z.ts', '../experiment/plan'],
  ['src/drawing/y.ts', '../plot/palette'],
  ['src/drawing/z.ts', '../experiment/figures/lines'],
  ['src/export/z.ts', '../experiment/saved'],
  ['src/export/y.ts', '../drawing/figure_svg'],
  ['src/engine/simd/compiling/z.ts', 'assemblyscript/asc'],
  ['src/data/y.ts', '@noble/hashes/sha2.js'],
  ['src/engine/gpu/z.ts', '../../../shaders/norm.wgsl?raw'],
  ['src/data/z.ts', '../experiment/spec'],
  ['src/data/packing/z.ts', 'node:fs'],
  ['src/train/z.ts', '../engine/engine'],
  ['src/worker/y.ts', 'comlink'],
  ['src/worker/z.ts', '../train/loop'],
  ['src/storage/z.ts', 'idb-keyval'],
  ['src/store/y.ts', 'zustand/vanilla'],
  ['src/store/z.ts', '../worker/client'],
  ['src/ui/y.tsx', 'react-dom/client'],
  ['src/ui/z.tsx', '../store/lab'],
  ['src/ui/charts/z.tsx', 'recharts'],
  ['src/cli/x.ts', '@commander-js/extra-typings'],
  ['src/cli/y.ts', 'webgpu'],
  ['src/cli/z.ts', '../train/loop'],
];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

const folder = mkdtempSync(join(tmpdir(), 'rewarm-borders-'));
let crossed = new Set<string>();

beforeAll(() => {
  cpSync(join(root, 'biome.jsonc'), join(folder, 'biome.jsonc'));
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n');
  for (const [file, source] of [...refused, ...allowed]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import { useStore } from '${source}';\n\nexport const value = useStore;\n`);
  }
  const biome = join(root, 'tests/node_modules/.bin/biome');
  const run = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report: { diagnostics: Diagnostic[] } = JSON.parse(run.stdout);
  const paths = report.diagnostics
    .filter((diagnostic) => diagnostic.category === 'lint/style/noRestrictedImports')
    .map(({ location: { path } }) => (typeof path === 'string' ? path : path.file));
  crossed = new Set(paths.map((path) => path.replaceAll('\\', '/')));
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(refused)('%s may not import %s', (file) => {
  expect(crossed).toContain(file);
});

test.each(allowed)('%s may import %s', (file) => {
  expect(crossed).not.toContain(file);
});
