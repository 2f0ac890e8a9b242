// Builds the site once before the browser tests.

import { resolve } from 'node:path';
import { build } from 'vite';

export default async function setup(): Promise<void> {
  await build({ root: resolve(import.meta.dirname, '../..'), logLevel: 'error' });
}
