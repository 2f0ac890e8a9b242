// What a drawing is given: plain lines and how to look at them. It knows no experiment, store or worker.

import type { Appearance } from './palette';

export interface LinePoint {
  readonly tokens: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Seconds of training until here, where they were measured. */
  readonly seconds?: number;
}

export interface ChartLine {
  readonly key: string;
  /** Full name, for tooltip and table. */
  readonly name: string;
  /** Short name at the line's end; null leaves it out. */
  readonly label: string | null;
  readonly appearance: Appearance;
  readonly points: readonly LinePoint[];
  /** Whose mean it is. */
  readonly seeds: readonly number[];
  /** Of each seed in that order, when there are several. */
  readonly singles: readonly (readonly { readonly tokens: number; readonly value: number }[])[];
  /** Key of the line that this one goes on from: differences across the border read its values there. */
  readonly after?: string;
}

export interface RateLine {
  readonly key: string;
  readonly appearance: Appearance;
  readonly points: readonly { readonly tokens: number; readonly rate: number }[];
}

/** A phase of training, from `start` tokens to the next one's start or the end. */
export interface Band {
  readonly start: number;
  /** Written once over the phase. */
  readonly name: string;
  readonly shaded: boolean;
}

/** The phases along the x axis, in tokens and in order. */
export interface Phases {
  readonly end: number;
  readonly bands: readonly Band[];
}

/** A horizontal line to compare with, such as the loss of training on everything at once. */
export interface Reference {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly appearance: Appearance;
}

/** How numbers are written, with their units. */
export interface ChartFormat {
  /** `2.0 M tokens` */
  readonly tokens: (tokens: number) => string;
  readonly value: (value: number) => string;
  /** With its sign. */
  readonly change: (value: number) => string;
}
