// Colours by name for light and dark, and the look of a run by its slot: six colours in order, then the same again with
// another dash and marker. The page's style sheet (ui/styles/tokens.css) has the same values, which a test compares.

/** Contrast of every data colour with paper and band is 4 or more. */
export const themes = {
  light: {
    paper: '#fbfbf9',
    ink: '#15181c',
    soft: '#565d66',
    faint: '#6b727b',
    hair: '#e0e1de',
    grid: '#ecece8',
    band: '#f4f3ee',
    base: '#5b6470',
    'arm-0': '#c24e00',
    'arm-1': '#0072b2',
    'arm-2': '#007a5a',
    'arm-3': '#b0568a',
    'arm-4': '#a86400',
    'arm-5': '#177cb9',
  },
  dark: {
    paper: '#12161c',
    ink: '#e9ecef',
    soft: '#a6aeb8',
    faint: '#8a939e',
    hair: '#2a313a',
    grid: '#212832',
    band: '#181d25',
    base: '#98a2ad',
    'arm-0': '#e2722e',
    'arm-1': '#56b4e9',
    'arm-2': '#1fb58b',
    'arm-3': '#cc79a7',
    'arm-4': '#e69f00',
    'arm-5': '#f0e442',
  },
} as const;

export type ColourName = keyof typeof themes.light;
export type Theme = Readonly<Record<ColourName, string>>;

/** As the page writes it, so that a drawing follows its theme; the printer puts a value there. */
export type Colour = `var(--${ColourName})`;

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'plus' | 'cross';

export interface Appearance {
  readonly colour: Colour;
  /** SVG dash pattern; empty for a solid line. */
  readonly dash: string;
  readonly marker: Marker;
}

const arms = ['arm-0', 'arm-1', 'arm-2', 'arm-3', 'arm-4', 'arm-5'] as const satisfies readonly ColourName[];
const markers = ['circle', 'square', 'triangle', 'diamond', 'plus', 'cross'] as const satisfies readonly Marker[];
const dashes = ['', '7 3', '2 3'] as const;
/** On light paper the last colour is a second blue, so it is never solid. */
const lastDashes = ['12 3 2 3', '7 3', '2 3'] as const;

/** Slots that share a colour lie so far apart. */
const turn = arms.length;

/** A run's look by its slot, 0, 1, 2 and so on. */
export function appearance(slot: number): Appearance {
  const index = slot % turn;
  const around = Math.floor(slot / turn);
  const patterns = index === turn - 1 ? lastDashes : dashes;
  return {
    colour: `var(--${arms[index] ?? 'base'})`,
    dash: patterns[around % patterns.length] ?? '',
    marker: markers[(slot + around) % markers.length] ?? 'circle',
  };
}

/** The training that all arms share. */
export const baseAppearance: Appearance = { colour: 'var(--base)', dash: '', marker: 'circle' };

/** What all runs have alike, such as one schedule. */
export const inkAppearance: Appearance = { ...baseAppearance, colour: 'var(--ink)' };

/** Runs that only compare: grey, and never solid. */
function comparedAppearance(slot: number): Appearance {
  const marker = (['square', 'circle', 'diamond', 'triangle'] as const)[slot % 4] ?? 'square';
  return { colour: 'var(--base)', dash: slot % 2 === 0 ? '7 3' : '2 3', marker };
}

/** A run's place on the palette: a slot among those with a colour, or among those that only compare. */
export interface PalettePlace {
  readonly kind: 'run' | 'compared';
  readonly slot: number;
}

/** The look at a place; grey without one. */
export function appearanceAt(place: PalettePlace | undefined): Appearance {
  if (!place) return baseAppearance;
  return place.kind === 'run' ? appearance(place.slot) : comparedAppearance(place.slot);
}
