// What is said over the page: the newest fault first, each until it is closed or past, and again when it happens again.

import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../src/worker/protocol';
import { closed } from './worker';

const fault = (message: string): LabEvent => ({ kind: 'fault', fault: 'storage', message, fatal: false });

function page() {
  const { lab, worker, session } = closed();
  const { messages, opened } = lab;
  const said = () => messages.getState().messages.map(({ text }) => text);
  const close = () => {
    const [first] = messages.getState().messages;
    if (first) messages.say(first.source, null);
  };
  const refuse = (problem: string | null) => opened.setState({ problem });
  return { lab, worker, session, said, close, refuse, say: messages.say };
}

describe('a fault', () => {
  test('that was closed is said again when it comes again in the same words', () => {
    const { worker, said, close } = page();
    worker.send([fault('Storage is full.')]);
    expect(said()).toEqual(['Storage is full.']);
    close();
    expect(said()).toEqual([]);
    worker.send([{ kind: 'paused' }]);
    expect(said()).toEqual([]);
    worker.send([fault('Storage is full.')]);
    expect(said()).toEqual(['Storage is full.']);
  });

  test('of a file that was closed is said again for the same file', () => {
    const { said, close, refuse } = page();
    refuse('a.json could not be read.');
    close();
    expect(said()).toEqual([]);
    refuse('a.json could not be read.');
    expect(said()).toEqual(['a.json could not be read.']);
  });

  test('stands before those that came earlier, whatever they are about', () => {
    const { worker, said, refuse } = page();
    refuse('a.json could not be read.');
    worker.send([fault('Storage is full.')]);
    expect(said()).toEqual(['Storage is full.', 'a.json could not be read.']);
    refuse('a.json could not be read.');
    expect(said()).toEqual(['a.json could not be read.', 'Storage is full.']);
  });

  test('and another are both gone when both were closed', () => {
    const { worker, said, close, refuse } = page();
    refuse('a.json could not be read.');
    worker.send([fault('Storage is full.')]);
    close();
    expect(said()).toEqual(['a.json could not be read.']);
    close();
    expect(said()).toEqual([]);
  });
});

test('what is said of a file ends when another opens, and when a run starts', async () => {
  const { lab, said, refuse } = page();
  refuse('a.json could not be read.');
  refuse(null);
  expect(said()).toEqual([]);
  refuse('a.json could not be read.');
  void lab.startOwn(false);
  expect(said()).toEqual([]);
  // One that comes while it trains stays.
  refuse('b.json could not be read.');
  expect(said()).toEqual(['b.json could not be read.']);
});

test('a run that starts takes back what was said of the last', async () => {
  const { lab, worker, said } = page();
  worker.send([fault('Storage is full.')]);
  void lab.startOwn(false);
  expect(said()).toEqual([]);
});

test('notes stand behind faults, the address before the machine, and do not come back by themselves', () => {
  const { worker, said, close, say, refuse } = page();
  say('machine', 'No card.');
  say('address', 'Left out.');
  worker.send([fault('Storage is full.')]);
  refuse('a.json could not be read.');
  expect(said()).toEqual(['a.json could not be read.', 'Storage is full.', 'Left out.', 'No card.']);
  for (const left of [3, 2, 1, 0]) {
    close();
    expect(said()).toHaveLength(left);
  }
});
