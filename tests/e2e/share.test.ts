// Results sent as a link: made on one page, opened on another that has no graphics card, with the same numbers and verdicts.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, launch, openPage } from './browser';
import { button } from './lab';
import { madeUpResults } from './results';
import { type Site, serveSite } from './site';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await serveSite(true);
  browser = await launch({ adapter: false });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

/** What a reader sees of the results: the table of final losses, and every claim with its verdict. */
async function seen(page: Page): Promise<string[]> {
  const table = page.getByRole('table', { name: /^Final losses/ });
  await table.waitFor();
  return [await table.innerText(), ...(await page.getByRole('listitem').allInnerTexts())];
}

test('the link of a file of results opens as what the file shows', async () => {
  const { page } = await openPage(browser, `${site.url}#/file`);
  const buffer = Buffer.from(madeUpResults('5'));
  await page
    .getByLabel('Open files of results')
    .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
  const sent = await seen(page);
  await button(page, 'Share').click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.context().close();

  const other = await openPage(browser, link);
  expect(await seen(other.page)).toEqual(sent);
  expect(await other.page.title()).toBe('Results from a link · Rewarm');
  expect(await accessibilityFindings(other.page)).toEqual([]);
  expect(await other.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await other.page.evaluate(
    (short) => {
      location.hash = short;
    },
    new URL(link).hash.slice(0, 200),
  );
  await other.page.getByText(/^This link was cut off on the way \(.* characters expected, 191 arrived\)/).waitFor();
  await other.page.goBack();
  expect(await seen(other.page)).toEqual(sent);
  await other.page.context().close();
});

test('the address of a figure says what is chosen, is edited by hand, and leaves what was chosen before', async () => {
  const { page } = await openPage(browser, `${site.url}#/fig/5?shift=strong&seeds=1,2,3&x=steps&show=table&foo=1`);
  const pressed = (name: string) => page.getByRole('radio', { name, exact: true }).isChecked();
  await page.getByText('Part of this address is not understood and was left out: foo=1').waitFor();
  expect([await pressed('Strong shift'), await pressed('3')]).toEqual([true, true]);
  await button(page, 'Chart').waitFor();
  // What was not understood leaves the address; the rest stays, and follows what is chosen.
  await page.waitForURL(/#\/fig\/5\?shift=strong&seeds=1,2,3&x=steps&show=table$/);
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual([]);
  await button(page, 'Chart').click();
  await page.waitForURL(/#\/fig\/5\?shift=strong&seeds=1,2,3&x=steps$/);
  await page.evaluate(() => {
    location.hash = '#/fig/5?budget=0.25';
  });
  await page.getByRole('radio', { name: '25 %', exact: true, checked: true }).waitFor();
  expect([await pressed('Weak shift'), await pressed('1')]).toEqual([true, true]);
  await page.goBack();
  await page.getByRole('radio', { name: 'Strong shift', checked: true }).waitFor();
  expect(await pressed('3')).toBe(true);
  await page
    .locator('label')
    .filter({ has: page.getByRole('radio', { name: '2', exact: true }) })
    .click();
  await page.waitForURL(/#\/fig\/5\?shift=strong&seeds=1,2&x=steps$/);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['rewarm.figures']);
  await page.context().close();
});
