// From arguments to an exit code: 0 done, 1 something failed, 2 wrong input, 130 stopped. Every error that can be
// expected ends as a plain sentence.

import { CorpusError, CorpusFileError } from '../data/manifest';
import { EngineError } from '../engine/engine';
import { SpecError } from '../experiment/parse';
import { LinkError } from '../link/envelope';
import { isVerb, parseCommand, UsageError } from './arguments';
import { bench } from './bench';
import { type Console, exitCode } from './console';
import { exportCheckpoint, exportResults } from './export';
import { figure } from './figure';
import { FileError, InputFileError } from './files';
import { link } from './link';
import { neox } from './neox';
import { run } from './run';
import { sample } from './sample';
import { show } from './show';

export async function main(args: readonly string[], console: Console): Promise<number> {
  try {
    const command = parseCommand(args, Math.min(120, console.stdout.columns || 80));
    switch (command.verb) {
      case 'print':
        console.stdout.write(command.text);
        return exitCode.done;
      case 'run':
        return await run(command, console);
      case 'figure':
        return await figure(command, console);
      case 'show':
        return await show(command, console);
      case 'link':
        return await link(command, console);
      case 'neox':
        return await neox(command, console);
      case 'export':
        return await exportCheckpoint(command, console);
      case 'export-results':
        return await exportResults(command, console);
      case 'sample':
        return await sample(command, console);
      case 'bench':
        return await bench(command, console);
    }
  } catch (error) {
    const { text, code } = explained(error, args[0] ?? '');
    console.stderr.write(`${text}\n`);
    return code;
  }
}

/** What a person is told about an error, and the exit code. */
export function explained(error: unknown, verb: string): { text: string; code: number } {
  if (error instanceof UsageError) {
    const help = `npm run lab -- ${isVerb(verb) ? `${verb} ` : ''}--help`;
    return { text: `${printable(error.message)}\nType "${help}" for help.`, code: exitCode.wrongInput };
  }
  if (error instanceof SpecError) {
    const lines = error.problems.map(({ path, message }) => `  ${path || '(whole file)'} ${message}`);
    return { text: printable(`The experiment is not right:\n${lines.join('\n')}`), code: exitCode.wrongInput };
  }
  if (error instanceof InputFileError || error instanceof LinkError)
    return { text: printable(error.message), code: exitCode.wrongInput };
  if (error instanceof CorpusFileError) {
    return {
      text: `${error.message} Delete the folder public/corpora and type "npm run build", which packs it again.`,
      code: exitCode.failed,
    };
  }
  const expected = error instanceof FileError || error instanceof CorpusError || error instanceof EngineError;
  if (expected) return { text: printable(error.message), code: exitCode.failed };
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `An unexpected error, which is a fault of this program:\n${details}`, code: exitCode.failed };
}

/** Names out of a file may hold what would move a terminal's cursor; it is shown as its code. */
function printable(text: string): string {
  return text.replaceAll(/(?!\n)\p{Cc}/gu, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
