// `bench` as a person runs it: a table that names every kernel, or the same as JSON.

import { expect, it } from 'vitest';
import { useDriver } from '../driver.mjs';
import { lab } from './lab';

it('prints JSON that a program can read', async () => {
  useDriver();
  const { code, stdout, stderr } = await lab(['bench', '--scale', 'XS', '--runs', '1', '--json']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Adapter: .+\.\n$/);
  const { v, adapter, results } = JSON.parse(stdout);
  expect(v).toBe(1);
  expect(adapter.kind).toBe('webgpu');
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ scale: 'XS', runs: 1, dispatches: 44 });
  expect(results[0].kernels.length).toBeGreaterThan(15);
});

it('prints a line for the step and a table of its kernels', async () => {
  useDriver();
  const { code, stdout } = await lab(['bench', '--scale', 'XS', '--runs', '1']);
  expect(code).toBe(0);
  const [step, heading, ...kernels] = stdout.trim().split('\n');
  expect(step).toMatch(
    /^XS, 1 run: [\d.]+ ms a step \([\d.]+-[\d.]+\), [\d,]+ tokens\/s, [\d.]+ GFLOP\/s, 44 dispatches, /,
  );
  expect(heading).toMatch(/^kernel +dispatches +ms +least-most +share +GFLOP\/s +GB\/s$/);
  expect(kernels.map((line) => line.split(' ')[0])).toContain('attention.backward_kv');
});
