// The page's side of the worker. Every call settles: when the worker dies, open calls reject with a sentence and the
// next call starts a new worker.

import { proxy, type Remote, wrap } from 'comlink';
import type { Device, LabCommand, LabListener, LabPort, LabReply, LabWorker } from './protocol';

/** The worker could not be started or died; `message` can be shown. */
class WorkerFault extends Error {
  override readonly name = 'WorkerFault';
}

const unfetched =
  'The part of the page that trains could not be fetched. Check the connection and press Run again, or reload the page: a newer version may have been put online. Finished stages are kept.';

function stopped(message: string): string {
  const detail = message ? ` (${message})` : '';
  return `The part of the page that trains stopped${detail}. Finished stages are kept; press Run to go on from there.`;
}

interface Connection {
  readonly worker: Worker;
  readonly remote: Remote<LabWorker>;
  /** Rejects when the worker dies; never resolves. */
  readonly died: Promise<never>;
}

export interface LabClient extends LabPort {
  /** Ends the worker; open calls reject. */
  close(): void;
}

/** @param base address under which the page's files lie */
export function createLabClient(createWorker: () => Worker, base: string, device: Device): LabClient {
  let connection: Connection | null = null;
  let listener: LabListener = () => undefined;
  let kill: (fault: WorkerFault) => void = () => undefined;

  const connect = (): Connection => {
    const worker = createWorker();
    const remote = wrap<LabWorker>(worker);
    let up = false;
    const died = new Promise<never>((_, reject) => {
      kill = (fault) => {
        worker.terminate();
        connection = null;
        reject(fault);
      };
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        // A script that could not be fetched says nothing at all.
        kill(new WorkerFault(up || event.message ? stopped(event.message) : unfetched));
      });
      worker.addEventListener('messageerror', () => {
        kill(
          new WorkerFault(
            'A message between the page and its worker could not be read. Reload the page; finished stages are kept.',
          ),
        );
      });
    });
    // Without an open call nobody else listens to it.
    died.catch(() => undefined);
    remote
      .connect(
        base,
        device,
        proxy((events) => listener(events)),
      )
      .then(
        () => {
          up = true;
        },
        () => undefined,
      );
    return { worker, remote, died };
  };

  return {
    listen: (next) => {
      listener = next;
    },
    command: async (command: LabCommand): Promise<LabReply> => {
      connection ??= connect();
      return Promise.race([connection.remote.command(command), connection.died]);
    },
    close: () => kill(new WorkerFault('The page closed its worker.')),
  };
}

/** The worker that ships with the page. */
export function startLabWorker(): Worker {
  return new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: 'rewarm lab' });
}
