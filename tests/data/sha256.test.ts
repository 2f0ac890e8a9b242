// SHA-256 against Node's own, at every length around the padding's borders, with and without the platform's.

import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { sha256 } from '../../src/data/sha256';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['a secure page', () => {}],
  ['plain http', () => vi.stubGlobal('crypto', {})],
])('agrees with node:crypto on %s', async (_, stub) => {
  stub();
  for (const length of [...Array.from({ length: 201 }, (_, i) => i), 1_000_000]) {
    // A part of a larger buffer.
    const bytes = Uint8Array.from({ length: length + 9 }, (_, i) => (i * 167 + length) & 255).subarray(7, 7 + length);
    expect(await sha256(bytes), `${length} bytes`).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});
