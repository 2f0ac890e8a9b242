// The parts of a figure as they are chosen.

import { useMemo } from 'react';
import type { FigureId } from '../../experiment/figures';
import { figures } from '../../experiment/figures';
import { type ChosenPart, chosenParts, everything } from '../../store/parts';
import { useChoices } from '../context';

export function useParts(id: FigureId): readonly ChosenPart[] {
  const study = useChoices((state) => state.study);
  const choice = useChoices((state) => state.choices[id]) ?? everything;
  return useMemo(() => chosenParts(figures[id], study, choice), [id, study, choice]);
}
