// The page where WebGPU finds no adapter: it says so plainly, and the reference engine trains XS.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, launch, openPage, type WatchedPage } from './browser';
import { button, curve, evaluations, firstPhase, measuredRun } from './lab';
import { type Site, serveSite } from './site';

const minute = 60_000;
let site: Site;
let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  site = await serveSite(true);
  browser = await launch({ adapter: false });
  watched = await openPage(browser, site.url);
});

afterAll(async () => {
  await browser.close();
  site.close();
});

test('the page says that there is no adapter and what happens instead', async () => {
  const status = watched.page.getByRole('status').filter({ hasText: 'found no usable graphics card' });
  await status.waitFor({ timeout: minute });
  expect(await status.innerText()).toContain('The processor trains instead: size XS only');
});

test('only XS is offered', async () => {
  const sizes = watched.page.getByRole('group', { name: 'Model' }).getByRole('radio');
  expect(await sizes.count()).toBe(1);
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
  await watched.page.emulateMedia({ colorScheme });
  expect(await accessibilityFindings(watched.page)).toEqual([]);
});

test('the reference engine trains, and the losses move', async () => {
  const { page, errors } = watched;
  await measuredRun(page).waitFor({ timeout: minute });
  await button(page, 'Table').click();
  await measuredRun(page).click();
  const losses = async () => curve(await evaluations(page, 'd0'), firstPhase).length;
  await expect.poll(() => losses().catch(() => 0), { timeout: 2 * minute }).toBeGreaterThan(8);
  const [first = 0, ...later] = curve(await evaluations(page, 'd0'), firstPhase);
  expect(later.at(-1)).toBeLessThan(first - 0.05);
  await button(page, 'Stop').click();
  await button(page, 'Stop').waitFor({ state: 'detached' });
  expect(errors).toEqual([]);
});
