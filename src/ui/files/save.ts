// What is known of a view as a file: its experiments with their records, as the command line writes them.

import { version } from '../../../package.json';
import type { Records } from '../../experiment/evidence/record';
import type { View } from '../../store/session_state';

/** Has the browser save the file. */
export async function saveResults({ id, parts }: View, records: Records): Promise<void> {
  const { savedResults } = await import('../../experiment/saved');
  const figure = id === 'own' ? null : id;
  const results = savedResults(
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
