// An experiment that goes on from weights of a file: what they have learned stands for the first stage of its arms.

import type { Arm, Experiment } from './spec';

function continuedArm(arm: Arm, sha256: string, several: boolean): Arm {
  const init = { kind: 'weights', sha256 } as const;
  if (!several) return { ...arm, init };
  return arm.stages.length > 1 ? { ...arm, init, stages: arm.stages.slice(1) } : arm;
}

/**
 * Arms of several stages lose the first, and runs from scratch stay what they are; where every arm has one stage, all begin
 * with the weights. An experiment that names weights itself stays as it is.
 */
export function continuedFrom(experiment: Experiment, sha256: string): Experiment {
  const { arms } = experiment;
  if (arms.some(({ init }) => init.kind === 'weights')) return experiment;
  const several = arms.some(({ stages }) => stages.length > 1);
  return { ...experiment, arms: arms.map((arm) => continuedArm(arm, sha256, several)) };
}
