// The final table of a run.

import { describe, expect, it } from 'vitest';
import { finalTable } from '../../src/cli/table';
import { emptyRecord, type StageRecord } from '../../src/experiment/evidence/record';
import { armPath, plan } from '../../src/experiment/plan';
import type { Arm } from '../../src/experiment/spec';
import { tiny } from './lab';

const [a, b] = tiny.arms.map((arm, i): Arm => ({ ...arm, id: i === 0 ? 'a' : 'b' }));
if (!a || !b) throw new Error('tiny has two arms');

/** What an arm and seed ended with; the base is the same for all. */
interface Row {
  readonly arm: string;
  readonly seed: number;
  /** Null for one that failed. */
  readonly final: [number, number] | null;
}

function tableOf(rows: readonly Row[]): string[] {
  const arms = [a, b].filter((arm): arm is Arm => rows.some((row) => row.arm === arm?.id));
  const whole = plan({ ...tiny, arms, seeds: [...new Set(rows.map(({ seed }) => seed))] });
  const records = new Map<string, StageRecord>();
  for (const { arm, seed, final } of rows) {
    const [base, last] = armPath(whole, arm, seed);
    if (!base || !last) throw new Error('an arm of tiny has two stages');
    const evaluations = [{ step: 0, trainLoss: null, values: [5, 5] }];
    records.set(base.id, { ...emptyRecord(base.id), evaluations, final: [2, 3] });
    const failure = final ? null : { step: 2, message: 'It failed.' };
    records.set(last.id, { ...emptyRecord(last.id), evaluations, final, failure });
  }
  return finalTable(whole, records).split('\n');
}

describe('the final table', () => {
  const row: Row = { arm: 'a', seed: 1, final: [2.5, 1.75] };

  it('shows losses, forgetting and learning', () => {
    const [heading, line, ...rest] = tableOf([row]);
    expect(heading).toBe('arm  seed  D0 loss  D1 loss  forgetting  learned');
    expect(line).toBe('a       1   2.5000   1.7500     +0.5000  +1.2500');
    expect(rest).toEqual([
      'Losses in nats a byte. forgetting = D0 loss now - at the end of the first stage; learned = D1 loss then - now.',
    ]);
  });

  it('means seeds, but not over different numbers of them', () => {
    const lines = tableOf([
      row,
      { ...row, seed: 2, final: [2.7, 1.25] },
      { ...row, arm: 'b' },
      { arm: 'b', seed: 2, final: null },
    ]);
    expect(lines[3]).toBe('a    mean   2.6000   1.5000     +0.6000  +1.5000');
    expect(lines[5]).toBe('b       2        -        -           -        -  failed');
    expect(lines[6]).toBe('b    mean        -        -           -        -');
  });

  it('says what is not finished, also where nothing is known', () => {
    const whole = plan(tiny);
    const [, line] = finalTable(whole, new Map()).split('\n');
    expect(line).toBe('floor      1        -        -           -        -  not finished');
  });
});
