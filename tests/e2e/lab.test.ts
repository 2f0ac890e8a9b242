// The main job, as a visitor does it: two arms of the weak shift at size XS, from a fresh page to the final table;
// then the same arm alone, paused, stepped and resumed, which must end with the same numbers.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings, launch, openPage, type WatchedPage } from './browser';
import {
  button,
  cell,
  choose,
  curve,
  evaluations,
  finalLosses,
  firstPhase,
  measuredRun,
  share,
  type Table,
} from './lab';
import { type Site, serveSite } from './site';

const minute = 60_000;
const plain = 're-warm';
const replayed = 're-warm, 25 % replay';

interface Finished {
  readonly finals: Table;
  readonly d0: Table;
  readonly d1: Table;
}

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await serveSite(false);
  browser = await launch({ adapter: true });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

/** From a fresh page to the measured Run button: weak shift, XS, no replay. */
async function freshRecipe(): Promise<WatchedPage> {
  const watched = await openPage(browser, site.url);
  const { page } = watched;
  await choose(page, 'Shift', 'weak');
  await choose(page, 'Model', 'XS');
  await choose(page, 'Replay', '0 % replay');
  await measuredRun(page).waitFor({ timeout: minute });
  return watched;
}

async function readEverything(page: Page): Promise<Finished> {
  await button(page, 'Table').click();
  return { finals: await finalLosses(page), d0: await evaluations(page, 'd0'), d1: await evaluations(page, 'd1') };
}

/** Until the progress bar is gone and the table has the arm's last numbers. */
async function untilFinished(page: Page): Promise<void> {
  await button(page, 'Stop').waitFor({ state: 'detached', timeout: 8 * minute });
}

describe('two arms from a fresh page', () => {
  let watched: WatchedPage;
  let result: Finished | null = null;
  const finished = (): Finished => {
    if (!result) throw new Error('The run with two arms did not finish.');
    return result;
  };

  test('the page says what the run takes here, before Run is pressed', async () => {
    watched = await freshRecipe();
    await button(watched.page, /^(\+|Add arm)/).click();
    await choose(watched.page, 'Replay', '25 % replay');
    await measuredRun(watched.page).waitFor({ timeout: minute });
    expect(await measuredRun(watched.page).innerText()).toMatch(/Run 2 arms\s+about \d+ (s|min) here/);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing before the run, %s', async (colorScheme) => {
    await watched.page.emulateMedia({ colorScheme });
    expect(await accessibilityFindings(watched.page)).toEqual([]);
  });

  test('both arms train to the end', async () => {
    const { page } = watched;
    await measuredRun(page).click();
    await untilFinished(page);
    await expect.poll(async () => (await finalLosses(page)).rows.map(({ name }) => name)).toEqual([plain, replayed]);
    result = await readEverything(page);
  });

  test('another shift takes the curves away, says of what they are, and leads back to them', async () => {
    const { page } = watched;
    const rows = async () => (await evaluations(page, 'd0')).rows.length;
    const before = await rows();
    await choose(page, 'Shift', 'strong');
    await page.getByText("The last run was with presidents' speeches (weak shift).").waitFor();
    expect(await page.getByRole('table', { name: /^Final losses/ }).count()).toBe(0);
    await button(page, 'back to that run').click();
    expect(await rows()).toBe(before);
  });

  test('the old loss falls in the first phase and rises after the switch', () => {
    const before = curve(finished().d0, firstPhase);
    const after = curve(finished().d0, plain);
    const [start = 0, atSwitch = 0, end = 0] = [before[0], before.at(-1), after.at(-1)];
    console.log(`D0: ${start} at the start, ${atSwitch} at the switch, ${end} at the end`);
    // Without any training the loss is that of guessing among 256 bytes, ln 256 = 5.5; text is far below that.
    expect(start).toBeGreaterThan(5);
    expect(atSwitch).toBeLessThan(3);
    expect(end).toBeGreaterThan(atSwitch);
    expect(Number(cell(finished().finals, plain, 'forgotten'))).toBeGreaterThan(0);
  });

  test('the new loss falls after the switch', () => {
    const before = curve(finished().d1, firstPhase);
    const after = curve(finished().d1, plain);
    expect(after.at(-1)).toBeLessThan(before.at(-1) ?? 0);
  });

  test('25 % replay forgets less', () => {
    const without = Number(cell(finished().finals, plain, 'D0 old'));
    const withReplay = Number(cell(finished().finals, replayed, 'D0 old'));
    console.log(`D0 at the end: ${without} without replay, ${withReplay} with 25 %`);
    expect(withReplay).toBeLessThan(without);
  });

  test('pausing, stepping and resuming change no number', async () => {
    const uninterrupted = finished();
    const { page, errors } = await freshRecipe();
    await measuredRun(page).click();
    for (const pauseAt of [0.2, 0.7]) {
      await expect.poll(() => share(page), { timeout: 6 * minute }).toBeGreaterThan(pauseAt);
      await button(page, 'Pause').click();
      await button(page, 'Resume').waitFor();
      const atPause = await share(page);
      await button(page, 'Step').click();
      await expect.poll(() => share(page)).toBeGreaterThan(atPause);
      const afterStep = await share(page);
      await page.waitForTimeout(500);
      expect(await share(page)).toBe(afterStep);
      await button(page, 'Resume').click();
    }
    await untilFinished(page);
    const again = await readEverything(page);
    for (const measure of ['d0', 'd1'] as const) {
      for (const name of [firstPhase, plain]) {
        expect(curve(again[measure], name)).toEqual(curve(uninterrupted[measure], name));
      }
    }
    for (const column of ['D0 old', 'D1 new', 'forgotten', 'learned']) {
      expect(cell(again.finals, plain, column)).toBe(cell(uninterrupted.finals, plain, column));
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing after the run, tables and charts, %s',
    async (colorScheme) => {
      const { page } = watched;
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFindings(page)).toEqual([]);
      await button(page, /^(Chart|Table)$/).click();
      expect(await accessibilityFindings(page)).toEqual([]);
    },
  );

  test('nothing went wrong on the way', () => {
    expect(watched.errors).toEqual([]);
  });
});

describe('the About page', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    const { page, errors } = await openPage(browser, `${site.url}#/about`);
    await page.emulateMedia({ colorScheme });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

test('at 390 px the recipe opens as a sheet and nothing is wider than the screen', async () => {
  const { page, errors } = await openPage(browser, site.url);
  await page.setViewportSize({ width: 390, height: 844 });
  await button(page, 'Recipe').click();
  await page.getByRole('dialog', { name: 'Recipe' }).waitFor();
  await choose(page, 'Shift', 'strong');
  expect(await accessibilityFindings(page)).toEqual([]);
  await button(page, 'Done').click();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
});
