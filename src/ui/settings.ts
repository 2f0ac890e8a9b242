// The page's remembered choices.

import { Settings } from '../storage/settings';

export const settings = new Settings(() => localStorage);
