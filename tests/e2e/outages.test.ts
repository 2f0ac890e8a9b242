// What a visitor sees when something around the page fails: storage that does not answer, text that does not come, files of
// the page that are gone.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launch, openPage } from './browser';
import { button, measuredRun } from './lab';
import { type Meddle, type Site, serveSite } from './site';

const minute = 60_000;
let site: Site;
let browser: Browser;
let meddle: Meddle;

beforeAll(async () => {
  site = await serveSite(false, (file) => meddle(file));
  browser = await launch({ adapter: false });
});

beforeEach(() => {
  meddle = () => null;
});

afterAll(async () => {
  await browser.close();
  site.close();
});

test('storage that never answers is said, and the page measures, trains and stops all the same', async () => {
  const script = 'IDBFactory.prototype.open = () => ({});';
  meddle = (file) => (/^(lab\.worker|index)-.*\.js$/.test(file) ? { script } : null);
  const { page, errors } = await openPage(browser, site.url);
  await measuredRun(page).waitFor({ timeout: minute });
  await page.getByRole('status').filter({ hasText: 'storage does not answer' }).waitFor();
  await measuredRun(page).click();
  await expect.poll(() => page.getByText(/^\d+ of|\d %/).count(), { timeout: minute }).toBeGreaterThan(0);
  await button(page, 'Stop').click();
  await button(page, 'Stop').waitFor({ state: 'detached', timeout: 5000 });
  await page.goto(`${site.url}#/about`);
  await page.getByText("This browser's storage does not answer.", { exact: true }).waitFor({ timeout: minute });
  expect(errors).toEqual([]);
  await page.context().close();
});

test('Stop is heard at once while text does not come', async () => {
  meddle = (file) => (file.endsWith('.gz') ? 'silent' : null);
  const { page } = await openPage(browser, site.url);
  await measuredRun(page).waitFor({ timeout: minute });
  await measuredRun(page).click();
  const stop = button(page, 'Stop');
  await stop.waitFor();
  await page.waitForTimeout(1000);
  const begin = performance.now();
  await stop.click();
  await stop.waitFor({ state: 'detached', timeout: 5000 });
  console.log(`Stop was heard after ${Math.round(performance.now() - begin)} ms`);
  await page.getByText('Stopped. What was computed is kept').waitFor();
  await page.context().close();
});

test('a page whose file is gone offers to try again, and is there when the file is back', async () => {
  const { page } = await openPage(browser, site.url);
  meddle = (file) => (file.startsWith('Figures-') ? 'gone' : null);
  const fault = page.getByRole('alert').filter({ hasText: 'This page could not be fetched' });
  await page.getByRole('link', { name: 'Figures' }).click();
  await fault.waitFor({ timeout: minute });
  await button(page, 'Try again').click();
  await fault.waitFor();
  expect(await button(page, 'Reload').count()).toBe(1);
  meddle = () => null;
  await button(page, 'Try again').click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('main').getByRole('link').count()).toBe(9);
  await page.context().close();
});

test('one request that fails is made again by itself, and another page can be gone to and come back from', async () => {
  const { page } = await openPage(browser, `${site.url}#/about`);
  let requests = 0;
  meddle = (file) => (file.startsWith('Bench-') && requests++ === 0 ? 'gone' : null);
  await page.getByRole('link', { name: 'Bench' }).click();
  await page.getByRole('heading', { name: 'Bench', level: 1 }).waitFor();
  expect(requests).toBe(2);
  meddle = (file) => (file.startsWith('Figures-') ? 'gone' : null);
  await page.getByRole('link', { name: 'Figures' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('link', { name: 'Lab' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  meddle = () => null;
  await page.getByRole('link', { name: 'Figures' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.context().close();
});
