// Small settings against a local storage that works, holds rubbish or refuses.

import { describe, expect, test } from 'vitest';
import { Settings } from '../../src/storage/settings';

describe('settings', () => {
  const isText = (value: unknown): value is string => typeof value === 'string';
  const text = () => {
    const held = new Map<string, string>();
    return {
      held,
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
      removeItem: (key: string) => void held.delete(key),
    };
  };

  test('are read back by another page, and forgotten', () => {
    const kept = text();
    new Settings(() => kept).write('theme', 'dark');
    const later = new Settings(() => kept);
    expect(later.read('theme', isText)).toBe('dark');
    later.forget('theme');
    expect(later.read('theme', isText)).toBeNull();
  });

  test('of an unknown shape or not JSON are absent', () => {
    const kept = text();
    kept.held.set('rewarm.theme', '42');
    kept.held.set('rewarm.other', '{');
    const settings = new Settings(() => kept);
    expect(settings.read('theme', isText)).toBeNull();
    expect(settings.read('other', isText)).toBeNull();
  });

  test('last as long as the page where the browser refuses', () => {
    const settings = new Settings(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(settings.read('theme', isText)).toBeNull();
    settings.write('theme', 'dark');
    expect(settings.read('theme', isText)).toBe('dark');
    settings.forget('theme');
    expect(settings.read('theme', isText)).toBeNull();
  });
});
