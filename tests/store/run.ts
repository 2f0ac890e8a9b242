// A run of the Lab's own arms `a` and `b`, which share their beginning, and what its events make known.

import { evidenceOf } from '../../src/experiment/evidence/evidence';
import { figureLines } from '../../src/experiment/figures/lines';
import { ownFigure, ownPart } from '../../src/experiment/figures/own';
import { figureTable } from '../../src/experiment/figures/table';
import { plan } from '../../src/experiment/plan';
import type { Measure } from '../../src/experiment/readings';
import { toExperiment } from '../../src/experiment/recipe/experiment';
import { presetSchedules } from '../../src/experiment/recipe/presets';
import type { ChosenPart } from '../../src/store/parts';
import { armProgress } from '../../src/store/progress';
import { createSession } from '../../src/store/session';
import type { LabReply, RunEnd } from '../../src/worker/protocol';

const arm = (id: string, replayPercent: number) => ({
  id,
  recipe: { ...presetSchedules('rewarm'), replayPercent },
});

export function running(seeds: readonly number[] = [1]) {
  const part = ownPart(toExperiment({ shift: 'weak', scale: 'XS', seeds, budget: 1 }, [arm('a', 0), arm('b', 25)]));
  const whole = plan(part.experiment);
  const chosen: ChosenPart = { part, whole, chosen: whole, arms: ['a', 'b'], wanted: true };
  let answer: (reply: LabReply) => void = () => undefined;
  const session = createSession(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  let run = Promise.resolve();
  const begin = () => {
    run = session.start({ id: 'own', parts: [chosen] });
  };
  const evidence = () => evidenceOf([{ key: part.key, plan: whole }], session.getState().records);
  begin();
  return {
    ...session,
    begin,
    end: (how: RunEnd) => {
      answer({ kind: 'ended', end: how });
      return run;
    },
    node: (stageIndex: number, id: string, seed = 1) =>
      whole.nodes.find((one) => one.stageIndex === stageIndex && one.seed === seed && one.arms.includes(id))?.id ??
      'none',
    lines: (measure: Measure) => figureLines(ownFigure, part, measure, evidence()),
    rows: () => figureTable(ownFigure, part, evidence()),
    progress: () => ['a', 'b'].map((id) => armProgress(whole, id, session.getState())),
  };
}
