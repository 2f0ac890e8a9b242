// Links that were cut, changed, forged or encoded again: opened exactly, or refused in one sentence. Nothing else is thrown.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { resultsIn, viewAddress } from '../../src/link/address';
import { LinkError, sealed, unsealed } from '../../src/link/envelope';
import { openResultsLink, resultsLink } from '../../src/link/results';
import { madeUpResults } from './made_up';

const parts = figures['9'].parts({ scale: 'XS', seeds: [1], budget: 0.1 });
const link = resultsLink(madeUpResults('9', parts, { noise: 0.01, seed: 3, done: 1 }));
const exact = JSON.stringify([...openResultsLink(link).records]);

/** `same` for a link that opened exactly, else the sentence; anything else fails the test. */
function opened(text: string): string {
  try {
    return JSON.stringify([...openResultsLink(text).records]) === exact ? 'same' : 'other';
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    expect(error.message).toMatch(/^[A-Z].*\.$/s);
    return error.message;
  }
}

describe('a link that is', () => {
  test('cut anywhere says that it was cut', () => {
    for (let length = 14; length < link.length; length++) {
      expect(opened(link.slice(0, length))).toBe(
        `This link was cut off on the way (${link.length.toLocaleString('en')} characters expected, ` +
          `${length.toLocaleString('en')} arrived). Ask for it again, or for the file.`,
      );
    }
    for (let length = 0; length < 14; length++)
      expect(opened(link.slice(0, length))).toMatch(/cut off|begin with a version/);
  });

  test.each<[string, string, RegExp]>([
    ['newer', link.replace('1.', '2.'), /newer version of the lab\. Reload/],
    ['of no version', link.replace('1.', '0.'), /never was/],
    ['foreign', 'https://example.org/', /does not begin with a version/],
    ['nothing', '', /does not begin with a version/],
    ['huge', `1.${'A'.repeat(3_000_000)}`, /far larger/],
    ['all zeros', `1.${'A'.repeat(100)}`, /something else|cut|does not hold/],
  ])('%s', (_, text, sentence) => {
    expect(opened(text)).toMatch(sentence);
  });

  test('changed in up to three letters is never opened as something else', () => {
    let refused = 0;
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%+ é\0');
    const change = fc.tuple(fc.nat(link.length - 1), letter);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const letters = [...link];
        for (const [place, to] of changes) letters[place] = to;
        const changed = letters.join('');
        const result = opened(changed);
        // The last letter has bits that no byte has.
        if (result === 'same') expect(letters.slice(0, -1).join('')).toBe(link.slice(0, -1));
        else refused++;
        expect(result).not.toBe('other');
      }),
      { numRuns: 10_000 },
    );
    expect(refused).toBeGreaterThan(9_000);
  });

  test('forged, with a checksum that fits, is read or refused', () => {
    const content = unsealed(link);
    let longest = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const forged = content.slice();
          for (const [place, value] of changes) forged[place] = value;
          const begin = performance.now();
          opened(sealed(forged));
          longest = Math.max(longest, performance.now() - begin);
        },
      ),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => void opened(sealed(bytes))),
      { numRuns: 200 },
    );
    console.log(`the longest of the forged took ${longest.toFixed(0)} ms`);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('an address', () => {
  const address = `https://example.org/lab/${viewAddress(link)}`;

  it.each<[string, string]>([
    ['as it is', address],
    ['encoded', encodeURIComponent(address)],
    ['encoded twice', encodeURIComponent(encodeURIComponent(address))],
    ['its hash encoded', address.replace(/#.*/, (hash) => encodeURIComponent(hash))],
    ['with a full stop', `${address}.`],
    ['with a slash', `${address}/`],
    ['in brackets', `(${address})`],
    ['in angle brackets, as mail does', `<${address}>`],
    ['in quotation marks', `"${address}"`],
    ['in typographic ones', `“${address}”`],
    ['bold in Slack', `*${address}*`],
    ['as code', `\`${address}\``],
    ['as a Markdown link', `[result](${address})`],
    ['as Slack sends it', `<${address}|result>`],
    ['with marks of a campaign', `${address}&utm_source=mail`],
    ['as HTML', address.replace('?', '?x=1&amp;')],
    ['broken into lines', address.replaceAll(/.{76}/g, '$&\r\n')],
    ['quoted-printable', address.replaceAll(/.{75}/g, '$&=\r\n')],
    ['with a space that cannot be seen', `${address.slice(0, 200)}\u200b${address.slice(200)}`],
    ['in a sentence', `Look at ${address}, it forgets.`],
  ])('%s opens what was sent', (_, text) => {
    expect(opened(resultsIn(text) ?? '')).toBe('same');
  });

  it('ends where its letters do, also in those that a sentence might end with', () => {
    const ends = new Set<string>();
    for (let seed = 1; ends.size < 64 && seed < 2000; seed++) {
      const bytes = Uint8Array.from({ length: 7 }, (_, i) => (seed * 37 + i * 11 + (seed >> 3)) % 256);
      const letters = sealed(bytes);
      ends.add(letters.at(-1) ?? '');
      for (const text of [viewAddress(letters), `(${viewAddress(letters)}).`, `_${viewAddress(letters)}_`])
        expect([...unsealed(resultsIn(text) ?? '')]).toEqual([...bytes]);
    }
    expect(ends).toContain('_');
  });

  it.each(['', '#/fig/5', 'https://example.org/', '%', '%E0%A4%A', '#/view', '#/view?x=1'])('%s holds none', (text) => {
    expect(resultsIn(text)).toBeNull();
  });
});
