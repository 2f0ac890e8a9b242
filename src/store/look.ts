// How a page with charts is looked at, in its address: words that a person reads and edits, and only what differs from the
// first visit. What is not understood is left out and named.

import type { PartKey } from '../experiment/part';
import type { XUnit } from '../plot/axis';
import { type ChartView, plainView, weightLimits } from './view';

/** Arms of parts, by part. */
export type ArmsOfParts = Readonly<Partial<Record<PartKey, readonly string[]>>>;

/** How a page's charts are looked at, as far as an address says it. */
export interface FigureLook {
  /** The part whose charts are shown; null for the first. */
  readonly part: PartKey | null;
  readonly tables: boolean;
  /** Without a zoom the figure's own is meant; null is everything. */
  readonly view: Partial<ChartView>;
  /** Arms that are not drawn. */
  readonly hidden: ArmsOfParts;
}

export const plainLook: FigureLook = { part: null, tables: false, view: {}, hidden: {} };

/** What of the page is there at all: charts alone in another page, or a projector's; and in which colours. */
export interface Screen {
  readonly ui: 'embed' | 'present' | null;
  readonly theme: 'light' | 'dark' | null;
}

export const plainScreen: Screen = { ui: null, theme: null };

/** All arms of each part. */
export type PartArms = ReadonlyMap<PartKey, readonly string[]>;

export interface LookDraft {
  readonly arms: PartArms;
  look: FigureLook;
}

/** Takes a value into the draft, or answers that it says nothing, or which of it does not. */
export type Take<D> = (draft: D, value: string) => boolean | string;

const units = ['tokens', 'steps', 'seconds'] as const satisfies readonly XUnit[];
const uis = ['embed', 'present'] as const;
const themes = ['light', 'dark'] as const;
/** Of one `key=value` in a message. */
const longest = 40;

export const oneOf = <T extends string>(options: Iterable<T>, value: string): T | undefined =>
  [...options].find((option) => option === value);

/** The known names of a list, and the others. */
function partly(arms: PartArms, value: string): { readonly known: string; readonly unknown: string } {
  const entries = value.split(',').map((entry) => entry.trim());
  const isKnown = (entry: string) => armsNamed(arms, entry) !== null;
  return { known: entries.filter(isKnown).join(), unknown: entries.filter((entry) => !isKnown(entry)).join() };
}

/** `part.arm`, or an arm's name alone for every part that has it. Null where an entry names nothing. */
export function armsNamed(arms: PartArms, value: string): ArmsOfParts | null {
  const named: Partial<Record<PartKey, readonly string[]>> = {};
  for (const entry of value.split(',')) {
    const [first = '', arm] = entry.split('.');
    const part = arm === undefined ? undefined : oneOf(arms.keys(), first);
    const name = arm ?? first;
    const hit = [...arms].filter(([key, ids]) => ids.includes(name) && (arm === undefined || key === part));
    if (hit.length === 0) return null;
    for (const [key] of hit) named[key] = [...new Set([...(named[key] ?? []), name])];
  }
  return named;
}

/** `part.arm` of each. */
export const armsText = (arms: ArmsOfParts): string =>
  Object.entries(arms)
    .flatMap(([part, ids]) => ids.map((arm) => `${part}.${arm}`))
    .join();

/** The arms of each named part that are not named. */
export function others(arms: PartArms, named: ArmsOfParts): ArmsOfParts {
  const left = [...arms].flatMap(([part, ids]) => {
    const said = named[part];
    return said ? [[part, ids.filter((id) => !said.includes(id))] as const] : [];
  });
  return Object.fromEntries(left);
}

const decimal = /^\d{1,15}(\.\d{1,6})?(e\d{1,2})?$/;

export function numberOf(value: string | undefined): number | null {
  return value !== undefined && decimal.test(value) ? Number(value) : null;
}

function zoomOf(value: string): ChartView['zoom'] {
  const [from, to, ...more] = value.split(',').map(numberOf);
  return typeof from === 'number' && typeof to === 'number' && to > from && more.length === 0 ? { from, to } : null;
}

function seen(draft: LookDraft, view: Partial<ChartView>): boolean {
  draft.look = { ...draft.look, view: { ...draft.look.view, ...view } };
  return true;
}

/** What is known of the list counts, and the rest is named. */
function hides(draft: LookDraft, value: string, of: (named: ArmsOfParts) => ArmsOfParts): boolean | string {
  const { known, unknown } = partly(draft.arms, value);
  const named = known === '' ? null : armsNamed(draft.arms, known);
  if (named) draft.look = { ...draft.look, hidden: { ...draft.look.hidden, ...of(named) } };
  return unknown === '' ? named !== null : unknown;
}

