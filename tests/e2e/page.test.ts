// What every page has: a name in its tab, an answer to any address, keys that press what can be seen, copying, and room on
// the narrowest of phones. Results are made up; nothing trains but for a step.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FigureId } from '../../src/experiment/figures';
import { accessibilityFindings, launch, openPage, type WatchedPage } from './browser';
import { button, choose } from './lab';
import { madeUpResults } from './results';
import { type Site, serveSite } from './site';

const minute = 60_000;
let site: Site;
let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  site = await serveSite(true);
  browser = await launch({ adapter: false });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

beforeEach(async () => {
  watched = await openPage(browser, site.url);
});

afterEach(() => watched.page.context().close());

const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Waits until the machine is known: nothing is still on its way, and the line that says so moves nothing any more. */
const settled = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'usable graphics card' }).waitFor({ timeout: minute });

async function reload(page: Page): Promise<void> {
  await settled(page);
  await page.reload();
}

async function openResults(page: Page, id: FigureId | null): Promise<void> {
  const file = { name: 'made-up.json', mimeType: 'application/json', buffer: Buffer.from(madeUpResults(id)) };
  await go(page, '#/file');
  await page.getByLabel('Open files of results').setInputFiles(file);
  await page.getByRole('table', { name: /^Final losses/ }).waitFor();
}

