// The coder under every link: whatever is written is read again.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decoder, Encoder } from '../../src/link/coder';
import { NumberCoder } from '../../src/link/numbers';
import { TextCoder } from '../../src/link/text';

test('numbers of every size', () => {
  const size = 2 ** 40 - 2;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -size, max: size }))),
      (values) => {
        const encoder = new Encoder();
        const written = new NumberCoder(encoder);
        for (const [i, value] of values.entries()) written.signed(`of ${i % 3}`, value);
        const read = new NumberCoder(new Decoder(encoder.finish()));
        expect(values.map((_, i) => read.signed(`of ${i % 3}`))).toEqual(values);
      },
    ),
    { numRuns: 2000 },
  );
});

test('texts of every letter, one after another', () => {
  const text = fc.string({ unit: 'grapheme' }).map((one) => JSON.stringify(one));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3 }), (texts) => {
      const encoder = new Encoder();
      const written = new TextCoder(encoder, '"known"');
      for (const one of texts) written.write(one);
      const read = new TextCoder(new Decoder(encoder.finish()), '"known"');
      expect(texts.map(() => read.read(100_000))).toEqual(texts);
    }),
    { numRuns: 300 },
  );
});

test('a text that both know costs next to nothing', () => {
  const known = JSON.stringify({ arms: ['floor', 'rewarm'], schedule: { kind: 'cosine', warmup: 0.01 } }).repeat(3);
  const encoder = new Encoder();
  new TextCoder(encoder, known).write(known);
  expect(encoder.finish().length).toBeLessThan(0.1 * known.length);
});
