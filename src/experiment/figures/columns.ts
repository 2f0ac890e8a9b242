// What the columns of the table of final losses are called, and what they mean where the name does not say it.

import type { TableColumn } from './figure';

export const columnNames: Readonly<Record<TableColumn, string>> = {
  old: 'D0 old',
  new: 'D1 new',
  average: 'average',
  forgetting: 'forgotten',
  learned: 'learned',
  removed: 'removed',
  cost: 'D1 cost',
};

export const columnMeanings: Readonly<Partial<Record<TableColumn, string>>> = {
  forgetting: 'Forgotten: D0 loss gained since the switch, negative where it fell.',
  learned: 'Learned: D1 loss shed since then, negative where it rose.',
  removed: 'Removed: share of the forgetting of the run without replay that is gone.',
  cost: 'D1 cost: D1 loss above that run’s, over the seeds that both have.',
};
