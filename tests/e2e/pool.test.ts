// What several people send as one, and what somebody sent trained again here: a class board without a server, and a proof that
// two machines computed the same.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCorpora } from '../../src/cli/corpora';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { ownPart } from '../../src/experiment/figures/own';
import { plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import { parseResults } from '../../src/experiment/saved';
import { resultsLink } from '../../src/link/results';
import { withFreshOptimizer } from '../../src/train/initialize';
import { lockstepShape } from '../../src/train/shape';
import { validationLosses, validationSet } from '../../src/train/validation';
import { openWeights } from '../../src/train/weights';
import { madeUpResults } from '../link/made_up';
import { accessibilityFindings, launch, openPage } from './browser';
import { button } from './lab';
import { type Site, serveSite } from './site';
import { readZip } from './zip';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await serveSite(true);
  browser = await launch({ adapter: true });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

const few = (seed: number) => ({ ...preset('weak', { scale: 'XS', seeds: [seed], steps: 6 }), name: 'few steps' });
const link = (seed: number) =>
  `${site.url}#/view?r=${resultsLink(madeUpResults(null, [ownPart(few(seed))], { noise: 0.01, seed, done: 1 }))}`;

/** As a person pastes with nothing in focus. */
const paste = (page: Page, text: string) =>
  page.evaluate((data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', data);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);

/** Saves the weights of the last run as files, and measures them with another engine on the text that they were measured on. */
async function weightsKeepTheirLoss(page: Page): Promise<ReadonlyMap<string, Buffer>> {
  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Weights (.zip)' }).click(),
  ]);
  const files = readZip(readFileSync(await download.path()));
  const [results] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Results (.json)' }).click(),
  ]);
  await page.keyboard.press('Escape');
  const { parts, records } = parseResults(readFileSync(await results.path(), 'utf8'));
  const [part] = parts;
  const node = part && plan(part.experiment).nodes.at(-1);
  const weights = files.get('model.safetensors');
  if (!node || !weights) throw new Error('something was not saved');
  const { parameters } = await openWeights(weights, JSON.parse(files.get('config.json')?.toString() ?? ''));
  const lockstep = await createReferenceEngine().open(lockstepShape(node, 1));
  lockstep.write(0, withFreshOptimizer(parameters));
  const text = validationSet(part.experiment, 'curve', await openCorpora(part.experiment));
  const [measured] = await validationLosses(lockstep, text);
  const last = records.get(node.id)?.evaluations.at(-1)?.values ?? [];
  expect(measured).toEqual(last.map((value) => expect.closeTo(value, 4)));
  return files;
}

/** Drops weights with their configuration, and sees that the Lab begins with them. */
async function startsFromThem(page: Page, files: ReadonlyMap<string, Buffer>): Promise<void> {
  await page.keyboard.press('Escape');
  const given = [...files].map(([name, bytes]) => [name, bytes.toString('base64')] as const);
  await page.evaluate(async (all) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of all) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, given);
  await page.getByRole('heading', { name: 'Starts from' }).waitFor();
  await page.getByText('model.safetensors').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.reload();
  await page.getByText('model.safetensors').waitFor();
  await button(page, 'Start from random weights again').click();
  await page.getByText('model.safetensors').waitFor({ state: 'detached' });
}

test('links of a class add up on one page, by name, and can be taken out', async () => {
  const { page, errors } = await openPage(browser, link(1));
  await page.getByText('Results from a link').first().waitFor();
  await paste(page, `Ada: ${link(2)}\nBen: ${link(3)}, Cy: ${link(2)}`);
  const senders = page.getByRole('region', { name: 'Sent by' });
  await senders.waitFor();
  expect(await senders.locator('dt').allInnerTexts()).toEqual(['a link\n×', 'Ada\n×', 'Ben\n×', 'Cy\n×']);
  await senders.getByText('The same as Ada to the last bit: it counts once.').waitFor();
  await page.getByRole('heading', { name: 'Final losses, a mark for each seed' }).waitFor();
  await page.getByText(/mean of 3 seeds/).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await button(page, 'Take Ben out').click();
  await page.getByText(/mean of 2 seeds/).waitFor();
  // By hand, for whoever cannot paste into a page.
  await page.getByRole('textbox', { name: 'Paste links' }).fill(link(4));
  await button(page, 'Open links').click();
  await page.getByText(/mean of 3 seeds/).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  expect(errors).toEqual([]);
  await page.context().close();
});

test('an experiment is trained where it is opened, and what another machine makes of it is compared bit by bit', async () => {
  const { page } = await openPage(browser, `${site.url}#/about`);
  await paste(page, JSON.stringify(few(9)));
  await page.getByText('Settings alone: nothing of it has been trained yet.').waitFor();
  const run = button(page, /^Run it here/);
  await run.click();
  await button(page, /^Run\b.* here$|^Run at once$/).click();
  await button(page, 'All of it is trained here').waitFor({ timeout: 120_000 });
  const files = await weightsKeepTheirLoss(page);
  await button(page, 'Share').click();
  const sent = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  await startsFromThem(page, files);
  await page.context().close();

  const there = await openPage(browser, sent);
  const again = button(there.page, 'Re-run it here');
  await again.waitFor();
  expect(await there.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
  await again.click();
  await button(there.page, /^Run\b.* here$|^Run at once$/).click();
  const compared = there.page.getByRole('region', { name: 'Trained here as well' });
  await expect
    .poll(() => compared.locator('dd').allInnerTexts(), { timeout: 120_000 })
    .toEqual(Array(3).fill('Identical to the last bit.'));
  expect(
    await there.page.locator('svg path[stroke-dasharray="4 4"], svg path[stroke-dasharray="4px, 4px"]').count(),
  ).toBeGreaterThan(0);
  expect(await accessibilityFindings(there.page)).toEqual([]);
  // Somebody's numbers that nothing trained are as far apart as they are.
  await there.page.goto(link(9));
  await there.page.reload();
  await button(there.page, 'Re-run it here').click();
  await expect
    .poll(() => compared.locator('dd').first().innerText())
    .toMatch(/^At most \d\.\d+ nats apart\. Made by another graphics adapter/);
  await there.page.context().close();
});
