// The streams of a process, which may fail under way: a pipe whose reader has left, a disk that is full. Training goes
// on all the same; what could not be written is known at the end.

import { createWriteStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { isatty, WriteStream } from 'node:tty';
import type { TextOutput } from './console';
import { reason } from './files';

export interface LastingOutput extends TextOutput {
  /** Waits until all is written. @returns why it could not be, in a few words; null where it was, or nobody reads it */
  ended(): Promise<string | null>;
}

type TextStream = Writable & Pick<Partial<WriteStream>, 'isTTY' | 'columns'>;

/** Writes to a stream for as long as it takes text. */
export function lastingOutput(stream: TextStream): LastingOutput {
  let fault: Error | null = null;
  const failed = (error: Error | null | undefined) => {
    fault ??= error ?? null;
  };
  stream.on('error', failed);
  return {
    get isTTY() {
      return stream.isTTY ?? false;
    },
    get columns() {
      return stream.columns ?? 0;
    },
    write(text) {
      if (fault === null) stream.write(text, failed);
    },
    async ended() {
      if (fault === null) await new Promise((done) => stream.write('', done));
      if (fault === null || ('code' in fault && fault.code === 'EPIPE')) return null;
      return reason(fault);
    },
  };
}

/** A stream for what a process was given under a number, as Node makes process.stderr for number 2. */
export function inheritedStream(fd: number): TextStream {
  if (isatty(fd)) return new WriteStream(fd);
  const status = fstatSync(fd);
  if (status.isFIFO() || status.isSocket()) return new Socket({ fd, readable: false, writable: true });
  return createWriteStream('', { fd, autoClose: false });
}
