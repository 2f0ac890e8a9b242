// The sentence that a command begins with: what is trained, called by its name once.

import { expect, test } from 'vitest';
import { planLine } from '../../src/cli/training';
import { figureIds, figures } from '../../src/experiment/figures';
import { plan } from '../../src/experiment/plan';

test.each(figureIds)('figure %s: every part is named once', (id) => {
  for (const { title, experiment } of figures[id].parts({ scale: 'XS', seeds: [1], budget: 0.1 })) {
    const line = planLine(title, plan(experiment), 'reference');
    expect(line).toMatch(/: \d+ arms?, 1 seed, [\d,]+ training tokens, .*\.$/);
    expect(line.split(title)).toHaveLength(2);
    expect(line).not.toContain('shift: literature');
  }
});