describe('an address', () => {
  test.each([
    ['#/', 'What does a model forget when new data arrives?', 'Lab · Rewarm'],
    ['#/figures', 'What happens when a trained model meets new data?', 'Figures · Rewarm'],
    ['#/fig/7', 'Does a larger model forget less?', 'Figure 7: Does a larger model forget less? · Rewarm'],
    ['#/file', 'Results from a file', 'Results from a file · Rewarm'],
    ['#/about', 'About', 'About · Rewarm'],
    ['#/bench', 'Bench', 'Bench · Rewarm'],
    ['#/nonsense', 'There is no such page.', 'No such page · Rewarm'],
    ['#/fig/99', 'There is no such page.', 'No such page · Rewarm'],
  ])('%s shows its page, and the tab is called after it', async (hash, heading, tab) => {
    const { page, errors } = watched;
    await go(page, hash);
    await title(page, heading);
    await expect.poll(() => page.title()).toBe(tab);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('of a figure with more behind it opens the figure and says what was left out', async () => {
    const { page } = watched;
    await go(page, '#/fig/5?shift=strong&colour=red');
    await title(page, /^How much old text/);
    await page.getByRole('status').filter({ hasText: 'was left out' }).waitFor();
  });
});

describe('a key', () => {
  const scrolled = (page: Page) => page.evaluate(() => scrollY);

  test.each(['#/about', '#/figures', '#/bench', '#/nonsense'])(
    'on %s is the browser’s, and starts nothing',
    async (hash) => {
      const { page } = watched;
      await go(page, hash);
      await page.setViewportSize({ width: 1000, height: 300 });
      for (const key of ['s', 'n', 't', 'k', ' ']) await page.keyboard.press(key);
      if (hash === '#/about') await expect.poll(() => scrolled(page)).toBeGreaterThan(100);
      await page.setViewportSize({ width: 1280, height: 800 });
      await go(page, '#/');
      await button(page, /^Run/).waitFor();
      expect(await button(page, 'Stop').count()).toBe(0);
      expect(await button(page, /^Remove /).count()).toBe(0);
      expect(await button(page, 'Table').count()).toBe(1);
    },
  );

  test('in the Lab presses its button, but not while something else has the focus that needs it', async () => {
    const { page, errors } = watched;
    await button(page, /^Run.*here$/).waitFor({ timeout: minute });
    await page.getByText('Shape both schedules').focus();
    await page.keyboard.press(' ');
    await page.getByRole('link', { name: 'About' }).focus();
    await page.keyboard.press(' ');
    await choose(page, 'Replay', '5 % replay');
    await page.keyboard.press(' ');
    expect(await button(page, 'Stop').count()).toBe(0);
    await page.keyboard.press('n');
    await button(page, 'Remove re-warm, 5 % replay').waitFor();
    await page.keyboard.press('t');
    await button(page, 'Chart').click();
    await page.keyboard.press('s');
    await button(page, 'Resume').waitFor({ timeout: minute });
    // Elsewhere the run is not seen, and stays as it is.
    await go(page, '#/about');
    await title(page, 'About');
    await page.keyboard.press(' ');
    await go(page, '#/');
    await button(page, 'Resume').waitFor();
    // A chart is for reading values; its own keys are arrows and the like.
    await page.getByRole('slider', { name: /^Read values of: Old/ }).focus();
    await page.keyboard.press(' ');
    expect(await button(page, 'Resume').count()).toBe(1);
    await page.keyboard.press('l');
    expect(await button(page, 'log y').getAttribute('aria-pressed')).toBe('true');
    await page.mouse.click(5, 790);
    await page.keyboard.press(' ');
    await button(page, 'Pause').waitFor();
    await button(page, 'Stop').click();
    expect(errors).toEqual([]);
  });

  test('does nothing once keys are switched off, also after a reload', async () => {
    const { page } = watched;
    await button(page, 'Table').waitFor();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('checkbox', { name: 'Single keys work' }).uncheck();
    expect(await dialog.getByText('Charts or tables').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    for (const key of ['t', 'n', '?']) await page.keyboard.press(key);
    await reload(page);
    await button(page, 'Table').waitFor();
    for (const key of ['t', 'n', '?']) await page.keyboard.press(key);
    expect(await dialog.count()).toBe(0);
    expect(await button(page, 'Chart').count()).toBe(0);
    expect(await button(page, /^Remove /).count()).toBe(0);
    await button(page, 'Keys').click();
    await dialog.getByRole('checkbox', { name: 'Single keys work' }).check();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('t');
    await button(page, 'Chart').waitFor();
  });
});

describe('what was chosen', () => {
  const chosen = (page: Page, group: string, name: string) =>
    page.getByRole('group', { name: group }).getByRole('radio', { name, exact: true }).isChecked();

  test('is there again after a reload, in this tab as it was, and goes back to the defaults by a button', async () => {
    const { page, errors } = watched;
    await choose(page, 'Shift', 'strong');
    await choose(page, 'Tokens', '25 %');
    await choose(page, 'Replay', '5 % replay');
    await button(page, /^\+ add/).click();
    await go(page, '#/fig/5');
    await choose(page, 'Training text', '10 %');
    await page.getByRole('checkbox', { name: 'Strong shift' }).uncheck();
    // Another tab begins with this, and what is changed there stays there.
    const other = await page.context().newPage();
    await other.goto(site.url);
    await button(other, /^Remove re-warm, 5 % replay/).waitFor();
    expect(await chosen(other, 'Shift', 'strong')).toBe(true);
    await choose(other, 'Shift', 'none');
    await reload(page);
    await title(page, /^How much old text/);
    expect(await chosen(page, 'Training text', '10 %')).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Strong shift' }).isChecked()).toBe(false);
    await go(page, '#/');
    await button(page, /^Remove re-warm, 5 % replay/).waitFor();
    expect(await chosen(page, 'Shift', 'strong')).toBe(true);
    expect(await chosen(page, 'Tokens', '25 %')).toBe(true);
    await button(page, 'Back to the defaults').click();
    await reload(page);
    await button(page, 'Table').waitFor();
    expect(await chosen(page, 'Shift', 'weak')).toBe(true);
    expect(await button(page, /^Remove /).count()).toBe(0);
    expect(await button(page, 'Back to the defaults').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('of another machine or broken does no harm', async () => {
    const { page, errors } = watched;
    await page.evaluate(() => {
      localStorage.setItem('rewarm.lab', '{"setting":{"shift":"weak"');
      const study = { scale: 'L', seeds: 3, budget: 1 };
      localStorage.setItem('rewarm.figures', JSON.stringify({ study, choices: {} }));
    });
    await reload(page);
    await page
      .getByRole('status')
      .filter({ hasText: 'Size L is too large for this machine' })
      .waitFor({ timeout: minute });
    expect(await chosen(page, 'Model', 'XS')).toBe(true);
    await go(page, '#/fig/5');
    await title(page, /^How much old text/);
    expect(await chosen(page, 'Model', 'XS')).toBe(true);
    expect(await chosen(page, 'Seeds', '3')).toBe(true);
    expect(errors).toEqual([]);
  });

  test('is cleared on About', async () => {
    const { page } = watched;
    await settled(page);
    await choose(page, 'Shift', 'strong');
    await go(page, '#/about');
    await button(page, 'Clear everything kept here').click();
    await button(page, 'Clear everything kept here').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await reload(page);
    await go(page, '#/');
    await button(page, 'Table').waitFor();
    expect(await chosen(page, 'Shift', 'weak')).toBe(true);
  });
});

describe('a sentence of a verdict', () => {
  const copy = (page: Page) => button(page, 'Copy sentence').first();
  const selected = (page: Page) => page.evaluate(() => getSelection()?.toString() ?? '');

  test('is copied', async () => {
    const { page } = watched;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await openResults(page, '5');
    await copy(page).click();
    await button(page, 'Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\(Ibrahim et al\. 2024.*\): \w/);
  });

  test('is shown selected over plain http, which has no clipboard', async () => {
    const { page, errors } = await openPage(browser, site.url.replace('localhost', 'plain.test'));
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await openResults(page, '5');
    await copy(page).click();
    await page.getByText('press Ctrl and C').waitFor();
    const text = await page.getByRole('textbox', { name: 'Copy sentence' }).inputValue();
    expect(text).toMatch(/\(Ibrahim et al\. 2024.*\): \w/);
    expect(await selected(page)).toBe(text);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe('at the width of a phone nothing is wider than the screen', () => {
  const over = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  async function fits(page: Page): Promise<void> {
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 700 });
      await expect.poll(() => over(page)).toBeLessThanOrEqual(0);
    }
  }

  test('before anything has run', async () => {
    const { page } = watched;
    for (const hash of ['#/', '#/figures', '#/fig/3', '#/fig/5', '#/about', '#/bench', '#/file', '#/nonsense']) {
      await go(page, hash);
      await page.getByRole('main').waitFor();
      await fits(page);
    }
    await button(page, 'Keys').click();
    await fits(page);
  });

  test.each([null, '3', '4', '5', '6', '7', '8', '9', '10', 'gupta-5'] as const)(
    'with results of figure %s',
    async (id) => {
      const { page } = watched;
      await openResults(page, id);
      await fits(page);
      await button(page, /^Table$/).click();
      await fits(page);
    },
  );
});
