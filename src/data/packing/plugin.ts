// The Vite plugin that packs corpora before anything is served, built or tested. REWARM_GERMAN=large adds the large
// German corpus, for one's own machine only. Vite's config files import this file, so it imports nothing of the
// project itself: the packer is loaded by Vite, which can read the project's TypeScript.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, runnerImport } from 'vite';

export function packCorpora(): Plugin {
  return {
    name: 'rewarm:pack-corpora',
    async configResolved(config) {
      const packer = fileURLToPath(new URL('./pack.ts', import.meta.url));
      const { module } = await runnerImport<typeof import('./pack')>(packer);
      const { skipped } = module.packAll({
        root: config.root,
        folder: join(config.root, 'public', 'corpora'),
        largeGerman: process.env['REWARM_GERMAN'] === 'large',
        log: (line) => config.logger.info(line),
      });
      for (const { name, reason } of skipped) config.logger.warn(`corpus ${name} is left out: ${reason}`);
    },
  };
}
