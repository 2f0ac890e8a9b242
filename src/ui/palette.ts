// How an arm of the figures looks on the page: as in the command line's drawing.

import { placeOf } from '../experiment/figures/kin';
import { type Appearance, appearanceAt } from '../plot/palette';

export const studyAppearance = (arm: string): Appearance => appearanceAt(placeOf(arm));
