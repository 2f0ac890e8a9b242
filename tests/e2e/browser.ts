// A real Chromium, with or without a WebGPU adapter, and pages in it whose every error is kept.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium, installCommand } from '../driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const flags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // A name that is not this machine's own, so that a page is what plain http makes of it.
  '--host-resolver-rules=MAP plain.test 127.0.0.1',
  // Containers give /dev/shm too little room for a page.
  '--disable-dev-shm-usage',
];

/** With `adapter`, WebGPU computes on SwiftShader; without, Chromium knows WebGPU and finds no adapter. */
export function launch(options: { readonly adapter: boolean }): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(`No Chromium was found. Install one: ${installCommand}`);
  const args = options.adapter ? [...flags, '--enable-unsafe-webgpu'] : flags;
  return chromium.launch({ executablePath, args: ['--headless=new', ...args], headless: true });
}

export interface WatchedPage {
  readonly page: Page;
  /** Uncaught errors, console errors and failed requests since the page was opened. */
  readonly errors: readonly string[];
}

/** A page with nothing remembered from earlier ones. */
export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => errors.push(`request: ${request.url()} ${request.failure()?.errorText ?? ''}`));
  await page.goto(url);
  return { page, errors };
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** Accessibility findings on what is on screen, as `rule: first element`. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html ?? ''}`);
}
