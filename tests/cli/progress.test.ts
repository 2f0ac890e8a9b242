// The progress bar and plain progress lines.

import { describe, expect, it } from 'vitest';
import type { TextOutput } from '../../src/cli/console';
import { duration, type ProgressState, progressOn } from '../../src/cli/progress';

const state: ProgressState = {
  tokensDone: 430,
  tokensPlanned: 1000,
  tokensPerSecond: 12_345.6,
  secondsLeft: 80,
  stage: 'd1: rewarm (seed 1)',
};

function recorder(isTTY: boolean, columns = 120) {
  const written: string[] = [];
  const output: TextOutput = { isTTY, columns, write: (text: string) => written.push(text) };
  let time = 0;
  const progress = progressOn(output, () => time);
  return { written, progress, wait: (milliseconds: number) => (time += milliseconds) };
}

describe('on a terminal', () => {
  it('draws one line with share, speed, time left and stage', () => {
    const { written, progress } = recorder(true);
    progress.show(state);
    expect(written).toEqual([
      '\r\x1b[K[########············]  43 %  12,346 tokens/s  1 min 20 s left  d1: rewarm (seed 1)',
    ]);
  });

  it('redraws at most ten times a second and never wraps', () => {
    const { written, progress, wait } = recorder(true, 40);
    progress.show(state);
    progress.show({ ...state, tokensDone: 440 });
    expect(written).toHaveLength(1);
    wait(100);
    progress.show({ ...state, tokensDone: 450 });
    expect(written).toHaveLength(2);
    expect(written[1]?.slice('\r\x1b[K'.length)).toHaveLength(39);
  });

  it('prints lines above the bar and removes the bar at the end', () => {
    const { written, progress } = recorder(true);
    progress.line('first');
    progress.show(state);
    progress.line('second');
    progress.end();
    expect(written[0]).toBe('first\n');
    expect(written[2]).toBe('\r\x1b[Ksecond\n');
    expect(written[3]).toBe(written[1]);
    expect(written[4]).toBe('\r\x1b[K');
  });

  it('copes with an unknown width', () => {
    const { written, progress } = recorder(true, 0);
    progress.show(state);
    expect(written[0]).toContain('43 %');
  });
});

describe('elsewhere', () => {
  it('prints a plain line each tenth, each stage and each half minute', () => {
    const { written, progress, wait } = recorder(false);
    progress.show(state);
    progress.show({ ...state, tokensDone: 499 });
    progress.show({ ...state, tokensDone: 500 });
    progress.show({ ...state, tokensDone: 501, stage: 'd1: floor (seed 1)' });
    wait(30_000);
    progress.show({ ...state, tokensDone: 502, stage: 'd1: floor (seed 1)' });
    expect(written.map((line) => line.slice(0, 5))).toEqual([' 43 %', ' 50 %', ' 50 %', ' 50 %']);
    expect(written[0]).toBe(' 43 %  12,346 tokens/s  1 min 20 s left  d1: rewarm (seed 1)\n');
  });

  it('leaves out what is not known yet', () => {
    const { written, progress } = recorder(false);
    progress.show({ ...state, tokensDone: 0, tokensPlanned: 0, tokensPerSecond: null, secondsLeft: null });
    expect(written).toEqual(['  0 %  d1: rewarm (seed 1)\n']);
  });
});

it.each([
  [-1, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [3599, '59 min 59 s'],
  [7500, '2 h 5 min'],
])('says %s seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
