// The line that says what a plan asks for, before anything is trained.

import { expect, it, test } from 'vitest';
import { planLine } from '../../src/cli/training';
import { textData } from '../../src/data/text';
import { figureIds, figures } from '../../src/experiment/figures';
import { plan } from '../../src/experiment/plan';
import { arm, text, tiny } from '../train/fixtures';

const line = (steps: number) => planLine('Tiny', plan(tiny([arm('a', { steps })])), 'reference', text);

it('says how often a stage reads its text, once it is more than once', () => {
  const tokens = text.source('synthetic-b').trainTokens;
  const steps = Math.ceil((4.5 * tokens) / (4 * 8));
  expect(line(Math.floor(tokens / (4 * 8)))).toMatch(/parameters\.$/);
  expect(line(steps)).toMatch(/parameters\. A stage reads synthetic-b 4\.5 times\.$/);
});

test.each(figureIds)('names every part of figure %s once', (id) => {
  for (const { title, experiment } of figures[id].parts({ scale: 'XS', seeds: [1], budget: 0.1 })) {
    const said = planLine(title, plan(experiment), 'reference', textData([]));
    expect(said).toMatch(/: \d+ arms?, 1 seed, [\d,]+ training tokens, .*\.$/);
    expect(said.split(title)).toHaveLength(2);
    expect(said).not.toContain('shift: literature');
  }
});
