// Every figure of the lab, in the order of the gallery.

import type { Figure, FigureId } from './figure';
import { figure3 } from './figure-3';
import { figure4 } from './figure-4';
import { figure5 } from './figure-5';
import { figure6 } from './figure-6';
import { figure7 } from './figure-7';
import { figure8 } from './figure-8';
import { figure9 } from './figure-9';
import { figure10 } from './figure-10';
import { gupta5 } from './gupta-5';

export const figures: Readonly<Record<FigureId, Figure>> = {
  '3': figure3,
  '4': figure4,
  '5': figure5,
  '6': figure6,
  '7': figure7,
  '8': figure8,
  '9': figure9,
  '10': figure10,
  'gupta-5': gupta5,
};
