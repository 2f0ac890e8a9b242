// The bench page in a browser: reached from About, measures in the worker, stops, and gives its report away.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings, launch, openPage, type WatchedPage } from './browser';
import { button, choose } from './lab';
import { type Site, serveSite } from './site';

const minute = 60_000;
let site: Site;

beforeAll(async () => {
  site = await serveSite(true);
});

afterAll(() => site.close());

async function openBench(browser: Browser): Promise<WatchedPage> {
  const watched = await openPage(browser, `${site.url}#/about`);
  await watched.page.getByRole('link', { name: 'Bench' }).click();
  await watched.page.getByRole('heading', { name: 'Bench', level: 1 }).waitFor();
  return watched;
}

/** Whether anything but the tables themselves is wider than the window. */
const overflows = (page: Page) => page.evaluate('document.documentElement.scrollWidth > innerWidth');

describe('with an adapter', () => {
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launch({ adapter: true });
    watched = await openBench(browser);
  });

  afterAll(() => browser.close());

  test('proposes the size that is trained on a software adapter', async () => {
    const size = watched.page.getByRole('group', { name: 'Model size' }).getByRole('radio', { name: 'XS' });
    await size.waitFor({ state: 'attached', timeout: minute });
    expect(await size.isChecked()).toBe(true);
  });

  test('measures XS to the end: ceilings, and a row for every kernel', async () => {
    const { page, errors } = watched;
    await choose(page, 'Model size', 'XS');
    await button(page, 'Run the bench').click();
    await page.getByRole('progressbar', { name: 'Progress of the bench' }).waitFor();
    await button(page, 'Copy as JSON').waitFor({ timeout: 4 * minute });
    const table = page.getByRole('region', { name: 'Kernels, Size XS, one run' }).getByRole('table');
    for (const kernel of ['in_proj.forward', 'attention.backward_kv', 'adamw.update']) {
      await table.getByRole('rowheader', { name: kernel, exact: true }).waitFor();
    }
    expect(await page.getByRole('heading', { name: 'What the adapter can do at most' }).count()).toBe(1);
    expect(errors).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    await watched.page.emulateMedia({ colorScheme });
    expect(await accessibilityFindings(watched.page)).toEqual([]);
  });

  test('fits a phone: tables scroll in their own box', async () => {
    const { page } = watched;
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflows(page)).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('gives the report as JSON', async () => {
    const { page } = watched;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, 'Copy as JSON').click();
    await button(page, 'Copied').waitFor();
    const report = JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()'));
    expect(report).toMatchObject({ v: 1, results: [{ scale: 'XS', runs: 1 }], headline: null });
  });

  test('stops when asked, and can be started again', async () => {
    const { page, errors } = watched;
    await button(page, 'Run the bench').click();
    await button(page, 'Stop').click();
    await page.getByText('Stopped. What was measured').waitFor({ timeout: minute });
    expect(await button(page, 'Run the bench').isEnabled()).toBe(true);
    expect(errors).toEqual([]);
  });
});

test('without an adapter it says so and offers nothing', async () => {
  const browser = await launch({ adapter: false });
  const { page, errors } = await openBench(browser);
  await page.getByText('there is nothing to measure here').waitFor({ timeout: minute });
  expect(await button(page, 'Run the bench').count()).toBe(0);
  expect(errors).toEqual([]);
  await browser.close();
});
