// A figure of the paper, as a visitor runs it: from the gallery to three arms at size XS on a tenth of the text, to a verdict.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, launch, openPage, type WatchedPage } from './browser';
import { button, choose, measuredRun } from './lab';
import { type Site, serveSite } from './site';

const minute = 60_000;
let site: Site;
let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  site = await serveSite(false);
  browser = await launch({ adapter: true });
  watched = await openPage(browser, `${site.url}#/figures`);
});

afterAll(async () => {
  await browser.close();
  site.close();
});

const arm = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true });
const claims = (page: Page) => page.getByRole('region', { name: /^What the paper says/ });
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** axe in both themes, at the width of a screen and of a phone, where nothing may be wider than the screen. */
async function looksRight(page: Page): Promise<void> {
  for (const size of [
    { width: 390, height: 844 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFindings(page)).toEqual([]);
    }
  }
}

test('the gallery leads to Figure 5 and to every other figure', async () => {
  const { page } = watched;
  await page.getByRole('status').filter({ hasText: 'software GPU' }).waitFor({ timeout: minute });
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('main').getByRole('link').count()).toBe(9);
  await looksRight(page);
  await page.getByRole('link', { name: /^How much old text/ }).click();
  await page.getByRole('heading', { level: 1, name: /^How much old text/ }).waitFor();
});

test('three arms of the weak shift on a tenth of the text: the page says what that takes', async () => {
  const { page } = watched;
  for (const name of ['0.5 % replay', '1 % replay', '5 % replay', '10 % replay']) await arm(page, name).uncheck();
  await arm(page, 'Strong shift').uncheck();
  await choose(page, 'Training text', '10 %');
  await measuredRun(page).waitFor({ timeout: minute });
  expect(await page.getByRole('region', { name: 'Plan' }).innerText()).toMatch(/stages to train\s+4\s+tokens\s+154 k/);
  await looksRight(page);
});

test('they train together, and a claim gets its verdict', async () => {
  const { page } = watched;
  const card = claims(page).getByRole('listitem').filter({ hasText: 'With half old text, the average' });
  expect(await card.innerText()).toContain('not run yet');
  await measuredRun(page).click();
  await button(page, 'Stop').waitFor();
  await button(page, 'Stop').waitFor({ state: 'detached', timeout: 3 * minute });
  expect(await card.innerText()).toMatch(/can't tell yet[\s\S]*Seen once \(1 seed\)/);
  expect(await button(page, 'All that is chosen is trained').isDisabled()).toBe(true);
  expect(await arm(page, 'no replay done').count()).toBe(1);
});

test('more seeds, or another part: the page says what is there', async () => {
  const { page } = watched;
  // The claim's own chart is of the strong shift, of which nothing was trained.
  const card = claims(page).getByRole('listitem').filter({ hasText: 'With half old text, the average' });
  await card.getByRole('button', { name: 'Show on the chart' }).click();
  expect(await page.getByRole('radio', { name: 'Weak shift' }).isChecked()).toBe(true);
  await button(page, 'show all').click();
  await choose(page, 'Seeds', '3');
  await arm(page, 'no replay 1 of 3 seeds').waitFor();
  await page.getByText(', one seed. Directions should match').waitFor();
  await choose(page, 'Seeds', '1');
  await arm(page, 'no replay done').waitFor();
});

test('its numbers stand beside those of the paper', async () => {
  const row = watched.page.getByRole('row', { name: /^50 % replay/ });
  const cells = (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim());
  const [d0 = '', d1 = '', average = ''] = cells;
  expect(Number(average)).toBeCloseTo((Number(d0) + Number(d1)) / 2, 2);
  expect(cells.slice(6, 9)).toEqual(['2.16', '2.54', '2.35']);
});

/** What a figure's page says in numbers: the evaluations of both charts, the table, and every claim with its verdict. */
async function read(page: Page): Promise<readonly string[]> {
  await button(page, /^Table$/).click();
  const charts = page.getByRole('region', { name: /^(Old|New) data \(D[01]\)/ });
  const numbers = page.getByRole('table', { name: /^Final losses/ });
  const cards = claims(page).getByRole('listitem');
  const said = [...(await charts.allInnerTexts()), await numbers.innerText(), ...(await cards.allInnerTexts())];
  await button(page, /^Chart$/).click();
  return said;
}

/** The address that Share makes of the results. */
async function sharedLink(page: Page): Promise<string> {
  await button(page, 'Share').click();
  const address = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return address;
}

/** The first chart as pixels, once nothing moves any more. */
async function drawing(page: Page): Promise<string> {
  const chart = page.getByRole('figure').first();
  let before = '';
  await expect
    .poll(async () => {
      const last = before;
      before = (await chart.screenshot()).toString('base64');
      return before === last;
    })
    .toBe(true);
  return before;
}

/** Share of the pixels of two images that differ to the eye; 1 where the sizes do. */
const differing = (page: Page, a: string, b: string): Promise<number> =>
  page.evaluate(
    async (images) => {
      const [one, other] = await Promise.all(
        images.map(async (text) => {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height);
        }),
      );
      if (!one || !other || one.width !== other.width || one.height !== other.height) return 1;
      let count = 0;
      for (let i = 0; i < one.data.length; i += 4) {
        const far = [0, 1, 2].some((k) => Math.abs((one.data[i + k] ?? 0) - (other.data[i + k] ?? 0)) > 64);
        if (far) count += 1;
      }
      return count / (one.data.length / 4);
    },
    [a, b],
  );

