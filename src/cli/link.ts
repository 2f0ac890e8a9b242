// `link`: results as an address that opens them on any copy of the page, with nothing uploaded.

import { carriedBy, viewAddress } from '../link/address';
import { resultsLink } from '../link/results';
import type { LinkCommand } from './commands';
import { type Console, exitCode } from './console';
import { givenResults } from './results';

const carriers = {
  most: 'most messengers take it',
  some: 'some messengers cut it; mail takes it',
  none: 'too long for most messengers: send results.json',
} as const;

export async function link({ place, site }: LinkCommand, { stdout, stderr }: Console): Promise<number> {
  const results = await givenResults(place);
  const address = `${site}${viewAddress(resultsLink(results))}`;
  stdout.write(`${address}\n`);
  stderr.write(
    `${address.length.toLocaleString('en')} characters: ${carriers[carriedBy(address.length)]}. It holds the data itself, with losses rounded to ` +
      '0.002 nats along the curves; nothing is uploaded, and it cannot be changed later.\n',
  );
  return exitCode.done;
}
