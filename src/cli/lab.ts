// The lab without a browser: entry of `npm run lab`.

import { exitCode } from './console';
import { childVariable, compileAsChild } from './isa/child';
import { main } from './main';

// npm moves to the project's folder; paths are meant from where the command was typed.
const typedIn = process.env['npm_lifecycle_event'] === 'lab' ? process.env['INIT_CWD'] : undefined;
if (typedIn !== undefined) process.chdir(typedIn);

const abort = new AbortController();
process.on('SIGINT', () => {
  // The second Ctrl-C does not wait for the steps under way.
  if (abort.signal.aborted) process.exit(exitCode.stopped);
  abort.abort();
});
// A reader that closes early, such as `head`, is no error.
process.stdout.on('error', () => process.exit(exitCode.done));

const { stdout, stderr } = process;
const family = process.env[childVariable];
// Dawn keeps the process alive, so it is ended by hand.
process.exit(
  family === undefined
    ? await main(process.argv.slice(2), { stdout, stderr, signal: abort.signal })
    : await compileAsChild(family),
);
