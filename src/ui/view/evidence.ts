// What the page knows of the parts that it shows.

import { useEffect, useMemo } from 'react';
import { version } from '../../../package.json';
import { type Evidence, evidenceOf } from '../../experiment/evidence/evidence';
import type { Records } from '../../experiment/evidence/record';
import type { OpenedResults } from '../../experiment/saved';
import type { ChosenPart } from '../../store/parts';
import type { View } from '../../store/session_state';
import { useLab, useSession } from '../context';

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

/** What is known of a view, to save or to send; undefined where nothing is. */
export function useKnown({ id, parts }: View): OpenedResults | undefined {
  const records = useSession((state) => state.records);
  return useMemo(() => {
    const known = parts.some(({ whole }) => whole.nodes.some((node) => records.has(node.id)));
    if (!known) return undefined;
    return { version, figure: id === 'own' ? null : id, parts: parts.map(({ part }) => part), records };
  }, [id, parts, records]);
}

/** Keeps what is known about a view up to date while its page is open; null asks for nothing. */
export function useLook(view: View | null): void {
  const { session } = useLab();
  const machine = useSession((state) => state.machine);
  useEffect(() => {
    // Before the machine is known there is nothing to measure with.
    if (machine && view) session.look(view);
    return () => session.look(null);
  }, [session, view, machine]);
}
