// Addresses: every page by its own, and what a hand makes of one; anything else is said to be unknown.

import { describe, expect, test } from 'vitest';
import { figureIds } from '../../src/experiment/figures';
import { routeOf, titleOf } from '../../src/ui/route';

describe('an address', () => {
  test.each([
    ['#/figures', 'gallery'],
    ['#/file', 'file'],
    ['#/about', 'about'],
    ['#about', 'about'],
    ['#/about/', 'about'],
    ['#/bench', 'bench'],
    ['#/nonsense', 'unknown'],
    ['#/fig', 'unknown'],
    ['#/fig/', 'unknown'],
    ['#/fig/99', 'unknown'],
    ['#/fig/5/6', 'unknown'],
    ['#//about', 'unknown'],
    ['#/constructor', 'unknown'],
    ['#/__proto__', 'unknown'],
  ])('%s is the page %s', (hash, page) => {
    expect(routeOf(hash)).toEqual({ page, query: false });
  });

  test.each<[string, string | null, string]>([
    ['', null, ''],
    ['#', null, ''],
    ['#/', null, ''],
    ['#/lab', null, ''],
    ['#/lab.', null, ''],
    ['#lab/', null, ''],
    ['#/lab?x=steps)', null, 'x=steps'],
    ['#/lab?c=1.Ab-_', '1.Ab-_', ''],
    ['#/lab?c=', '', ''],
    ['#/lab?x=steps&c=1.Ab-_9&log=y).', '1.Ab-_9', 'x=steps&log=y'],
    ['#%2Flab%3Fc%3D1.Ab-_9%26x%3Dsteps', '1.Ab-_9', 'x=steps'],
  ])('%s is the Lab with the recipe %s, asked for %s', (hash, letters, asked) => {
    expect(routeOf(hash)).toEqual({ page: 'lab', letters, asked, query: false });
  });

  test.each(figureIds)('of figure %s', (id) => {
    expect(routeOf(`#/fig/${id}`)).toEqual({ page: 'figure', id, asked: '', query: false });
    for (const sent of [
      `#/fig/${id}/?shift=strong&seeds=1,2,3`,
      `#/fig/${id}?shift%3Dstrong%26seeds%3D1%252C2%252C3).`,
    ]) {
      expect(routeOf(sent)).toEqual({ page: 'figure', id, asked: 'shift=strong&seeds=1,2,3', query: false });
    }
  });

  test('of another page with a query says that nothing reads it', () => {
    expect(routeOf('#/about?x=1')).toEqual({ page: 'about', query: true });
  });
});

test.each<[string, string | null, string?]>([
  ['#/view?r=1.Ab-_9', '1.Ab-_9'],
  ['#/view?r=1.Ab-_9_', '1.Ab-_9_'],
  ['#%2Fview%3Fr%3D1.Ab-_9', '1.Ab-_9'],
  ['#/view?r=1.Ab-_9).', '1.Ab-_9'],
  ['#/view?x=1&r=1.Ab-_9&utm_source=chat', '1.Ab-_9', 'x=1&utm_source=chat'],
  ['#/view', null],
  ['#/view?', null],
])('%s holds the results %s', (hash, letters, asked = '') => {
  expect(routeOf(hash)).toEqual({ page: 'link', letters, asked, query: false });
});

test('the name of the tab says how far the run is first', () => {
  expect(titleOf({ page: 'about' }, null)).toBe('About · Rewarm');
  expect(titleOf({ page: 'figure', id: '5', asked: '' }, '43 %')).toMatch(/^\(43 %\) Figure 5: .*\? · Rewarm$/);
  const names = (['gallery', 'file', 'about', 'bench', 'unknown'] as const).map((page) => titleOf({ page }, null));
  expect(new Set(names).size).toBe(names.length);
});
