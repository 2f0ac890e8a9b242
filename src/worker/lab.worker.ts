// The worker: owns the engine, the text and the checkpoints, and answers the page's commands one after another.

import { expose } from 'comlink';
import { BrowserCheckpoints, browserDatabase } from '../storage/checkpoints';
import { browserTunings } from '../storage/tunings';
import { LabHost } from './host';
import { Outbox } from './outbox';
import type { LabListener, LabWorker } from './protocol';
import type { Fetch } from './text';

let listener: LabListener = () => undefined;
const clock = { now: () => performance.now(), after: (ms: number, action: () => void) => void setTimeout(action, ms) };
const outbox = new Outbox((events) => listener(events), clock);

/** `fetch` must be called as a method of the global scope. */
const fetchFile: Fetch = (address, options) => fetch(address, options);

let connected: (host: LabHost) => void = () => undefined;
const host = new Promise<LabHost>((resolve) => {
  connected = resolve;
});

const lab: LabWorker = {
  connect: (base, next) => {
    listener = next;
    const checkpoints = new BrowserCheckpoints(browserDatabase(), (message) =>
      outbox.push({ kind: 'fault', fault: 'storage', message, fatal: false }),
    );
    const tunings = browserTunings(browserDatabase('rewarm-kernels', 'tunings'));
    const surroundings = { secure: isSecureContext, gpu: navigator.gpu as GPU | undefined, tunings };
    connected(new LabHost({ base, surroundings, checkpoints, push: (event) => outbox.push(event), fetch: fetchFile }));
  },
  command: async (command) => {
    try {
      return await (await host).command(command);
    } finally {
      // Events take another message port than replies, so a reply waits until they have arrived.
      await outbox.flush();
    }
  },
};

expose(lab);
