// Every figure of the lab, in the order of the gallery.

import type { Figure } from './figure';
import { figure3 } from './figure_3';
import { figure4 } from './figure_4';
import { figure5 } from './figure_5';
import { figure6 } from './figure_6';
import { figure7 } from './figure_7';
import { figure8 } from './figure_8';
import { figure9 } from './figure_9';
import { figure10 } from './figure_10';
import { gupta5 } from './gupta_5';
import { ownFigure } from './own';

const all = {
  '3': figure3,
  '4': figure4,
  '5': figure5,
  '6': figure6,
  '7': figure7,
  '8': figure8,
  '9': figure9,
  '10': figure10,
  'gupta-5': gupta5,
} as const satisfies Record<string, Figure>;

export type FigureId = keyof typeof all;

export const figures: Readonly<Record<FigureId, Figure>> = all;

/** The figure of results; null stands for an experiment of one's own. */
export const figureOf = (id: FigureId | null): Figure => (id === null ? ownFigure : figures[id]);

export const figureIds = Object.keys(all) as readonly FigureId[];
