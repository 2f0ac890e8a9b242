// Where the schedule plot draws what: two panels of one height, old data left and new data right, with room round each
// for half a handle, so that handles of neighbours do not cover each other.

import type { Schedules } from '../../../experiment/recipe/presets';
import type { ScheduleRecipe } from '../../../experiment/recipe/schedule';
import type { StageName } from '../../../experiment/schedules/entry';
import { linePath } from '../../../plot/marks';
import { rateCurves } from '../../../store/rates';
import { type Handle, handlesOf } from '../../../store/schedule_handles';

/** Side of the square that takes a pointer: WCAG 2.2 asks for 24 px. */
export const handleSize = 24;
const room = handleSize / 2;
/** Above the highest rate: half a handle and a line of text. */
const roomAbove = 22;
export const plotHeight = 144;

export interface Frame {
  readonly width: number;
  /** The rate at the upper edge, as a multiple of the scale's peak. */
  readonly top: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Length of a stage in pixels. */
export function stageWidth({ width }: Frame): number {
  return width / 2 - 2 * room;
}

/** Height in pixels of a rate of 1. */
export function rateHeight({ top }: Frame): number {
  return (plotHeight - room - roomAbove) / top;
}

export function pointAt(frame: Frame, stage: StageName, share: number, rate: number): Point {
  const left = room + (stage === 'first' ? 0 : frame.width / 2);
  return { x: left + share * stageWidth(frame), y: plotHeight - room - rate * rateHeight(frame) };
}

function highest(schedule: ScheduleRecipe): number {
  return Math.max(...handlesOf(schedule).map(({ rate }) => rate));
}

/** A rate a little above the highest of these, so that there is room to drag it up. */
export function topOf(arms: readonly Schedules[]): number {
  return 1.1 * Math.max(...arms.flatMap(({ first, second }) => [highest(first), highest(second)]));
}

/** A stage's curve as the `d` of a path, sampled from the trainer's own function. */
export function curvePath(frame: Frame, stage: StageName, schedule: ScheduleRecipe, steps: number): string {
  const points = rateCurves([{ schedule, steps }]).flat();
  return linePath(
    points.map(({ step, rate }) => {
      const { x, y } = pointAt(frame, stage, step / steps, rate);
      return [x, y];
    }),
  );
}

/**
 * Places of a stage's handles, left to right: one that would cover its left neighbour moves right, and at the panel's
 * end they move left together.
 */
export function handlePlaces(frame: Frame, stage: StageName, handles: readonly Handle[]): Point[] {
  const end = pointAt(frame, stage, 1, 0).x;
  const places = handles.map(({ share, rate }) => pointAt(frame, stage, share, rate));
  const level = (a: Point, b: Point) => Math.abs(a.y - b.y) < handleSize;
  places.forEach((here, i) => {
    const before = places[i - 1];
    if (before && level(before, here)) places[i] = { ...here, x: Math.max(here.x, before.x + handleSize) };
  });
  for (let i = places.length - 1; i >= 0; i--) {
    const [here, after] = [places[i], places[i + 1]];
    if (!here) continue;
    const limit = after && level(here, after) ? after.x - handleSize : end;
    places[i] = { ...here, x: Math.min(here.x, limit) };
  }
  return places;
}

/** A drag of so many pixels along one axis: a hand that means the other axis wavers by this much. */
export function steady(pixels: number): number {
  const slack = 4;
  return Math.sign(pixels) * Math.max(0, Math.abs(pixels) - slack);
}
