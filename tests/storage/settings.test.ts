// Small settings against stores of text that work, hold rubbish or refuse.

import { describe, expect, test } from 'vitest';
import { pageShapes } from '../../src/storage/choices';
import { Settings, type TextStore } from '../../src/storage/settings';
import { text } from './memory';

const refusing = (): TextStore => {
  throw new DOMException('blocked', 'SecurityError');
};

describe('settings', () => {
  test('are read back by another page, and forgotten', () => {
    const kept = text();
    new Settings(pageShapes, () => kept).write('theme', 'dark');
    const later = new Settings(pageShapes, () => kept);
    expect(later.read('theme')).toBe('dark');
    later.forget('theme');
    expect(later.read('theme')).toBeNull();
  });

  test('of an unknown shape or not JSON are absent', () => {
    const kept = text();
    kept.held.set('rewarm.theme', '42');
    kept.held.set('rewarm.keys', '{');
    const settings = new Settings(pageShapes, () => kept);
    expect(settings.read('theme')).toBeNull();
    expect(settings.read('keys')).toBeNull();
  });

  test('last as long as the page where the browser refuses', () => {
    const settings = new Settings(pageShapes, refusing);
    expect(settings.read('theme')).toBeNull();
    settings.write('theme', 'dark');
    expect(settings.read('theme')).toBe('dark');
    settings.forget('theme');
    expect(settings.read('theme')).toBeNull();
  });

  test('in two stores: the first that has a right one is believed, and one that refuses does not keep the other', () => {
    const [tab, browser] = [text(), text()];
    const settings = (...stores: (() => TextStore)[]) => new Settings(pageShapes, ...stores);
    settings(
      () => tab,
      () => browser,
    ).write('theme', 'dark');
    settings(() => browser).write('theme', 'light');
    expect(
      settings(
        () => tab,
        () => browser,
      ).read('theme'),
    ).toBe('dark');
    tab.held.set('rewarm.theme', '"pink"');
    expect(
      settings(
        () => tab,
        () => browser,
      ).read('theme'),
    ).toBe('light');
    settings(refusing, () => browser).write('theme', 'dark');
    expect(settings(() => browser).read('theme')).toBe('dark');
    settings(refusing, () => browser).forget('theme');
    expect(settings(() => browser).read('theme')).toBeNull();
  });
});