test('saved or sent, it opens in a browser without WebGPU: the same evaluations, table, verdicts and drawing', async () => {
  const { page } = watched;
  const here = await read(page);
  const link = await sharedLink(page);
  await button(page, 'Export').click();
  const save = button(page, 'Results (.json)');
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  await page.keyboard.press('Escape');
  expect(download.suggestedFilename()).toBe('rewarm-figure-5-XS-1-seed.json');
  const file = await download.path();
  const text = readFileSync(file, 'utf8');
  const bare = await launch({ adapter: false });
  try {
    const other = await openPage(bare, `${site.url}#/file`);
    await other.page.getByLabel('Open files of results').setInputFiles(file);
    await other.page.getByRole('heading', { level: 1, name: /^How much old text/ }).waitFor();
    expect(await read(other.page)).toEqual(here);
    await looksRight(other.page);
    const drawn = await drawing(other.page);
    // A link rounds what lies along the curves: numbers and verdicts stay, and the drawing to the eye.
    const sent = await openPage(bare, link);
    await sent.page.getByRole('heading', { level: 1, name: /^How much old text/ }).waitFor();
    const [, , ...said] = await read(sent.page);
    expect(said).toEqual(here.slice(2));
    expect(await differing(sent.page, drawn, await drawing(sent.page))).toBeLessThan(0.01);
    expect(sent.errors).toEqual([]);
    // The same by dropping it, on any page; what is no file of results is refused by name, and nothing else changes.
    await other.page.goto(`${site.url}#/about`);
    await drop(other.page, 'cut.json', text.slice(0, text.length / 2));
    await other.page.getByRole('status').filter({ hasText: 'cut.json is not valid JSON' }).waitFor();
    expect(other.page.url()).toContain('#/about');
    await drop(other.page, 'dropped.json', text);
    await other.page.getByRole('heading', { level: 1, name: /^How much old text/ }).waitFor();
    expect(await read(other.page)).toEqual(here);
    expect(other.errors).toEqual([]);
  } finally {
    await bare.close();
  }
});

/** As a person drops a file from their desktop. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName = '', content = '']) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName, { type: 'application/json' }));
      for (const kind of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    [name, text],
  );
}

test('the charts as tables; an arm that is left out leaves them', async () => {
  const { page } = watched;
  await button(page, /^Table$/).click();
  const heads = () =>
    page
      .getByRole('region', { name: /^Old data \(D0\)/ })
      .getByRole('columnheader')
      .allInnerTexts();
  expect(await heads()).toEqual(['tokens', 'no replay', '50 % replay']);
  await arm(page, '50 % replay done').uncheck();
  expect(await heads()).toEqual(['tokens', 'no replay']);
  await looksRight(page);
  await button(page, /^Chart$/).click();
  await looksRight(page);
});

test('trained arms write, and after a reload they are there again', async () => {
  const { page, errors } = watched;
  await button(page, 'Write samples').click();
  await button(page, 'Write again').waitFor({ timeout: 2 * minute });
  expect(await page.getByRole('definition').count()).toBeGreaterThan(8);
  await page.reload();
  await arm(page, 'no replay reused').waitFor({ timeout: minute });
  expect(await claims(page).innerText()).toContain('Seen once');
  expect(errors).toEqual([]);
});
