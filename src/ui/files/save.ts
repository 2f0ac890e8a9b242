// Results as a file, as the command line writes them.

import type { OpenedResults } from '../../experiment/saved';
import type { OpenedStore } from '../../store/opened';
import { fetched } from '../fetched';
import { fileWords } from '../strings';

/** Has the browser save the file, or says in one sentence why not. */
export async function saveResults(
  { version, figure, parts, records }: OpenedResults,
  opened: OpenedStore,
): Promise<void> {
  const writer = await fetched(() => import('../../experiment/saved')).catch(() => null);
  opened.setState({ problem: writer ? null : fileWords.noWriter });
  if (!writer) return;
  const results = writer.savedResults(version, figure, parts, records);
  const scale = parts[0]?.experiment.scale ?? 'custom';
  const address = URL.createObjectURL(
    new Blob([`${JSON.stringify(results, null, 2)}\n`], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = figure === null ? `rewarm-lab-${scale}.json` : `rewarm-figure-${figure}-${scale}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
