// While the GPU is awaited in Node, the event loop must not spin: a software adapter needs the core.

import { expect, test } from 'vitest';
import { patiently } from '../../../src/engine/gpu/poll';

/** Turns of the event loop a millisecond until `work` is done, driven by someone who polls as Node's WebGPU does. */
async function turnRate(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const poll = () => {
    turns += 1;
    if (!done) setImmediate(poll);
  };
  const begin = performance.now();
  setImmediate(poll);
  await work;
  done = true;
  return turns / (performance.now() - begin);
}

const later = (ms: number) => new Promise<string>((resolve) => setTimeout(() => resolve('done'), ms));
/** Turns a millisecond of a loop that is held back half a millisecond each, and as much again for what is not. */
const held = 4;

test('holds the turns of the event loop back while something is awaited', async () => {
  expect(await turnRate(patiently(later(50)))).toBeLessThan(held);
  expect(await turnRate(Promise.all([patiently(later(50)), patiently(later(60))]))).toBeLessThan(held);
});

test('gives what was awaited, and its failure', async () => {
  expect(await patiently(later(1))).toBe('done');
  await expect(patiently(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
});

test('lets the loop turn freely when nothing is awaited any more', async () => {
  await patiently(later(1));
  await later(2);
  expect(await turnRate(later(100))).toBeGreaterThan(held);
});
