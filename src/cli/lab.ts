// The lab without a browser: entry of `npm run lab`, started by launch.mjs.

import { exitCode } from './console';
import { childVariable, compileAsChild } from './isa/child';
import { explained, main } from './main';
import { optionsKeptByNpm } from './npm';
import { stopping } from './stopping';
import { inheritedStream, lastingOutput } from './streams';

// npm moves to the project's folder; paths are meant from where the command was typed.
const typedIn = process.env['npm_lifecycle_event'] === 'lab' ? process.env['INIT_CWD'] : undefined;
if (typedIn !== undefined) process.chdir(typedIn);

/** The launcher reads stderr, where graphics drivers print what nobody asked for, and hands its own on as number 3. */
const remarks = process.channel ? inheritedStream(3) : process.stderr;
const stdout = lastingOutput(process.stdout);
const stderr = lastingOutput(remarks);
const args = process.argv.slice(2);

async function command(): Promise<number> {
  const refusal = optionsKeptByNpm(args, process.env);
  if (refusal !== null) {
    stderr.write(`${refusal}\n`);
    return exitCode.wrongInput;
  }
  const { signal, code } = stopping(stderr);
  const ended = await main(args, { stdout, stderr, signal });
  const unwritten = await stdout.ended();
  if (unwritten !== null) {
    stderr.write(`Could not write to standard output: ${unwritten}. "show" prints what was saved in files again.\n`);
  }
  if (ended === exitCode.stopped) return code();
  return ended === exitCode.done && unwritten !== null ? exitCode.failed : ended;
}

async function end(code: number): Promise<never> {
  await stderr.ended();
  // Dawn keeps the process alive, so it is ended by hand.
  process.exit(code);
}

process.on('uncaughtException', (error) => {
  stderr.write(`${explained(error, args[0] ?? '').text}\n`);
  void end(exitCode.failed);
});
const family = process.env[childVariable];
await end(family === undefined ? await command() : await compileAsChild(family));
