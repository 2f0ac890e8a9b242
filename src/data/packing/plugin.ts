// The Vite plugin that packs corpora before anything is served, built or tested. REWARM_GERMAN=large adds the large
// German corpus, for one's own machine only.

import { join } from 'node:path';
import type { Plugin } from 'vite';
import { packAll } from './pack';

export function packCorpora(): Plugin {
  return {
    name: 'rewarm:pack-corpora',
    configResolved(config) {
      packAll({
        root: config.root,
        folder: join(config.root, 'public', 'corpora'),
        largeGerman: process.env['REWARM_GERMAN'] === 'large',
        log: (line) => config.logger.info(line),
      });
    },
  };
}
