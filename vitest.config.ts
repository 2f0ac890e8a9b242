// The tests as four projects: what computes in Node (unit), shader compilation (shaders), the second WebGPU
// implementation (naga) and the built page in a browser (e2e). tests/run.mjs runs them in that order.

import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { packCorpora } from './src/data/packing/plugin.ts';
import { compileKernels } from './src/engine/simd/compiling/plugin.ts';

/** Software adapters share these cores: more workers would only slow each other down. */
const workers = 2;
const minute = 60_000;

function project(name: string, include: string[], exclude: string[] = [], testTimeout = minute) {
  return {
    plugins: [compileKernels()],
    test: {
      name,
      include,
      exclude: ['tests/node_modules/**', 'tests/bench/peers/**', ...exclude],
      env: {
        // Whatever the shell says, and the build of the page that comes before e2e.
        NODE_ENV: 'test',
        // The lab keeps what it measured of an adapter in the user's cache folder: not in that of who runs the tests.
        XDG_CACHE_HOME: resolve(import.meta.dirname, 'build/cache'),
      },
      // Dawn belongs in a process of its own, not in a thread.
      pool: 'forks' as const,
      maxWorkers: workers,
      testTimeout,
      hookTimeout: testTimeout + 2 * minute,
    },
  };
}

const others = ['tests/shaders/**', 'tests/naga/**', 'tests/e2e/**'];

const e2e = project('e2e', ['tests/e2e/*.test.ts'], [], 12 * minute);
/** One page at a time: training takes both cores. */
const browserTests = { ...e2e, test: { ...e2e.test, maxWorkers: 1, globalSetup: ['tests/e2e/build.ts'] } };

export default defineConfig({
  plugins: [packCorpora()],
  test: {
    projects: [
      project('unit', ['tests/**/*.test.ts', 'tests/**/*.test.tsx'], others, 5 * minute),
      project('shaders', ['tests/shaders/*.test.ts']),
      project('naga', ['tests/naga/*.test.ts'], [], 3 * minute),
      browserTests,
    ],
  },
});
