// Whatever a person names where any experiments do: results with what they have shown, or an experiment that has shown nothing.

import { version } from '../../package.json';
import { ownPart } from '../experiment/figures/own';
import type { OpenedResults } from '../experiment/saved';
import { UsageError } from './arguments';
import type { RunCommand } from './commands';
import { chosenExperiment, isPreset } from './experiments';
import { givenResults, holdsResults, linkedResults } from './results';

type Changes = Pick<RunCommand, 'scale' | 'seeds' | 'steps'>;

export async function givenAny(place: string, changes: Changes): Promise<OpenedResults> {
  const results = linkedResults(place) ?? (await resultsAt(place));
  if (!results) {
    const { experiment } = await chosenExperiment({ experiment: place, ...changes });
    return { version, figure: null, parts: [ownPart(experiment)], records: new Map() };
  }
  const given = Object.entries(changes).find(([, value]) => value !== null);
  if (given) throw new UsageError(`--${given[0]} is for experiments; results say their own.`);
  return results;
}

async function resultsAt(place: string): Promise<OpenedResults | null> {
  return !isPreset(place) && (await holdsResults(place)) ? givenResults(place) : null;
}
