// Short names at the ends of lines: what tells arms apart, in little room.

import { describe, expect, test } from 'vitest';
import { ownNames } from '../../src/drawing/names';

describe("arms of an experiment of one's own", () => {
  test('are called what they differ in', () => {
    expect(ownNames(['re-warm', 're-warm, 25 % replay'])).toEqual(['re-warm', '25 % replay']);
    expect(ownNames(['re-warm, 5 % replay', 'constant, 5 % replay'])).toEqual(['re-warm', 'constant']);
  });

  test('keep their whole name where they are alone, and where the short one is taken', () => {
    expect(ownNames(['re-warm'])).toEqual(['re-warm']);
    expect(ownNames(['a, x', 'x, a'])).toEqual(['a, x', 'x, a']);
  });

  test('are cut to what the space beside a chart holds', () => {
    const [name = ''] = ownNames(['all of the old and the new data at once']);
    expect(name).toBe('all of the ol…');
  });
});
