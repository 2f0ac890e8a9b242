import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses, so that the built site works under any path.
  base: './',
  worker: { format: 'es' },
  build: { target: 'es2023' },
  test: { include: ['tests/**/*.test.ts'], exclude: ['tests/node_modules/**', 'tests/e2e/**'], pool: 'forks', testTimeout: 60_000 },
});
