// Recipes sent as links, and pages that are looked at in another way: inside a foreign page, and on a projector.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, launch, openPage } from './browser';
import { button, choose } from './lab';
import { madeUpResults } from './results';
import { type Site, serveSite } from './site';

let site: Site;
let browser: Browser;
let lecture: Server | null = null;

beforeAll(async () => {
  site = await serveSite(true);
  browser = await launch({ adapter: false });
});

afterAll(async () => {
  await browser.close();
  site.close();
  lecture?.close();
});

const stored = (page: Page) => page.evaluate(stores);
const arms = (page: Page) => page.getByRole('region', { name: 'Arms' }).getByRole('listitem').allInnerTexts();
const link = (page: Page) => page.getByRole('textbox', { name: 'The link' });
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Where a frame is refused its stores, there is nothing in them. */
function stores(): string[] {
  try {
    return [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  } catch {
    return [];
  }
}

/** The address of made-up results of a figure. */
async function resultsAddress(): Promise<string> {
  const { page } = await openPage(browser, `${site.url}#/file`);
  const buffer = Buffer.from(madeUpResults('5'));
  await page
    .getByLabel('Open files of results')
    .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
  await button(page, 'Share').click();
  const address = await link(page).inputValue();
  await page.context().close();
  return address;
}

test('a recipe that was composed opens elsewhere with the same arms, and is kept only when it is changed', async () => {
  const { page } = await openPage(browser, site.url);
  await choose(page, 'Shift', 'strong');
  await button(page, /^\+ add/).click();
  await choose(page, 'Replay', '25 % replay');
  await button(page, /^\+ add/).click();
  await page.waitForURL(/#\/lab\?c=1\.[\w-]+$/);
  const sent = await arms(page);
  expect(sent).toHaveLength(2);
  // Before anything is trained there are settings to share.
  await button(page, 'Share').click();
  const address = await link(page).inputValue();
  expect(new URL(address).hash).toBe(await page.evaluate(() => location.hash));
  expect(new URL(address).hash.length).toBeLessThan(60);
  await page.getByText('QR code').click();
  await page.getByRole('img', { name: 'The link as a QR code' }).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  // What was composed at the plain address is there again, in this tab and in another.
  for (const at of [page, await page.context().newPage()]) {
    await at.goto('about:blank');
    await at.goto(site.url);
    await at.getByRole('region', { name: 'Arms' }).waitFor();
    expect(await arms(at)).toEqual(sent);
  }
  await page.context().close();

  const other = await openPage(browser, `${address}).`);
  await other.page.getByRole('region', { name: 'Arms' }).waitFor();
  expect(await arms(other.page)).toEqual(sent);
  await other.page.waitForURL(address);
  expect(await stored(other.page)).toEqual([]);
  await choose(other.page, 'Replay', '5 % replay');
  await expect.poll(() => stored(other.page)).toEqual(['rewarm.lab', 'rewarm.lab']);
  await other.page.waitForURL((url) => url.hash !== new URL(address).hash);
  // The same link again is gone to again.
  await other.page.evaluate((to) => location.assign(to), address);
  await other.page.getByRole('radio', { name: '25 % replay', checked: true }).waitFor();
  expect(other.errors).toEqual([]);
  await other.page.context().close();
});

test('who goes elsewhere or reloads while the address is not written yet finds what was chosen', async () => {
  const { page } = await openPage(browser, site.url);
  await choose(page, 'Shift', 'strong');
  await page.waitForURL(/#\/lab\?c=/);
  await choose(page, 'Shift', 'none');
  await page.reload();
  await page.getByRole('radio', { name: 'none', exact: true, checked: true }).waitFor();
  // A busy page hears of another address after it has written its own.
  await choose(page, 'Shift', 'weak');
  await page.evaluate(() => {
    const begin = performance.now();
    location.hash = '#/about';
    while (performance.now() - begin < 600);
  });
  await page.getByRole('heading', { name: 'About', level: 1 }).waitFor();
  await page.goto(`${site.url}#/fig/5?seeds=1,2,3`);
  await choose(page, 'Seeds', '2');
  await page.waitForURL(/seeds=1,2$/);
  await choose(page, 'Seeds', '5');
  await page.reload();
  await page.getByRole('radio', { name: '5', exact: true, checked: true }).waitFor();
  await page.context().close();
});

test('a link that was damaged is said in one sentence, and the Lab stays as it was', async () => {
  const { page } = await openPage(browser, site.url);
  await choose(page, 'Shift', 'strong');
  await page.waitForURL(/#\/lab\?c=/);
  const { hash } = new URL(page.url());
  for (const [letters, said] of [
    [hash.slice(0, -3), /^This link was cut off on the way/],
    [hash.replace('c=1.', 'c=7.'), /^This link was made by a newer version/],
    [hash.replace('c=1.', 'c=1.A'), /^This link was (changed|cut off) on the way/],
  ] as const) {
    await page.evaluate((to) => {
      location.hash = to;
    }, letters);
    await page.getByRole('status').getByText(said).waitFor();
    expect(await page.getByRole('radio', { name: 'strong', exact: true }).isChecked()).toBe(true);
  }
  await page.context().close();
});

test('results inside a foreign page: charts that fill the frame, nothing stored, the whole page one press away', async () => {
  const address = `${await resultsAddress()}&only=weak.rewarm,weak.union`;
  let size = 'width="800" height="480"';
  lecture = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<!doctype html><html lang="en"><title>Lecture</title><main><h1>Lecture</h1><iframe src="${address.replaceAll('&', '&amp;')}&amp;ui=embed" ${size} title="Figure 5"></iframe></main>`,
    );
  });
  await new Promise<void>((done) => lecture?.listen(0, '127.0.0.1', done));
  const foreign = `http://127.0.0.1:${(lecture.address() as AddressInfo).port}/`;
  const { page, errors } = await openPage(browser, foreign);
  for (const width of [300, 390, 800, 1200]) {
    size = `width="${width}" height="480"`;
    await page.setViewportSize({ width: Math.max(360, width + 80), height: 800 });
    await page.goto(foreign);
    const frame = page.frames()[1];
    if (!frame) throw new Error('There is no frame.');
    await frame.locator('.recharts-line-curve').first().waitFor({ state: 'attached' });
    expect(await frame.getByRole('navigation').count()).toBe(0);
    expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const whole = frame.getByRole('link', { name: 'Open in Rewarm' });
    expect(await whole.getAttribute('href')).toBe(address);
    expect(await whole.getAttribute('target')).toBe('_blank');
    expect(await frame.evaluate(stores)).toEqual([]);
  }
  const alone = await openPage(browser, `${address}&ui=embed&theme=dark`);
  await alone.page.locator('.recharts-line-curve').first().waitFor({ state: 'attached' });
  expect(await alone.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  expect(await accessibilityFindings(alone.page)).toEqual([]);
  // Leaving a page ends what it still asks for.
  expect(errors.filter((error) => !error.endsWith('ERR_ABORTED'))).toEqual([]);
  await alone.page.context().close();
  await page.context().close();
});

test('on a projector: question, charts and what holds, by keys alone', async () => {
  const { page } = await openPage(browser, await resultsAddress());
  await page.locator('.recharts-line-curve').first().waitFor({ state: 'attached' });
  await page.keyboard.press('p');
  await page.waitForURL(/&ui=present$/);
  expect(await page.getByRole('navigation').count()).toBe(0);
  await button(page, 'Leave').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await page.getByRole('table', { name: /^Final losses/ }).count()).toBe(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  expect(await wide(page)).toBeLessThanOrEqual(0);
  // The cursor stands where the mouse is, although everything is larger.
  const reach = await page.getByRole('slider', { name: /^Read values of: New data/ }).boundingBox();
  if (!reach) throw new Error('There is no chart.');
  const mouse = reach.x + 0.9 * reach.width;
  await page.mouse.move(mouse, reach.y + 20);
  const line = await page.locator('figure svg[aria-hidden] > line').first().boundingBox();
  expect(Math.abs((line?.x ?? 0) - mouse)).toBeLessThan(0.1 * reach.width);
  await page.setViewportSize({ width: 390, height: 800 });
  await expect.poll(() => wide(page)).toBeLessThanOrEqual(0);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.hash.includes('ui='));
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.context().close();
});

test('runs are hidden by their names under the charts, and the address says which', async () => {
  const { page } = await openPage(browser, await resultsAddress());
  const runs = page.getByRole('list', { name: 'Runs on the charts' });
  const all = runs.getByRole('button');
  await all.first().waitFor();
  const count = await all.count();
  await all.first().click();
  await page.waitForURL(/&hide=weak\.[\w-]+$/);
  expect(await all.first().getAttribute('aria-pressed')).toBe('false');
  await all.first().click();
  await page.waitForURL((url) => !url.hash.includes('hide='));
  await all.nth(1).click({ modifiers: ['Shift'] });
  await page.waitForURL(/&only=weak\.[\w-]+$/);
  expect(await runs.locator('[aria-pressed="false"]').count()).toBe(count - 1);
  const address = page.url();
  await page.context().close();
  const other = await openPage(browser, address);
  await other.page.getByRole('list', { name: 'Runs on the charts' }).waitFor();
  const those = other.page.getByRole('list', { name: 'Runs on the charts' });
  expect(await those.locator('[aria-pressed="false"]').count()).toBe(count - 1);
  await those.getByRole('button').nth(1).dblclick();
  await other.page.waitForURL((url) => !url.hash.includes('only='));
  await other.page.context().close();
});
