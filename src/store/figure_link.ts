// A figure's address after its `?`: what was chosen and how it is looked at, in words that a person reads and edits, and only
// what differs from the first visit. What it does not understand is left out and named.

import { type FigureId, figures } from '../experiment/figures';
import { studyOffer } from '../experiment/offered';
import type { PartKey } from '../experiment/part';
import { scaleNames } from '../experiment/scales';
import type { XUnit } from '../plot/axis';
import { type ChoicesState, firstChoices } from './choices';
import { everything, type FigureChoice, studyOptions } from './parts';
import { type ChartView, plainView, weightLimits } from './view';

/** How a figure's page is looked at, as far as an address says it. */
export interface FigureLook {
  /** The part whose charts are shown; null for the first. */
  readonly part: PartKey | null;
  readonly tables: boolean;
  /** Without a zoom the figure's own is meant; null is everything. */
  readonly view: Partial<ChartView>;
}

export interface FigureLink {
  readonly choices: ChoicesState;
  readonly look: FigureLook;
  /** `key=value` of what was not understood, as it stands in the address, shortened. */
  readonly leftOut: readonly string[];
}

const units = ['tokens', 'steps', 'seconds'] as const satisfies readonly XUnit[];
/** Of one `key=value` in a message. */
const longest = 40;

interface Draft {
  readonly id: FigureId;
  study: ChoicesState['study'];
  picked: ChoicesState['picked'];
  choice: FigureChoice;
  look: FigureLook;
}

/** The arms of each part of a figure. */
function armsOf(id: FigureId): Map<PartKey, readonly string[]> {
  const parts = figures[id].parts(studyOptions(firstChoices.study));
  return new Map(parts.map(({ key, experiment }) => [key, experiment.arms.map((arm) => arm.id)]));
}

const oneOf = <T extends string>(options: Iterable<T>, value: string): T | undefined =>
  [...options].find((option) => option === value);

/** `part.arm`, or an arm's name alone for every part that has it. Null where an entry names nothing. */
function withoutOf(id: FigureId, value: string): FigureChoice['without'] | null {
  const arms = armsOf(id);
  const without: Partial<Record<PartKey, readonly string[]>> = {};
  for (const entry of value.split(',')) {
    const [first = '', arm] = entry.split('.');
    const part = arm === undefined ? undefined : oneOf(arms.keys(), first);
    const name = arm ?? first;
    const hit = [...arms].filter(([key, ids]) => ids.includes(name) && (arm === undefined || key === part));
    if (hit.length === 0) return null;
    for (const [key] of hit) without[key] = [...new Set([...(without[key] ?? []), name])];
  }
  return without;
}

/** `1,2,3`: numbers that follow each other, as many as are offered. */
function seedsOf(value: string): Pick<ChoicesState['study'], 'seeds' | 'first'> | undefined {
  const list = value.split(',');
  const first = Number(list[0]);
  const { min, max } = studyOffer.firstSeed;
  const inOrder = list.every((seed, i) => seed === String(first + i)) && first >= min && first <= max;
  const seeds = studyOffer.seeds.find((offered) => offered === list.length);
  return inOrder && Number.isInteger(first) && seeds !== undefined ? { seeds, first } : undefined;
}

const decimal = /^\d{1,15}(\.\d{1,6})?(e\d{1,2})?$/;

function numberOf(value: string | undefined): number | null {
  return value !== undefined && decimal.test(value) ? Number(value) : null;
}

function zoomOf(value: string): ChartView['zoom'] {
  const [from, to, ...more] = value.split(',').map(numberOf);
  return typeof from === 'number' && typeof to === 'number' && to > from && more.length === 0 ? { from, to } : null;
}

function seen(draft: Draft, view: Partial<ChartView>): boolean {
  draft.look = { ...draft.look, view: { ...draft.look.view, ...view } };
  return true;
}

/** Each key takes a value into the draft, or answers that it says nothing. */
const keys: Readonly<Record<string, (draft: Draft, value: string) => boolean>> = {
  shift: (draft, value) => {
    const part = oneOf(armsOf(draft.id).keys(), value) ?? null;
    draft.look = { ...draft.look, part };
    return part !== null;
  },
  scale: (draft, value) => {
    const scale = oneOf(scaleNames, value.toUpperCase());
    if (scale === undefined) return false;
    draft.study = { ...draft.study, scale };
    draft.picked = scale;
    return true;
  },
  seeds: (draft, value) => {
    const seeds = seedsOf(value);
    draft.study = { ...draft.study, ...seeds };
    return seeds !== undefined;
  },
  budget: (draft, value) => {
    const budget = studyOffer.budgets.find((offered) => offered === numberOf(value));
    if (budget !== undefined) draft.study = { ...draft.study, budget };
    return budget !== undefined;
  },
  without: (draft, value) => {
    const without = withoutOf(draft.id, value);
    if (without) draft.choice = { ...draft.choice, without };
    return without !== null;
  },
  later: (draft, value) => {
    const known = armsOf(draft.id);
    const parts = value.split(',').flatMap((part) => oneOf(known.keys(), part) ?? []);
    if (parts.length !== value.split(',').length) return false;
    draft.choice = { ...draft.choice, postponed: [...new Set(parts)] };
    return true;
  },
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
};

/** @param query what follows the `?`, not empty */
export function readFigureQuery(id: FigureId, query: string): FigureLink {
  const draft: Draft = {
    id,
    study: firstChoices.study,
    picked: null,
    choice: everything,
    look: { part: null, tables: false, view: {} },
  };
  const leftOut: string[] = [];
  const said = new Set<string>();
  for (const piece of query.split('&').filter((one) => one !== '')) {
    const [key = '', ...rest] = piece.split('=');
    const take = Object.hasOwn(keys, key) && !said.has(key) ? keys[key] : undefined;
    said.add(key);
    if (!take?.(draft, rest.join('='))) {
      leftOut.push(piece.length > longest ? `${piece.slice(0, longest)}…` : piece);
    }
  }
  const { study, picked, choice, look } = draft;
  const choices = { study, picked, linked: true, choices: { [id]: choice } };
  return { choices, look, leftOut };
}

/** What follows the `?` for these choices and this look; empty where nothing differs from the first visit. */
export function figureQuery(id: FigureId, { study, picked, choices }: ChoicesState, look: FigureLook): string {
  const { without, postponed } = choices[id] ?? everything;
  const view = { ...plainView, ...look.view };
  const left = Object.entries(without).flatMap(([part, arms]) => arms.map((arm) => `${part}.${arm}`));
  const seeds = studyOptions(study).seeds.join();
  const log = [...(view.logX ? ['x'] : []), ...(view.logY ? ['y'] : [])];
  const said: [string, string | null][] = [
    ['shift', look.part],
    ['scale', picked],
    ['seeds', seeds === '1' ? null : seeds],
    ['budget', study.budget === firstChoices.study.budget ? null : String(study.budget)],
    ['without', left.join() || null],
    ['later', postponed.join() || null],
    ['x', view.xUnit === plainView.xUnit ? null : view.xUnit],
    ['log', log.join() || null],
    ['smooth', view.smooth ? String(Math.round(view.weight * 1000) / 1000) : null],
    ['zoom', look.view.zoom === undefined ? null : zoomText(look.view.zoom)],
    ['y', view.showAll ? 'all' : null],
    ['show', look.tables ? 'table' : null],
  ];
  return said.flatMap(([key, value]) => (value === null ? [] : `${key}=${value}`)).join('&');
}

const zoomText = (zoom: ChartView['zoom']) => (zoom ? `${Math.round(zoom.from)},${Math.round(zoom.to)}` : 'all');
