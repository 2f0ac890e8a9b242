// The engine in WebAssembly SIMD gives in Chromium, in the page and in a worker, the bits that it gives in Node.

import { resolve } from 'node:path';
import { build, type Rolldown } from 'vite';
import { afterAll, expect, it } from 'vitest';
import { compileKernels } from '../../src/engine/simd/compiling/plugin';
import { exampleSums } from '../simd/example';
import { launch } from './browser';

const browser = await launch({ adapter: false });
afterAll(() => browser.close());

/** `example` with its engine, as one script. */
async function exampleScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [compileKernels()],
    build: {
      write: false,
      lib: { entry: resolve(import.meta.dirname, '../simd/example.ts'), name: 'example', formats: ['iife'] },
    },
  });
  const [{ output }] = built as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput];
  return output[0].code;
}

const sumOf = `async (steps) => {
  const digest = await crypto.subtle.digest('SHA-256', await example.exampleOutcome(steps));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}`;

it('200 steps of XS in the page, and 20 in a worker', async () => {
  const script = await exampleScript();
  const page = await (await browser.newContext()).newPage();
  const body = `${script}\n(${sumOf})(20).then(postMessage);`;
  await page.route('http://localhost/**', (route) =>
    route.fulfill(
      route.request().url().endsWith('.js')
        ? { contentType: 'text/javascript', body }
        : { contentType: 'text/html', body: '<!doctype html><title>bits</title>' },
    ),
  );
  await page.goto('http://localhost/');
  await page.addScriptTag({ content: script });
  expect(await page.evaluate<string>(`(${sumOf})(200)`)).toBe(exampleSums[200]);
  const fromWorker = `new Promise((done, failed) => {
    const worker = new Worker('/worker.js');
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = ({ message }) => failed(new Error(message));
  })`;
  expect(await page.evaluate<string>(fromWorker)).toBe(exampleSums[20]);
});
