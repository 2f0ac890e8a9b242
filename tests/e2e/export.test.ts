// Every file that leaves the page, read back: what was shown is what it says.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseExperiment } from '../../src/experiment/parse';
import { parseResults } from '../../src/experiment/saved';
import { readTable } from '../export/csv';
import { accessibilityFindings, launch, openPage } from './browser';
import { button, finalLosses } from './lab';
import { madeUpResults } from './results';
import { type Site, serveSite } from './site';
import { readZip } from './zip';

let site: Site;
let browser: Browser;
let page: Page;
let errors: readonly string[];
const file = madeUpResults('5');

beforeAll(async () => {
  site = await serveSite(true);
  browser = await launch({ adapter: false });
  ({ page, errors } = await openPage(browser, `${site.url}#/file`));
  const buffer = Buffer.from(file);
  const given = { name: 'a.json', mimeType: 'application/json', buffer };
  await page.getByLabel('Open files of results').setInputFiles(given);
  await page.getByRole('table', { name: /^Final losses/ }).waitFor();
});

afterAll(async () => {
  await browser.close();
  site.close();
});

/** Presses an entry of the dialog, and gives what came. */
async function saved(name: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('opens by its key, is reached by the keyboard alone, and axe finds nothing', async () => {
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Save what is shown as' });
  await dialog.waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  expect(await focused()).toBe('Results (.json)');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('One page (.html)');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    // The charts follow a moment later.
    await expect.poll(wide).toBe(false);
  }
});

test('results, page, experiment and verdicts give back what was opened', async () => {
  const results = await saved('Results (.json)');
  expect(results.name).toBe('rewarm-figure-5-XS-3-seeds.json');
  const same = { ...parseResults(file), version: expect.any(String) };
  expect(parseResults(results.bytes.toString())).toEqual(same);
  const html = await saved('One page (.html)');
  expect(parseResults(html.bytes.toString())).toEqual(same);
  const recipes = await saved('Experiment (.json)');
  expect(recipes.name).toBe('rewarm-figure-5-XS-3-seeds-recipes.zip');
  const experiments = [...readZip(recipes.bytes).values()].map((one) => parseExperiment(JSON.parse(one.toString())));
  expect(experiments).toEqual(parseResults(file).parts.map(({ experiment }) => experiment));
  const verdicts = await saved('Verdicts (.json)');
  expect(JSON.parse(verdicts.bytes.toString()).verdicts.length).toBeGreaterThan(3);
});

test('the table is that of the page', async () => {
  const { bytes } = await saved('Table (.csv)');
  const rows = readTable(bytes.toString());
  const shown = await finalLosses(page);
  const [row] = rows.filter(({ arm, part }) => arm === 'replay-5' && part === 'weak');
  const [old = ''] = shown.rows.find(({ name }) => name === '5 % replay')?.cells ?? [];
  expect(old.slice(0, 5)).toBe(Number(row?.['d0']).toFixed(3));
});

test('drawings are drawn, at twice the size as an image', async () => {
  const svg = (await saved('Drawing (.svg)')).bytes.toString();
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const png = await saved('Image (.png)');
  expect(png.name).toBe('rewarm-figure-5-XS-3-seeds.png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
  // Blank paper would be far smaller.
  expect(png.bytes.length).toBeGreaterThan(100_000);
  expect((await saved('LaTeX (.tex)')).bytes.toString()).toContain('\\begin{axis}');
});

test('the zip has every file, as they are alone', async () => {
  const { name, bytes } = await saved('All files (.zip)');
  expect(name).toBe('rewarm-figure-5-XS-3-seeds.zip');
  const files = readZip(bytes);
  expect([...files.keys()].sort()).toEqual([
    'README.txt',
    'curves.csv',
    'figure.png',
    'figure.svg',
    'figure.tex',
    'metrics.csv',
    'metrics.jsonl',
    'page.html',
    'recipe-strong.json',
    'recipe-weak.json',
    'results.json',
    'table.csv',
    'verdicts.json',
  ]);
  for (const [entry, label] of [
    ['curves.csv', 'Curves (.csv)'],
    ['metrics.csv', 'Every value (.csv)'],
    ['metrics.jsonl', 'Log (.jsonl)'],
  ] as const) {
    expect(files.get(entry)?.toString()).toBe((await saved(label)).bytes.toString());
  }
  await page.getByRole('dialog').getByText('No run has ended in this browser yet.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await button(page, 'Export').isVisible()).toBe(true);
  expect(errors).toEqual([]);
});
