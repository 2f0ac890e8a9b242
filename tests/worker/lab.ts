// A host in Node on the packed text, with a database in memory and everything that it tells.

import type { Experiment } from '../../src/experiment/spec';
import type { Database } from '../../src/storage/database';
import { BrowserStages } from '../../src/storage/stages';
import type { TrainEvent } from '../../src/train/events';
import { LabHost } from '../../src/worker/host';
import type { Device, LabEvent } from '../../src/worker/protocol';
import type { Fetch } from '../../src/worker/served';
import { fetchPacked } from '../data/packed';
import { memory } from '../storage/memory';

/** The trainer's small experiment, on the real text. */
export const real = (experiment: Experiment): Experiment =>
  JSON.parse(JSON.stringify(experiment).replaceAll('synthetic-a', 'literature').replaceAll('synthetic-b', 'speeches'));

const fileOf = (address: string) => /corpora\/(.*)$/.exec(address)?.[1] ?? '';

export const served: Fetch = async (address) =>
  fetchPacked(fileOf(address)).then(
    (bytes) => new Response(new Uint8Array(bytes)),
    () => new Response('', { status: 404 }),
  );

/** The same files, but the text of one corpus is said to be another. */
export const changed =
  (corpus: string): Fetch =>
  async (address, options) => {
    if (fileOf(address) !== 'manifest.json') return served(address, options);
    const manifest = JSON.parse(new TextDecoder().decode(await fetchPacked('manifest.json')));
    for (const entry of manifest.corpora) if (entry.name === corpus) entry.sha256 = '0'.repeat(64);
    return new Response(JSON.stringify(manifest));
  };

interface Databases {
  readonly weights: Database;
  readonly index: Database;
}

/** What outlives a host. */
export const databases = (): Databases => ({ weights: memory(), index: memory() });

/** That says its memory. */
export const computer: Device = { handheld: false, gigabytes: 8 };

interface HostChange {
  readonly fetch?: Fetch;
  readonly kept?: Databases;
  readonly gpu?: GPU | undefined;
  readonly device?: Device;
  readonly heard?: (event: LabEvent, lab: LabHost) => void;
}

export function host({
  fetch = served,
  kept = databases(),
  gpu,
  device = computer,
  heard = () => undefined,
}: HostChange = {}) {
  const events: LabEvent[] = [];
  const lab: LabHost = new LabHost({
    base: 'https://example.org/lab/',
    version: 'test',
    surroundings: { secure: true, gpu, device },
    stages: new BrowserStages({ ...kept, onTrouble: () => undefined, now: () => 0, later: () => undefined }),
    push: (event) => {
      events.push(event);
      heard(event, lab);
    },
    fetch,
  });
  const told = <K extends LabEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<LabEvent, { kind: K }> => event.kind === kind);
  return {
    lab,
    events,
    told,
    trained: <K extends TrainEvent['kind']>(kind: K) =>
      told('train')
        .map(({ event }) => event)
        .filter((event): event is Extract<TrainEvent, { kind: K }> => event.kind === kind),
    start: (experiment: Experiment, stepwise = false) => lab.command({ kind: 'start', experiment, stepwise }),
  };
}
