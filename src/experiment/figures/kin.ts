// Which arms look alike: a branch has the colour of its trunk and a run on the same data that of its twin on new data, both
// with another dash. Every arm of every figure gets its place on the palette here, so that a run looks the same wherever it
// is shown and a new figure has no table to fill in.

import type { FigurePart } from '../part';
import type { Figure } from './figure';
import { figures } from './index';

/** A place on the palette (plot/palette.ts): a coloured run, or a run that only compares. */
export interface PalettePlace {
  readonly kind: 'run' | 'compared';
  readonly slot: number;
}

/** The arm whose colour another one shares; the arm itself where it stands alone. */
function kinOf(arm: string): string {
  return arm.replace(/-anneal-\d+$/, '').replace(/^same-/, '');
}

/** Colours of the palette: a dashed twin's slot is so far from its own. */
const turn = 6;

/** Agreed for life. Arms that have the same are never on one chart. */
const agreed: Readonly<Record<string, number>> = {
  rewarm: 0,
  floor: 1,
  peak: 2,
  'rewarm-half': 3,
  'rewarm-double': 4,
  scratch: 5,
  'warmup-0': 1,
  'warmup-0p5': 2,
  'warmup-2': 3,
  'replay-0p5': 1,
  'replay-1': 2,
  'replay-5': 3,
  'replay-10': 4,
  'replay-25': 7,
  'replay-50': 5,
  'cosine-repeat': 0,
  'cosine-inf': 3,
  'invsqrt-inf': 2,
  'from-7': 1,
  'from-19': 2,
};

/** Arms of one figure. */
interface Cast {
  readonly runs: readonly string[];
  readonly compared: readonly string[];
}

function castOf(parts: readonly Pick<FigurePart, 'experiment' | 'references'>[]): Cast {
  const arms = parts.flatMap(({ experiment, references }) =>
    experiment.arms.map(({ id }) => ({ id, compared: references.includes(id) })),
  );
  const ids = (compared: boolean) => [...new Set(arms.filter((arm) => arm.compared === compared).map(({ id }) => id))];
  return { runs: ids(false), compared: ids(true) };
}

const slotOf = (arm: string, ofKin: number) => ofKin + (kinOf(arm) === arm ? 0 : turn);

/** The first slot for `kin` with which none of its arms has a place of the arms `beside` them. */
function firstFree(kin: string, beside: readonly string[], slots: ReadonlyMap<string, number>): number {
  const own = beside.filter((arm) => kinOf(arm) === kin);
  const taken = beside.flatMap((arm) => {
    const slot = slots.get(kinOf(arm));
    return slot === undefined ? [] : [slotOf(arm, slot)];
  });
  let slot = 0;
  while (own.some((arm) => taken.includes(slotOf(arm, slot)))) slot++;
  return slot;
}

/**
 * Places of all arms. Arms without an agreed slot take, in the order of appearance, the first that no arm has with which
 * they share a figure; arms that are level lines everywhere are counted by themselves.
 */
export function placesOf(casts: readonly Cast[]): ReadonlyMap<string, PalettePlace> {
  const runs = [...new Set(casts.flatMap((cast) => cast.runs))];
  const slots = new Map(Object.entries(agreed));
  for (const kin of runs.map(kinOf)) {
    const sharing = casts.filter((cast) => cast.runs.some((arm) => kinOf(arm) === kin));
    if (!slots.has(kin))
      slots.set(
        kin,
        firstFree(
          kin,
          sharing.flatMap((cast) => cast.runs),
          slots,
        ),
      );
  }
  const levels = [...new Set(casts.flatMap((cast) => cast.compared))].filter((id) => !runs.includes(id));
  return new Map<string, PalettePlace>([
    ...runs.map((id) => [id, { kind: 'run', slot: slotOf(id, slots.get(kinOf(id)) ?? 0) }] as const),
    ...levels.map((id, slot) => [id, { kind: 'compared', slot }] as const),
  ]);
}

/** Of every arm that a figure has; neither size nor seeds change which there are. */
const everyPlace = placesOf(
  Object.values(figures).map((figure: Figure) => castOf(figure.parts({ scale: 'XS', seeds: [1], budget: 1 }))),
);

/** Undefined for an arm of no figure. */
export function placeOf(arm: string): PalettePlace | undefined {
  return everyPlace.get(arm);
}
