// What the page knows of the parts that it shows.

import { useEffect, useMemo } from 'react';
import { type Evidence, evidenceOf } from '../../experiment/evidence/evidence';
import type { Records } from '../../experiment/evidence/record';
import type { ChosenPart } from '../../store/parts';
import type { View } from '../../store/session_state';
import { useLab, useSession } from '../context';
import { saveResults } from '../files/save';

export function useEvidence(parts: readonly ChosenPart[]): Evidence {
  return useEvidenceOf(
    parts,
    useSession((state) => state.records),
  );
}

/** The same of records that are not the session's. */
export function useEvidenceOf(parts: readonly ChosenPart[], records: Records): Evidence {
  return useMemo(() => {
    const planned = parts.map(({ part, whole }) => ({ key: part.key, plan: whole }));
    return evidenceOf(planned, records);
  }, [parts, records]);
}

/** Saves what is known of a view; undefined where nothing is. */
export function useSave(view: View): (() => void) | undefined {
  const { opened } = useLab();
  const records = useSession((state) => state.records);
  const known = view.parts.some(({ whole }) => whole.nodes.some(({ id }) => records.has(id)));
  return known ? () => void saveResults(view, records, opened) : undefined;
}

/** Keeps what is known about a view up to date while its page is open. */
export function useLook(view: View): void {
  const { session } = useLab();
  const machine = useSession((state) => state.machine);
  useEffect(() => {
    // Before the machine is known there is nothing to measure with.
    if (machine) session.look(view);
    return () => session.look(null);
  }, [session, view, machine]);
}
