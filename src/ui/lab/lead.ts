// What the runs of the Lab have shown, in a sentence: in the words and with the signs of the table, over the seeds that the
// runs have in common.

import type { Evidence } from '../../experiment/evidence/evidence';
import { onSharedSeeds } from '../../experiment/evidence/measures';
import { ownFigure } from '../../experiment/figures/own';
import { type FigureRow, figureTable, type TableNumbers } from '../../experiment/figures/table';
import type { FigurePart } from '../../experiment/part';
import { change, seedsText } from '../format';
import { figureWords } from '../strings';

type Ended = FigureRow & { readonly ours: TableNumbers };

function endedRows(part: FigurePart, evidence: Evidence): Ended[] {
  return figureTable(ownFigure, part, evidence).flatMap(({ ours, ...row }) => (ours ? [{ ...row, ours }] : []));
}

/** `forgotten +0.369`, as the column of the table says it. */
function said({ ours }: Ended, column: 'forgetting' | 'learned'): string {
  const value = ours[column];
  return value === null ? 'no switch' : `${column === 'forgetting' ? 'forgotten' : 'learned'} ${change(value)}`;
}

/** Null before a run has ended. */
export function leadOf(part: FigurePart, evidence: Evidence): string | null {
  const ended = endedRows(part, evidence);
  const [only] = ended;
  if (!only) return null;
  if (ended.length > 1) return comparison(part, evidence, ended);
  const numbers = `${said(only, 'forgetting')}, ${said(only, 'learned')} nats a byte`;
  return `From the switch to the end with ${only.label}: ${numbers}. ${figureWords.next}`;
}

/** Which run ends lowest on each text, with what it has forgotten and learned. */
function comparison(part: FigurePart, evidence: Evidence, ended: readonly Ended[]): string {
  const arms = ended.map(({ arm }) => arm);
  const shared = endedRows(part, onSharedSeeds(evidence, part.key, arms));
  const [first] = shared;
  if (!first) return figureWords.noShared;
  const lowest = (column: 'old' | 'new') =>
    shared.reduce((a, b) => ((b.ours[column] ?? 0) < (a.ours[column] ?? 0) ? b : a));
  const [old, fresh] = [lowest('old'), lowest('new')];
  const where = ended.every(({ n }) => n === first.n)
    ? ''
    : ` Compared over ${seedsText(first.n)}, which all of them have.`;
  return `Old loss ends lowest with ${old.label} (${said(old, 'forgetting')}), new loss with ${fresh.label} (${said(fresh, 'learned')}).${where}`;
}
