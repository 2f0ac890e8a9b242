// Weights as files, in and out: what few ask for, so what answers is fetched then.

import type { BrowserStages } from '../storage/stages';
import type { LabCommand, LabReply } from './protocol';

type FilesCommand = Extract<LabCommand, { kind: 'checkpoint' | 'open-weights' }>;

const gone = 'A part of the page could not be fetched. Check the connection and try again, or reload the page.';

export async function filesReply(command: FilesCommand, stages: BrowserStages): Promise<LabReply> {
  const parts = await Promise.all([import('./checkpoint'), import('./weights')]).catch(() => null);
  if (!parts) return { kind: 'refused', message: gone };
  const [{ checkpointOf }, { keepWeights }] = parts;
  return command.kind === 'checkpoint' ? checkpointOf(command, stages) : keepWeights(command, stages);
}
