// What is known of a view as a file: its experiments with their records, as the command line writes them.

import { version } from '../../../package.json';
import type { Records } from '../../experiment/evidence/record';
import type { OpenedStore } from '../../store/opened';
import type { View } from '../../store/session_state';
import { fetched } from '../fetched';
import { fileWords } from '../strings';

/** Has the browser save the file, or says in one sentence why not. */
export async function saveResults({ id, parts }: View, records: Records, opened: OpenedStore): Promise<void> {
  const writer = await fetched(() => import('../../experiment/saved')).catch(() => null);
  opened.setState({ problem: writer ? null : fileWords.noWriter });
  if (!writer) return;
  const figure = id === 'own' ? null : id;
  const results = writer.savedResults(
    version,
    figure,
    parts.map(({ part }) => part),
    records,
  );
  const scale = parts[0]?.part.experiment.scale ?? 'custom';
  const address = URL.createObjectURL(
    new Blob([`${JSON.stringify(results, null, 2)}\n`], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = figure === null ? `rewarm-lab-${scale}.json` : `rewarm-figure-${figure}-${scale}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
