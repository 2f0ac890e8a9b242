// What a fault is called and what a visitor reads of it.

import { CorpusError, CorpusFileError } from '../data/manifest';
import { EngineError } from '../engine/engine';
import { SpecError } from '../experiment/parse';
import type { Fault } from './protocol';

export function faultOf(error: unknown): Fault {
  if (error instanceof EngineError) return error.fault;
  if (error instanceof CorpusError) return 'data';
  if (error instanceof SpecError) return 'experiment';
  return 'internal';
}

/** With what a visitor can do about it. */
export function sentence(error: unknown): string {
  if (error instanceof CorpusFileError) {
    return `${error.message} Check the connection and press Run again. If that does not help, tell whoever runs this site.`;
  }
  return error instanceof Error ? error.message : String(error);
}

export const afterLoss = 'Finished stages are kept in this browser: reload the page and press Run to go on.';

export function lostAgain(error: unknown): unknown {
  if (!(error instanceof EngineError) || error.fault !== 'device-lost') return error;
  return new EngineError('device-lost', `${error.message} It happened twice. ${afterLoss}`);
}