export const lookKeys: Readonly<Record<string, Take<LookDraft>>> = {
  shift: (draft, value) => {
    const part = oneOf(draft.arms.keys(), value) ?? null;
    draft.look = { ...draft.look, part };
    return part !== null;
  },
  hide: (draft, value) => hides(draft, value, (named) => named),
  only: (draft, value) => hides(draft, value, (named) => others(draft.arms, named)),
  x: (draft, value) => {
    const xUnit = oneOf(units, value);
    return xUnit !== undefined && seen(draft, { xUnit });
  },
  log: (draft, value) => {
    if (!['x', 'y', 'x,y'].includes(value)) return false;
    return seen(draft, { logX: value.startsWith('x'), logY: value.endsWith('y') });
  },
  smooth: (draft, value) => {
    const weight = numberOf(value);
    const allowed = weight !== null && weight >= weightLimits.min && weight <= weightLimits.max;
    return allowed && seen(draft, { smooth: true, weight });
  },
  zoom: (draft, value) => {
    const zoom = zoomOf(value);
    return (zoom !== null || value === 'all') && seen(draft, { zoom });
  },
  y: (draft, value) => value === 'all' && seen(draft, { showAll: true }),
  show: (draft, value) => {
    draft.look = { ...draft.look, tables: value === 'table' };
    return value === 'table';
  },
  // Read by `screenAsked`, before there is a page.
  ui: (_, value) => oneOf(uis, value) !== undefined,
  theme: (_, value) => oneOf(themes, value) !== undefined,
};

/** Takes each `key=value` of a query into the draft, each key once, and names what says nothing, shortened. */
export function takeQuery<D>(query: string, keys: Readonly<Record<string, Take<D>>>, draft: D): string[] {
  const leftOut: string[] = [];
  const said = new Set<string>();
  for (const piece of query.split('&').filter((one) => one !== '')) {
    const [key = '', ...rest] = piece.split('=');
    const take = Object.hasOwn(keys, key) && !said.has(key) ? keys[key] : undefined;
    said.add(key);
    const taken = take?.(draft, rest.join('=')) ?? false;
    const left = typeof taken === 'string' ? `${key}=${taken}` : taken ? null : piece;
    if (left !== null) leftOut.push(left.length > longest ? `${left.slice(0, longest)}…` : left);
  }
  return leftOut;
}

export interface LookLink {
  readonly look: FigureLook;
  /** `key=value` of what was not understood, as it stands in the address, shortened. */
  readonly leftOut: readonly string[];
}

/** How charts of these arms are looked at. */
export function readLook(query: string, arms: PartArms): LookLink {
  const draft: LookDraft = { arms, look: plainLook };
  const leftOut = takeQuery(query, lookKeys, draft);
  return { look: draft.look, leftOut };
}

export function screenAsked(query: string): Screen {
  const value = (key: string) => new RegExp(`(?:^|&)${key}=([^&]*)`).exec(query)?.[1] ?? '';
  return { ui: oneOf(uis, value('ui')) ?? null, theme: oneOf(themes, value('theme')) ?? null };
}

export type Piece = readonly [key: string, value: string | null];

/** Only what differs from the plain look; of hidden arms and those that are left, the shorter list. */
export function lookPieces({ part, tables, view: seen, hidden }: FigureLook, arms: PartArms): Piece[] {
  const view = { ...plainView, ...seen };
  const log = [...(view.logX ? ['x'] : []), ...(view.logY ? ['y'] : [])];
  const away = Object.entries(hidden).filter(([, ids]) => ids.length > 0) as [PartKey, readonly string[]][];
  const few = ([key, ids]: [PartKey, readonly string[]]) => 2 * ids.length <= (arms.get(key)?.length ?? 0);
  const rest = Object.fromEntries(away.filter((one) => !few(one)));
  const some = others(arms, rest);
  // A list of none cannot be written.
  const all = Object.fromEntries(Object.entries(rest).filter(([key]) => some[key as PartKey]?.length === 0));
  return [
    ['shift', part],
    ['hide', armsText({ ...Object.fromEntries(away.filter(few)), ...all }) || null],
    ['only', armsText(some) || null],
    ['x', view.xUnit === plainView.xUnit ? null : view.xUnit],
    ['log', log.join() || null],
    ['smooth', view.smooth ? String(Math.round(view.weight * 1000) / 1000) : null],
    ['zoom', seen.zoom === undefined ? null : zoomText(seen.zoom)],
    ['y', view.showAll ? 'all' : null],
    ['show', tables ? 'table' : null],
  ];
}

export const screenPieces = ({ ui, theme }: Screen): Piece[] => [
  ['ui', ui],
  ['theme', theme],
];

export const queryText = (pieces: readonly Piece[]): string =>
  pieces.flatMap(([key, value]) => (value === null ? [] : `${key}=${value}`)).join('&');

/** After the letters of a link, or instead of them. */
export const lookQuery = (look: FigureLook, arms: PartArms, screen: Screen = plainScreen): string =>
  queryText([...lookPieces(look, arms), ...screenPieces(screen)]);

/** The same address without its being embedded. */
export const wholeAddress = (address: string): string =>
  address.replace(/([?&])ui=embed(&|$)/, (_, before: string, after: string) => (after === '' ? '' : before));

const zoomText = (zoom: ChartView['zoom']) => (zoom ? `${Math.round(zoom.from)},${Math.round(zoom.to)}` : 'all');
