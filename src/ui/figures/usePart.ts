// What a page knows about its figure: the parts as they are chosen, and what was measured of them.

import { useMemo } from 'react';
import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure } from '../../experiment/figures/figure';
import { type ChosenPart, chosenParts, everything } from '../../store/figureChoice';
import { figureEvidence } from '../../store/figureEvidence';
import { useFigures, useLab, useRun } from '../context';

export function useParts(figure: Figure): readonly ChosenPart[] {
  const study = useFigures((state) => state.study);
  const choice = useFigures((state) => state.choices[figure.id]) ?? everything;
  return useMemo(() => chosenParts(figure, study, choice), [figure, study, choice]);
}

export function useEvidence(parts: readonly ChosenPart[]): Evidence {
  const { run } = useLab();
  const nodes = useRun((state) => state.nodes);
  const version = useRun((state) => state.curves);
  return useMemo(() => {
    // The version is what tells that the book's arrays have grown.
    void version;
    return figureEvidence(parts, nodes, run.book);
  }, [parts, nodes, version, run]);
}
