// What decides between the build for visitors and the one for development is the command: not NODE_ENV, which shells and
// the tests' own runner set, and not a file .env.

import { resolve } from 'node:path';
import { resolveConfig } from 'vite';
import { afterEach, describe, expect, test, vi } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

afterEach(() => vi.unstubAllEnvs());

describe.each(['test', 'development', 'production', undefined])('NODE_ENV=%s', (surroundings) => {
  test('npm run build takes the production build of React', async () => {
    vi.stubEnv('NODE_ENV', surroundings);
    const { isProduction, envDir } = await resolveConfig({ root, logLevel: 'error' }, 'build');
    expect({ isProduction, envDir }).toEqual({ isProduction: true, envDir: false });
  });

  test('npm run dev takes the development build', async () => {
    vi.stubEnv('NODE_ENV', surroundings);
    expect((await resolveConfig({ root, logLevel: 'error' }, 'serve')).isProduction).toBe(false);
  });
});

test('a test runs as a test', () => {
  expect(process.env['NODE_ENV']).toBe('test');
});
