// The invented languages: the same everywhere, packed like real text, and as different as asked.

import { describe, expect, it } from 'vitest';
import { syntheticTextData } from '../../src/data/synthetic';
import type { TextData } from '../../src/data/text';

/** Validation windows of a source, end to end. */
function sample(data: TextData, name: string): string {
  return new TextDecoder().decode(data.source(name).validationWindows(16_000, 2000));
}

/** Mean bits a letter of `text` under the letter pairs of `model`, each pair counted once more than seen. */
function pairBits(model: string, text: string): number {
  const counts = new Map<string, number>();
  const totals = new Map<string, number>();
  for (let i = 1; i < model.length; i++) {
    const pair = model.slice(i - 1, i + 1);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
    totals.set(pair[0]!, (totals.get(pair[0]!) ?? 0) + 1);
  }
  let bits = 0;
  for (let i = 1; i < text.length; i++) {
    const pair = text.slice(i - 1, i + 1);
    bits -= Math.log2(((counts.get(pair) ?? 0) + 1) / ((totals.get(pair[0]!) ?? 0) + 23));
  }
  return bits / (text.length - 1);
}

/** How much worse the letter pairs of A foretell B than those of B do. */
function gap(data: TextData): number {
  const b = sample(data, 'synthetic-b');
  return pairBits(sample(data, 'synthetic-a'), b) - pairBits(b, b);
}

describe('syntheticTextData', () => {
  it('offers two languages and their splits', () => {
    const data = syntheticTextData({ bytes: 60_000 });
    expect(data.names()).toEqual(
      ['synthetic-a', 'synthetic-b'].flatMap((name) => [name, `${name}/1`, `${name}/2`, `${name}/3`]),
    );
    for (const entry of data.entries()) {
      expect(entry.blocks).toBe(27);
      expect(entry.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('never changes for one seed, and changes with the seed', () => {
    const hashes = (seed: number) =>
      syntheticTextData({ seed, bytes: 60_000 })
        .entries()
        .map((entry) => entry.sha256.slice(0, 16));
    expect(hashes(1)).toEqual(['8d6af41342eb9b61', 'b71aaa4256f24a46']);
    expect(hashes(2)).not.toEqual(hashes(1));
  });

  it('uses one alphabet for both', () => {
    const data = syntheticTextData();
    const alphabet = (name: string) => [...new Set(sample(data, name))].sort().join('');
    expect(alphabet('synthetic-a')).toBe(' .abcdefghiklmnoprstuw');
    expect(alphabet('synthetic-b')).toBe(alphabet('synthetic-a'));
  });

  it('is as different as asked', () => {
    const gaps = [0, 0.3, 1].map((difference) => gap(syntheticTextData({ difference })));
    console.log(`gap in bits a letter at differences 0, 0.3, 1: ${gaps.map((bits) => bits.toFixed(3)).join(', ')}`);
    // Two samples of one language: only the counts of about 400 pairs in 16 kB differ, some 400 / (2 ln 2 * 16,000).
    expect(Math.abs(gaps[0]!)).toBeLessThan(5 * (400 / (2 * Math.LN2 * 16_000)));
    expect(gaps[1]!).toBeGreaterThan(gaps[0]!);
    expect(gaps[2]!).toBeGreaterThan(gaps[1]!);
    expect(gaps[2]!).toBeGreaterThan(0.5);
  });

  it('says when too little text is asked for', () => {
    expect(() => syntheticTextData({ bytes: 20_000 })).toThrow(
      /"synthetic-a" has \d+ bytes of text; at least 25 kB are needed\./,
    );
  });
});
