// What a chart is given: plain lines. It knows no experiment, store or worker.

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'plus' | 'cross';

export interface Appearance {
  /** A CSS colour that follows the theme. */
  readonly colour: string;
  /** SVG dash pattern; empty for a solid line. */
  readonly dash: string;
  readonly marker: Marker;
}

export interface LinePoint {
  readonly tokens: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface ChartLine {
  readonly key: string;
  /** Full name, for tooltip and table. */
  readonly name: string;
  /** Short name at the line's end; null leaves it out. */
  readonly label: string | null;
  readonly appearance: Appearance;
  readonly points: readonly LinePoint[];
  readonly singles: readonly (readonly { readonly tokens: number; readonly value: number }[])[];
}

export interface RateLine {
  readonly key: string;
  readonly appearance: Appearance;
  readonly points: readonly { readonly tokens: number; readonly rate: number }[];
}

/** The two phases on the x axis, in tokens. */
export interface Phases {
  readonly switchAt: number;
  readonly end: number;
}
