// `link`: results, or an experiment that nobody has trained, as an address that opens on any copy of the page, with nothing
// uploaded.

import { carriedBy, viewAddress } from '../link/address';
import { resultsLink } from '../link/results';
import type { LinkCommand } from './commands';
import { type Console, exitCode } from './console';
import { givenAny } from './given';

const carriers = {
  most: 'most messengers take it',
  some: 'some messengers cut it; mail takes it',
  none: 'too long for most messengers: send results.json',
} as const;

const held = {
  results: 'the data itself, with losses rounded to 0.002 nats along the curves',
  settings: 'the settings alone, which whoever opens it runs, on the page or by "run"',
} as const;

export async function link({ place, site, ...changes }: LinkCommand, { stdout, stderr }: Console): Promise<number> {
  const { verb: _, ...choices } = changes;
  const results = await givenAny(place, choices);
  const address = `${site}${viewAddress(resultsLink(results))}`;
  stdout.write(`${address}\n`);
  stderr.write(
    `${address.length.toLocaleString('en')} characters: ${carriers[carriedBy(address.length)]}. ` +
      `It holds ${results.records.size > 0 ? held.results : held.settings}; nothing is uploaded, and it cannot be changed later.\n`,
  );
  return exitCode.done;
}
