// Constructed evidence: what an arm of a figure would have recorded, from the losses that a test wants.

import type { ArmRun, Evidence } from '../../src/experiment/evidence/evidence';
import type { FigurePart } from '../../src/experiment/part';
import type { Losses } from '../../src/experiment/readings';

/** Losses of one arm by seed: its finals, stage by stage, and the shape of its last stage's curve. */
interface Recorded {
  readonly seed: number;
  readonly finals: readonly (Losses | null)[];
  /** D0 loss above the stage's start halfway through it; 0 when left out. */
  readonly bump?: number;
}

/** Three measurements a stage: at its start (the end before it), in the middle and at its end. */
function recordOf(part: FigurePart, id: string, { seed, finals, bump = 0 }: Recorded): ArmRun {
  const { arms, batch, model } = part.experiment;
  const stages = arms.find((arm) => arm.id === id)?.stages ?? [];
  let tokens = 0;
  let last: Losses = { old: 5, new: 5 };
  return {
    seed,
    stages: stages.map(({ name, steps }, i) => {
      const final = finals[i] ?? null;
      const start = last;
      const end = final ?? last;
      const at = (step: number, losses: Losses) => ({
        step,
        ...losses,
        tokens: tokens + step * batch * model.context,
      });
      const half = { old: start.old + bump, new: (start.new + end.new) / 2 };
      const evaluations = [at(0, start), at(Math.floor(steps / 2), half), at(steps, end)];
      tokens += steps * batch * model.context;
      last = end;
      return { name, steps, evaluations, final };
    }),
  };
}

/** Evidence of one part from losses by arm. */
export function evidenceOf(part: FigurePart, arms: Readonly<Record<string, readonly Recorded[]>>): Evidence {
  return (key, arm) => (key === part.key ? (arms[arm] ?? []).map((one) => recordOf(part, arm, one)) : []);
}
