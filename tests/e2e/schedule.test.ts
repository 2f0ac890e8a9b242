// The schedule editor as a person uses it: by mouse on the plot, by key on a handle, back by a preset.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, openPage, type WatchedPage } from './browser';
import { choose } from './lab';
import { type Site, serveSite } from './site';

let site: Site;
let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  site = await serveSite(false);
  browser = await launch({ adapter: false });
  watched = await openPage(browser, site.url);
});

afterAll(async () => {
  await browser.close();
  site.close();
});

/** The handle at the end of the warmup on the new data: height of the peak, length of the warmup. */
const peak = (page: Page) => page.getByRole('slider', { name: /^Peak.*new data/i });
const said = async (page: Page) => (await peak(page).getAttribute('aria-valuetext')) ?? '';
const byHand = (page: Page) => page.getByText(/^Shaped by hand/);

test('a key on a handle raises the peak, and the preset lets go', async () => {
  const { page } = watched;
  const before = await said(page);
  expect(before).toMatch(/1× /);
  await peak(page).focus();
  await page.keyboard.press('ArrowUp');
  expect(await said(page)).not.toBe(before);
  await byHand(page).waitFor();
});

test('one click on a preset brings its numbers back', async () => {
  const { page } = watched;
  await choose(page, 'Learning rate at the switch', 'Raise and lower');
  await byHand(page).waitFor({ state: 'detached' });
  expect(await said(page)).toMatch(/1× /);
});

test('dragging the handle to the right makes the warmup longer', async () => {
  const { page } = watched;
  await peak(page).scrollIntoViewIfNeeded();
  const box = await peak(page).boundingBox();
  if (!box) throw new Error('the handle is not on the screen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y, { steps: 5 });
  await page.mouse.up();
  const percent = Number(/warmup ([\d.]+) %/.exec(await said(page))?.[1]);
  expect(percent).toBeGreaterThan(10);
  await byHand(page).waitFor();
  expect(watched.errors).toEqual([]);
});

test('a peak beyond the limits is refused with the limits, and the one of before stays, also after the box is left', async () => {
  const { page } = watched;
  await choose(page, 'Learning rate at the switch', 'Raise and lower');
  const shape = page.getByText('Shape both schedules');
  await shape.click();
  const box = page.getByRole('spinbutton', { name: 'Peak, new data' });
  await box.fill('2');
  await box.press('Tab');
  expect(await box.inputValue()).toBe('2');
  await box.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('50000');
  const refused = page
    .getByRole('alert')
    .filter({ hasText: /^50000 is not a number from 0\.\d+ to 1000; 2 stays in use\.$/ });
  await refused.waitFor();
  await box.press('Tab');
  expect([await box.inputValue(), await refused.count()]).toEqual(['2', 1]);
  await box.fill('1');
  await refused.waitFor({ state: 'detached' });
});

test('a comma is a decimal sign, a second one is refused, and arrow keys step', async () => {
  const { page } = watched;
  const box = page.getByRole('spinbutton', { name: 'Peak, new data' });
  await box.fill('');
  await box.pressSequentially('1,5');
  await box.press('Tab');
  expect(await box.inputValue()).toBe('1.5');
  const slider = page.getByRole('slider', { name: 'Peak, new data' });
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/^1\.5× /);
  await box.fill('1.000,5');
  await page
    .getByRole('alert')
    .filter({ hasText: /^1\.000,5 is not a number .* 1\.5 stays in use\.$/ })
    .waitFor();
  await box.press('ArrowUp');
  expect(Number(await box.inputValue())).toBeGreaterThan(1.5);
  expect(await page.getByRole('alert').count()).toBe(0);
});
