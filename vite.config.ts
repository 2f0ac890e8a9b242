import { defineConfig } from 'vite';
import { packCorpora } from './src/data/packing/plugin.ts';

export default defineConfig({
  plugins: [packCorpora()],
  // Relative addresses, so that the built site works under any path.
  base: './',
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // tests/size.mjs holds the budget.
    chunkSizeWarningLimit: 700,
    // React libraries mark themselves for server rendering, which there is none of.
    rolldownOptions: { checks: { moduleLevelDirective: false, bundlerTimings: false } },
  },
});
