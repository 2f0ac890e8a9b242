// What must hold between the fields of an experiment, as plain functions from a value to problems. Each problem
// names the field that is wrong, relative to the value it was found in.

import { parameters } from './cost';
import { entryOf, numberOf, type Schedule } from './schedules';
import type { Experiment, Mixture, ModelSpec, Stage } from './spec';

export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Ceilings on the whole, beside those on single fields. */
const most = { parameters: 100_000_000, tokensPerStep: 262_144, stepsInAll: 10_000_000 } as const;

/** Numbers of a schedule that have crossed: rates are wrong where they are too low, ends of phases where too early. */
export function scheduleRules(schedule: Schedule<number>): Problem[] {
  const { bounds, numbers } = entryOf(schedule);
  return bounds.flatMap(([lower, upper]): Problem[] => {
    const [low, high] = [numberOf(schedule, lower), numberOf(schedule, upper)];
    if (low <= high) return [];
    return numbers[lower]?.unit === 'share'
      ? [{ path: [upper], message: `must not come before ${numbers[lower].phrase}, ${low}` }]
      : [{ path: [lower], message: `must not be above ${numbers[upper]?.phrase}, ${high}` }];
  });
}

export function mixtureRules({ corpus, replay }: Mixture): Problem[] {
  if (replay?.corpus !== corpus) return [];
  return [{ path: ['replay', 'corpus'], message: `must be another corpus than the one the stage reads, '${corpus}'` }];
}

export function stageRules({ steps, scheduleSteps = steps }: Pick<Stage, 'steps' | 'scheduleSteps'>): Problem[] {
  if (scheduleSteps >= steps) return [];
  return [{ path: ['scheduleSteps'], message: `must not be below the stage's steps, ${steps}` }];
}

export function modelRules(model: ModelSpec): Problem[] {
  const problems: Problem[] = [];
  if (model.width % 4 !== 0) problems.push({ path: ['width'], message: 'must be a multiple of 4' });
  const head = model.width / model.heads;
  if (head % 4 !== 0 || head > 64) {
    const message = `must split the width, ${model.width}, into heads whose size is a multiple of 4 and at most 64`;
    problems.push({ path: ['heads'], message });
  }
  const count = parameters(model);
  if (count > most.parameters) {
    problems.push({ path: [], message: `must have at most ${most.parameters} parameters, not ${count}` });
  }
  return problems;
}

export function experimentRules(experiment: Experiment): Problem[] {
  const { model, batch, evaluation, seeds, arms } = experiment;
  const problems: Problem[] = [];
  if (batch * model.context > most.tokensPerStep) {
    problems.push({
      path: ['batch'],
      message: `times model.context must be at most ${most.tokensPerStep} tokens a step`,
    });
  }
  for (const key of ['curveTokens', 'finalTokens'] as const) {
    if (evaluation[key] >= model.context) continue;
    problems.push({
      path: ['evaluation', key],
      message: `must be at least one window of model.context, ${model.context}`,
    });
  }
  problems.push(...repeated(seeds, (i) => ['seeds', i], 'is listed twice; every seed must be listed once'));
  problems.push(
    ...repeated(
      arms.map((arm) => arm.id),
      (i) => ['arms', i, 'id'],
      'is used by an earlier arm; ids must differ',
    ),
  );
  arms.forEach((arm, a) => {
    if (arm.model) {
      const wrong = modelRules({ ...model, ...arm.model });
      problems.push(...wrong.map(({ path, message }) => ({ path: ['arms', a, 'model', ...path], message })));
    }
    const names = arm.stages.map((stage) => stage.name);
    problems.push(
      ...repeated(names, (i) => ['arms', a, 'stages', i, 'name'], 'is used by an earlier stage; names must differ'),
    );
  });
  const steps = arms.reduce((sum, arm) => sum + arm.stages.reduce((s, stage) => s + stage.steps, 0), 0) * seeds.length;
  if (steps > most.stepsInAll) {
    problems.push({
      path: ['arms'],
      message: `ask for ${steps} steps over all seeds; at most ${most.stepsInAll} are allowed`,
    });
  }
  return problems;
}

function repeated<T>(values: readonly T[], path: (index: number) => (string | number)[], message: string): Problem[] {
  return values.flatMap((value, i) => (values.indexOf(value) < i ? [{ path: path(i), message }] : []));
}
