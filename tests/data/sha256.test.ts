// SHA-256 against Node's own, at every length around the padding's borders, with and without the platform's.

import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf, sha256 } from '../../src/data/sha256';

afterEach(() => vi.unstubAllGlobals());

describe('sha256', () => {
  it('agrees with node:crypto for 0 to 200 bytes and for a million', () => {
    for (const length of [...Array.from({ length: 201 }, (_, i) => i), 1_000_000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + length) & 255);
      expect(sha256(bytes), `${length} bytes`).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('reads a part of a larger buffer', () => {
    const whole = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
    expect(sha256(whole.subarray(7, 207))).toBe(createHash('sha256').update(whole.slice(7, 207)).digest('hex'));
  });

  it.each([
    ['a secure page', () => {}],
    ['plain http', () => vi.stubGlobal('crypto', {})],
  ])('is the same on %s', async (_, stub) => {
    stub();
    const whole = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
    for (const part of [whole.subarray(0, 0), whole.subarray(7, 207)]) expect(await digestOf(part)).toBe(sha256(part));
  });
});
