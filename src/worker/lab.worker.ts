// The worker: owns the engine, the text and the checkpoints, and answers the page's commands one after another.

import { expose } from 'comlink';
import { version } from '../../package.json';
import { labDatabases } from '../storage/database';
import { BrowserStages } from '../storage/stages';
import { browserTunings } from '../storage/tunings';
import { LabHost } from './host';
import { Outbox } from './outbox';
import type { LabEvent, LabListener, LabWorker } from './protocol';
import type { Fetch } from './served';

let listener: LabListener = () => undefined;
/** Milliseconds after which the browser's storage is tried again. */
const storageRetry = 30_000;

const clock = { now: () => performance.now(), after: (ms: number, action: () => void) => void setTimeout(action, ms) };
const outbox = new Outbox((events) => listener(events), clock);

/** Says when a stage was used last, so that the oldest goes first where room is short. */
const wallClock = () => performance.timeOrigin + performance.now();

/** `fetch` must be called as a method of the global scope. */
const fetchFile: Fetch = (address, options) => fetch(address, options);

let connected: (host: LabHost) => void = () => undefined;
const host = new Promise<LabHost>((resolve) => {
  connected = resolve;
});

const lab: LabWorker = {
  connect: (base, device, next) => {
    listener = next;
    const { weights, index, tunings } = labDatabases();
    const push = (event: LabEvent) => outbox.push(event);
    const onTrouble = (message: string) => push({ kind: 'fault', fault: 'storage', message, fatal: false });
    const later = (action: () => void) => clock.after(storageRetry, action);
    const stages = new BrowserStages({ weights, index, onTrouble, now: wallClock, later });
    const surroundings = {
      secure: isSecureContext,
      gpu: navigator.gpu as GPU | undefined,
      tunings: browserTunings(tunings),
      device,
    };
    connected(new LabHost({ base, version, surroundings, stages, push, fetch: fetchFile }));
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
