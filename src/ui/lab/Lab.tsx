// The Lab: a figure whose arms the visitor composes, with the recipe beside its charts.

import { useLayoutEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Looks } from '../../drawing/lines';
import { parameters } from '../../experiment/cost';
import type { Evidence } from '../../experiment/evidence/evidence';
import { ownFigure } from '../../experiment/figures/own';
import { stageSteps } from '../../experiment/recipe/experiment';
import { armName, shortArmNames } from '../../experiment/recipe/naming';
import { type ArmEntry, armsToRun, freeSlot } from '../../experiment/recipe/recipe';
import { scales } from '../../experiment/scales';
import { appearance, baseAppearance } from '../../plot/palette';
import { type FigureLook, lookQuery, plainLook, plainScreen } from '../../store/look';
import { type ChosenPart, labPart } from '../../store/parts';
import { armProgress, isOfRun } from '../../store/progress';
import { isComposed, type RecipeState } from '../../store/recipe';
import type { View } from '../../store/session_state';
import { plainView } from '../../store/view';
import { useLab, useRecipe, useSession } from '../context';
import { StartOver } from '../controls/StartOver';
import { bytes, count, millions } from '../format';
import { useScreen } from '../screen';
import { figureWords, panels, runWords, shiftWords, startOverWords } from '../strings';
import { useEvidence, useKnown, useLook } from '../view/evidence';
import { Frame } from '../view/Frame';
import { Layout } from '../view/Layout';
import { createLooking } from '../view/LossCharts';
import { Numbers } from '../view/Numbers';
import { type RunPlan, useRunPlan } from '../view/PlanSummary';
import { RunBar } from '../view/RunBar';
import { ArmList } from './ArmList';
import { leadOf } from './lead';
import { addressOfLab, useLabAddress } from './link';
import { OtherRun } from './OtherRun';
import { Recipe } from './Recipe';

/** Stays when the page is left and found again. */
const looking = createLooking();
const plan = { old: panels.old.plan, new: panels.new.plan };

/** The arms of the part; the draft, where it is new, in the first slot that is free. */
function entries(recipe: Pick<RecipeState, 'draft' | 'arms'>): ArmEntry[] {
  const free = freeSlot(recipe.arms);
  return armsToRun(recipe).map(
    (arm) => recipe.arms.find(({ id }) => id === arm.id) ?? { ...arm, slot: free, hidden: false },
  );
}

function looksOf(arms: readonly ArmEntry[]): Looks {
  const shown = arms.filter(({ hidden }) => !hidden);
  const labels = shortArmNames(shown.map(({ recipe }) => recipe));
  const names = new Map(shown.map(({ id }, i) => [id, labels[i] ?? '']));
  const looks = new Map(arms.map(({ id, slot }) => [id, appearance(slot)]));
  return { appearance: (arm) => looks.get(arm) ?? baseAppearance, label: (arm) => names.get(arm) ?? '' };
}

/** What the recipe says, as the one part of a figure. */
function useOwn() {
  const setting = useRecipe((state) => state.setting);
  const draft = useRecipe((state) => state.draft);
  const arms = useRecipe((state) => state.arms);
  return useMemo(() => {
    const chosen = labPart({ setting, draft, arms });
    const all = entries({ draft, arms });
    const shown = new Set(all.filter(({ hidden }) => !hidden).map(({ id }) => id));
    const view = { id: 'own', parts: [chosen] } as const;
    return { chosen, view, shown, looks: looksOf(all), phaseNames: [shiftWords[setting.shift].from] };
  }, [setting, draft, arms]);
}

interface LeadProps {
  readonly view: View;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
}

/** What to watch for, and afterwards what was seen. */
function Lead({ view, chosen, evidence }: LeadProps) {
  const phase = useSession((state) => state.phase);
  const shown = useSession((state) => isOfRun(state, view));
  if (shown && phase === 'stopped') return figureWords.stopped;
  if (shown && phase === 'running') return figureWords.watch;
  return leadOf(chosen.part, evidence) ?? figureWords.watch;
}

function HonestScale({ chosen }: { readonly chosen: ChosenPart }) {
  const setting = useRecipe((state) => state.setting);
  const { model, batch } = scales[setting.scale];
  const memory = useRunPlan([chosen]).bytes;
  return (
    <>
      Same method, far smaller: {millions(parameters(model))} parameters (paper: 405 M),{' '}
      {count((setting.start ? 1 : 2) * stageSteps(setting) * batch * model.context)} tokens (paper: 300 B). Directions
      should match; numbers will not.
      {memory && ` ${bytes(memory)} of GPU memory.`}
    </>
  );
}

interface LabProps {
  /** How the address wants it to be looked at. */
  readonly look: FigureLook | undefined;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

/** How the page is looked at, which is first what the address says. */
function useLabLook({ look: asked, tables }: LabProps): FigureLook {
  useLayoutEffect(() => {
    if (asked) looking.view.setState({ ...plainView, ...asked.view });
  }, [asked]);
  const view = useStore(looking.view);
  const look = useMemo(() => {
    const { zoom, ...rest } = view;
    return { ...plainLook, tables, view: zoom ? view : rest };
  }, [tables, view]);
  useLabAddress(
    useRecipe((state) => state),
    look,
  );
  return look;
}

export function Lab(props: LabProps) {
  const { tables, onTables } = props;
  const look = useLabLook(props);
  const { ui } = useScreen();
  const lab = useLab();
  const { chosen, view, shown, looks, phaseNames } = useOwn();
  const { part, whole } = chosen;
  const records = useSession((state) => state.records);
  const phase = useSession((state) => state.phase);
  const planned = useSession((state) => state.planned);
  const draft = useRecipe((state) => state.draft);
  const changed = useRecipe(isComposed);
  const evidence = useEvidence(view.parts);
  useLook(view);
  const known = useKnown(view);
  const progress = (arm: string) => armProgress(whole, arm, { records, phase, planned });
  const states = chosen.arms.map((arm) => progress(arm).state);
  const open = states.filter((state) => state !== 'done' && state !== 'reused').length;
  const label = ({ stages }: RunPlan) => {
    if (stages === 0) return runWords.same;
    if (open === 1 && states.length > 1) return runWords.runNew;
    return open < 2 ? runWords.run : `${runWords.run} ${open} arms`;
  };
  return (
    <Layout
      name="Recipe"
      open="Recipe"
      column={
        <>
          <Recipe />
          <ArmList plan={whole} />
          {changed && <StartOver help={startOverWords.lab} onPress={() => lab.startOver('own')} />}
        </>
      }
      bar={
        <RunBar view={view} label={label} title={armName(draft)} onStart={(stepwise) => void lab.startOwn(stepwise)} />
      }
    >
      <Frame
        figure={ownFigure}
        part={part}
        shown={shown}
        looks={looks}
        evidence={evidence}
        tables={tables}
        looking={looking}
        plan={plan}
        phaseNames={phaseNames}
        question={figureWords.question}
        lead={<Lead view={view} chosen={chosen} evidence={evidence} />}
        tabs={<OtherRun />}
        note={<HonestScale chosen={chosen} />}
        onTables={onTables}
        results={known}
        settings={(all) => addressOfLab(lab.recipe.getState(), all ? look : null, plainScreen, true)}
        asked={lookQuery(look, new Map())}
      />
      {ui === null && <Numbers figure={ownFigure} part={part} evidence={evidence} looks={looks} progress={progress} />}
    </Layout>
  );
}
