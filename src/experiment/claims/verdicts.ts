// From the comparisons of a claim to its one verdict. A claim that is made for several things is as good as its weakest one.

import type { ShiftName } from '../compose';
import type { Evidence } from '../evidence/evidence';
import { finished } from '../evidence/measures';
import type { ArmPlace, Claim, Finding, NamedFinding, Outcome, Verdict } from './claim';
import type { Test } from './comparison';

/** What a claim is judged from, and how. */
type Judging = Pick<Claim, 'needs' | 'judge'>;

/** Titled comparisons that must all hold; the title opens the sentence. */
export type Tests = Readonly<Record<string, Test>>;

/** Weakest first: one clear counterexample decides, and `holds` needs all. */
const weakness: readonly Outcome[] = ['reversed', 'cannot-tell', 'no-difference', 'holds'];

const shiftTitles: Readonly<Record<ShiftName, string>> = { weak: 'Weak shift', strong: 'Strong shift' };

/** A claim that is one comparison. */
export function alone(test: Test): Judging {
  return { needs: test.needs, judge: (evidence) => together(judged({ '': test }, evidence), []) };
}

/** A claim that is several comparisons, all of which must hold. */
export function all(tests: Tests): Judging {
  return { needs: needsOf(tests), judge: (evidence) => together(judged(tests, evidence), []) };
}

/**
 * A claim about both shifts. Where only one of them was trained it is judged there alone, and the sentence says so: a
 * student who has time for one shift gets an answer about that one.
 */
export function onBothShifts(of: (shift: ShiftName) => Test | Tests): Judging {
  const shifts = (['weak', 'strong'] as const).map((shift) => ({
    title: shiftTitles[shift],
    tests: titled(shift, of(shift)),
  }));
  const judge = (evidence: Evidence) => {
    const trained = shifts.filter(({ tests }) => Object.values(tests).some((test) => begun(test, evidence)));
    const counted = trained.length === 0 ? shifts : trained;
    const left = shifts.filter((shift) => !counted.includes(shift));
    return together(
      counted.flatMap(({ tests }) => judged(tests, evidence)),
      left.map(({ title }) => `${title}: not trained, so not judged.`),
    );
  };
  return { needs: shifts.flatMap(({ tests }) => needsOf(tests)), judge };
}

function needsOf(tests: Tests): ArmPlace[] {
  return Object.values(tests).flatMap(({ needs }) => needs);
}

function titled(shift: ShiftName, tests: Test | Tests): Tests {
  const title = shiftTitles[shift];
  if (isTest(tests)) return { [title]: tests };
  return Object.fromEntries(Object.entries(tests).map(([name, test]) => [`${title}, ${name}`, test]));
}

function isTest(tests: Test | Tests): tests is Test {
  return typeof tests['judge'] === 'function';
}

function begun({ needs }: Test, evidence: Evidence): boolean {
  return needs.some(({ part, arm }) => evidence(part, arm).some(finished));
}

function judged(tests: Tests, evidence: Evidence): NamedFinding[] {
  return Object.entries(tests).map(([title, test]) => {
    const parts = [...new Set(test.needs.map(({ part }) => part))];
    return { title, parts, ...test.judge(evidence) };
  });
}

function together(findings: readonly NamedFinding[], remarks: readonly string[]): Verdict {
  const [decisive] = [...findings].sort((a, b) => weakness.indexOf(a.outcome) - weakness.indexOf(b.outcome));
  if (decisive === undefined) throw new Error('A claim needs at least one comparison.');
  const { outcome, effect, interval, n } = decisive;
  const sentences = findings.map(({ title, sentence }: Finding & { title: string }) =>
    title === '' ? sentence : `${title}: ${sentence}`,
  );
  return { outcome, effect, interval, n, sentence: [...sentences, ...remarks].join(' '), findings };
}
