// Stages that change nothing: a warmup begins at the rate 0, as in GPT-NeoX, so a stage that is over before its warmup has
// climbed trains at 0 alone. That is right by the formula, and nobody means it.

import type { Plan } from './plan';
import { stageRate } from './schedules';

/** One sentence for each stage whose learning rate is 0 in every step. */
export function idleStages({ nodes }: Plan): string[] {
  const idle = nodes.filter(({ stage }) => {
    for (let step = 0; step < stage.steps; step++) if (stageRate(stage, step) > 0) return false;
    return true;
  });
  const sentences = idle.map(({ stage, arms }) => {
    const end = stage.steps === 1 ? 'its only step ends' : `its ${stage.steps} steps end`;
    return `Stage ${stage.name} of ${arms.join(', ')} changes nothing: its warmup begins at the rate 0, and ${end} there.`;
  });
  return [...new Set(sentences)];
}
