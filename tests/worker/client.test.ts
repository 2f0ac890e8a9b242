// The page's side of the worker: every call settles, also when the worker dies, and the next call starts a new one.

import { MessageChannel } from 'node:worker_threads';
import { expose } from 'comlink';
import { describe, expect, test } from 'vitest';
import { createLabClient } from '../../src/worker/client';
import type { LabReply, LabWorker } from '../../src/worker/protocol';

interface FakeWorker extends EventTarget {
  terminated: boolean;
}

/** A worker made of a message channel; `die` is what the browser does when a script throws while it loads. */
function workers(answer: () => Promise<LabReply>) {
  const made: FakeWorker[] = [];
  const bases: string[] = [];
  const start = () => {
    const { port1, port2 } = new MessageChannel();
    const lab: LabWorker = {
      connect: (base, device, listener) => {
        expect(device).toEqual({ handheld: true, gigabytes: 4 });
        bases.push(base);
        listener([{ kind: 'paused' }]);
      },
      command: answer,
    };
    expose(lab, port2 as unknown as Parameters<typeof expose>[1]);
    const target = new EventTarget();
    const page = port1 as unknown as Worker;
    const worker = Object.assign(target, {
      terminated: false,
      postMessage: page.postMessage.bind(page),
      terminate: () => {
        worker.terminated = true;
        port1.close();
      },
    });
    port1.on('message', (data: unknown) => target.dispatchEvent(Object.assign(new Event('message'), { data })));
    made.push(worker);
    return worker as unknown as Worker;
  };
  const die = (message: string) => made.at(-1)?.dispatchEvent(Object.assign(new Event('error'), { message }));
  return { start, made, bases, die };
}

const phone = { handheld: true, gigabytes: 4 };

describe('client', () => {
  test('a command is answered', async () => {
    const { start, made, bases } = workers(async () => ({ kind: 'ok' }));
    const client = createLabClient(start, 'https://example.org/', phone);
    expect(await client.command({ kind: 'pause' })).toEqual({ kind: 'ok' });
    expect(made).toHaveLength(1);
    expect(bases).toEqual(['https://example.org/']);
    client.close();
  });

  test('an open call rejects with a sentence when the worker dies; the next one starts another', async () => {
    let answer = (): Promise<LabReply> => new Promise(() => undefined);
    const { start, made, die } = workers(() => answer());
    const client = createLabClient(start, 'https://example.org/', phone);
    const open = client.command({ kind: 'stop' });
    die('out of memory');
    await expect(open).rejects.toThrow(/trains stopped \(out of memory\).*Finished stages are kept/);
    expect(made[0]?.terminated).toBe(true);
    answer = async () => ({ kind: 'ok' });
    expect(await client.command({ kind: 'pause' })).toEqual({ kind: 'ok' });
    expect(made).toHaveLength(2);
    client.close();
  });

  test('a worker whose script is gone is not said to have stopped: the page can be reloaded', async () => {
    const { start, made, die } = workers(async () => ({ kind: 'ok' }));
    const client = createLabClient(start, 'https://example.org/', phone);
    const first = client.command({ kind: 'pause' });
    die('');
    await expect(first).rejects.toThrow(/trains could not be fetched\..*press Run again, or reload the page/);
    expect(await client.command({ kind: 'pause' })).toEqual({ kind: 'ok' });
    expect(made).toHaveLength(2);
    const never = createLabClient(start, 'https://example.org/', phone);
    await never.command({ kind: 'pause' });
    const open = never.command({ kind: 'pause' });
    die('');
    await expect(open).rejects.toThrow(/trains stopped\. Finished/);
    client.close();
  });
});
