// Where a block of text hides the least of the curves.

import type { Frame } from './frame';

export interface Place {
  readonly left: number;
  readonly top: number;
}

export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The loss plot with a little air inside its edges. */
export function plotBox(frame: Frame): Box {
  return {
    left: frame.left + 6,
    top: frame.plotTop + 4,
    width: frame.right - frame.left - 12,
    height: frame.plotBottom - frame.plotTop - 8,
  };
}

function covers(place: Place, { width, height }: Size, { x, y }: { x: number; y: number }): boolean {
  return x >= place.left && x <= place.left + width && y >= place.top && y <= place.top + height;
}

function meets(place: Place, { width, height }: Size, box: Box): boolean {
  const apart =
    place.left > box.left + box.width ||
    box.left > place.left + width ||
    place.top > box.top + box.height ||
    box.top > place.top + height;
  return !apart;
}

/** The place where a block of this size stays off `taken` and covers the fewest points; the first one when in doubt. */
export function freest(
  places: readonly [Place, ...Place[]],
  block: Size,
  points: readonly { readonly x: number; readonly y: number }[],
  taken: readonly Box[] = [],
): Place {
  const cost = (place: Place) =>
    points.filter((point) => covers(place, block, point)).length +
    taken.filter((box) => meets(place, block, box)).length * (points.length + 1);
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best));
}

/** The corners of `plot` for a block of this size, from the upper right around to the upper left. */
export function corners(plot: Box, block: Size): readonly [Place, ...Place[]] {
  const right = Math.max(plot.left, plot.left + plot.width - block.width);
  const bottom = Math.max(plot.top, plot.top + plot.height - block.height);
  return [
    { left: right, top: plot.top },
    { left: right, top: bottom },
    { left: plot.left, top: bottom },
    { left: plot.left, top: plot.top },
  ];
}
