// `bench` as a person runs it: a table that names every kernel, or the same as JSON.

import { expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/arguments';
import { useDriver } from '../driver.mjs';
import { lab, temporaryFolder } from './lab';

// What is measured here must not become what a person's next run is given.
process.env['XDG_CACHE_HOME'] = temporaryFolder();

it('prints JSON that a program can read', async () => {
  useDriver();
  const { code, stdout, stderr } = await lab(['bench', '--scale', 'XS', '--runs', '1', '--json']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Adapter: .+\.\n$/);
  const { v, adapter, timedBy, ceilings, results, headline, ...ratios } = JSON.parse(stdout);
  expect(v).toBe(1);
  expect(adapter.kind).toBe('webgpu');
  expect(['timestamps', 'submissions']).toContain(timedBy);
  expect(ceilings).toMatchObject({
    fma: expect.any(Number),
    fmaLoop: expect.any(Number),
    copy: expect.any(Number),
  });
  expect(ceilings.forms).toHaveLength(5);
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ scale: 'XS', runs: 1, chosen: { products: expect.any(Object) } });
  expect(results[0].kernels.length).toBeGreaterThan(15);
  const counts: number[] = results[0].kernels.map(({ dispatches }: { dispatches: number }) => dispatches);
  expect(counts.reduce((sum, count) => sum + count)).toBe(results[0].dispatches);
  expect(headline).toBeNull();
  expect(ratios).toEqual({ stepShareOfMatmul: null, matmulShareOfCeiling: null });
});

it('prints the ceilings, a line for the step, the forms and a table of its kernels', async () => {
  useDriver();
  const { code, stdout } = await lab(['bench', '--scale', 'XS', '--runs', '1']);
  expect(code).toBe(0);
  const [ceilings, timed, empty, step, forms, heading, ...rest] = stdout.trim().split('\n');
  expect(ceilings).toMatch(/^Ceilings: [\d.]+ GFLOP\/s of multiply-adds .*\([\d.]+ in a plain loop\), [\d.]+ GB\/s /);
  expect(timed).toMatch(/^Kernels are timed by /);
  expect(empty).toBe('');
  expect(step).toMatch(
    /^XS, 1 run: [\d.]+ ms a step \([\d.]+-[\d.]+\), [\d,]+ tokens\/s, [\d.]+ GFLOP\/s, \d+ dispatches, /,
  );
  expect(forms).toMatch(/^kernels: every product [a-z]+.*; attention [a-z]+/);
  expect(heading).toMatch(/^kernel +dispatches +ms +least-most +share +GFLOP\/s +of fma +MB +GB\/s +of copy$/);
  expect(rest.map((line) => line.split(' ')[0])).toContain('attention.backward_kv');
  expect(rest.at(-1)).toContain('which was not measured');
});

it('measures XS and S with one, four and eight runs when nothing is said', () => {
  expect(parseCommand(['bench'])).toMatchObject({ scales: ['XS', 'S'], runs: [1, 4, 8], isa: null, json: false });
});

it('stops at Ctrl-C', async () => {
  useDriver();
  const { code, stdout } = await lab(['bench', '--scale', 'XS', '--runs', '1', '--json'], 'Adapter:');
  expect(code).toBe(130);
  expect(stdout).toBe('');
});
