// Files that are refused or left out, as a visitor sees it: what is said, that it fits the page, and that it can be closed.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, openPage } from './browser';
import { button } from './lab';
import { madeUpResults } from './results';
import { type Site, serveSite } from './site';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await serveSite(false);
  browser = await launch({ adapter: false });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

/** As a person drops files from their desktop: names and texts. */
async function drop(page: Page, ...files: readonly (readonly [string, string])[]): Promise<void> {
  await page.evaluate((all) => {
    const dataTransfer = new DataTransfer();
    for (const [name = '', text = ''] of all) dataTransfer.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, files);
}

const said = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text });
const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
const long = `${'x'.repeat(200)}.json`;

test('a refused file of a long name is said within the page, until it is closed, and again', async () => {
  const { page, errors } = await openPage(browser, `${site.url}#/about`);
  // What the machine is comes first here; it would stand behind the refusal.
  await said(page, /graphics card/).waitFor();
  for (const _ of [1, 2]) {
    await drop(page, [long, 'rubbish']);
    await said(page, /^x+\.json is not valid JSON/).waitFor();
    expect(await tooWide(page)).toBe(false);
    const close = button(page, 'Close this message');
    const box = await close.boundingBox();
    expect((box?.x ?? Number.POSITIVE_INFINITY) + (box?.width ?? 0)).toBeLessThanOrEqual(1280);
    await close.click();
    await said(page, /^x+\.json/).waitFor({ state: 'detached' });
  }
  expect(errors).toEqual([]);
});

test('of two files that do not fit, the first is shown and the other named; its long name fits, too', async () => {
  const { page, errors } = await openPage(browser, `${site.url}#/about`);
  await drop(page, [long, madeUpResults(null)], ['b.json', madeUpResults('5')]);
  await said(page, /^b\.json was left out: it shows Figure 5, not Lab\./).waitFor();
  await page.getByRole('link', { name: 'The Lab on this machine' }).waitFor();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    // The charts follow a moment later.
    await expect.poll(() => tooWide(page)).toBe(false);
  }
  expect(errors).toEqual([]);
});
