// The address after # as a page, and the page's name for the tab: an address that names no page is one that says so.

import { type FigureId, figureIds, figures } from '../experiment/figures';
import { askedIn, recipeIn, resultsIn, sentHash } from '../link/address';

export type Page =
  | { readonly page: 'gallery' | 'file' | 'about' | 'bench' | 'unknown' }
  /** `asked` is what follows the `?`, which says how the figure is trained and looked at; empty where there is none */
  | { readonly page: 'figure'; readonly id: FigureId; readonly asked: string }
  /** A recipe for the Lab, or results, in the address itself: their letters, null where there are none; and how to look at it. */
  | { readonly page: 'lab' | 'link'; readonly letters: string | null; readonly asked: string };

/** A page, and whether its address says more than which page: what follows a `?`, which no page reads. */
export type Route = Page & { readonly query: boolean };

const pages = { figures: 'gallery', file: 'file', about: 'about', bench: 'bench' } as const;

function isName(path: string): path is keyof typeof pages {
  return Object.hasOwn(pages, path);
}

export function routeOf(hash: string): Route {
  // What was sent may have been encoded on its way.
  const sent = sentHash(hash);
  if (/^#\/?view\b/.test(sent))
    return { page: 'link', letters: resultsIn(hash), asked: askedIn('view', hash), query: false };
  if (/^#\/?lab\/?(\?|$)/.test(sent))
    return { page: 'lab', letters: recipeIn(hash), asked: askedIn('lab', hash), query: false };
  // A figure's query is text to be read and edited, so what a program made of it is undone.
  const plain = /^#\/?fig\b/.test(sent) ? sent : hash;
  const [path = '', ...more] = plain.split('?');
  const query = more.length > 0;
  // `#about` and `#/about/` are what a hand makes of `#/about`.
  const name = path.replace(/^#?\/?/, '').replace(/\/$/, '');
  const id = figureIds.find((known) => name === `fig/${known}`);
  if (id !== undefined) return { page: 'figure', id, asked: more.join('?'), query: false };
  if (name === '') return { page: 'lab', letters: null, asked: '', query };
  return { page: isName(name) ? pages[name] : 'unknown', query };
}

const titles = {
  lab: 'Lab',
  gallery: 'Figures',
  file: 'Results from a file',
  link: 'Results from a link',
  about: 'About',
  bench: 'Bench',
  unknown: 'No such page',
} as const;

/** `(43 %) Figure 5: How much old text ...? · Rewarm`: how far the run is, where it can be read in a row of tabs. */
export function titleOf(route: Page, share: string | null): string {
  const name =
    route.page === 'figure' ? `${figures[route.id].name}: ${figures[route.id].question}` : titles[route.page];
  return `${share === null ? '' : `(${share}) `}${name} · Rewarm`;
}
