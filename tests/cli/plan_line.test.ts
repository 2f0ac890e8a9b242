// The line that says what a plan asks for, before anything is trained.

import { expect, it } from 'vitest';
import { planLine } from '../../src/cli/training';
import { plan } from '../../src/experiment/plan';
import { arm, text, tiny } from '../train/fixtures';

const line = (steps: number) => planLine(plan(tiny([arm('a', { steps })])), 'reference', text);

it('says how often a stage reads its text, once it is more than once', () => {
  const tokens = text.source('synthetic-b').trainTokens;
  const steps = Math.ceil((4.5 * tokens) / (4 * 8));
  expect(line(Math.floor(tokens / (4 * 8)))).toMatch(/parameters\.$/);
  expect(line(steps)).toMatch(/parameters\. A stage reads synthetic-b 4\.5 times\.$/);
});
