// The learning rate over both stages: the plot with its handles, the quick choices, and behind a fold every number.

import { armName } from '../../../experiment/recipe/naming';
import { type AtSwitch, hasPeak, presetOf, presetSchedules } from '../../../experiment/recipe/presets';
import { scales } from '../../../experiment/scales';
import { useLab, useRecipe } from '../../context';
import { type Option, Segmented } from '../../controls/Segmented';
import { recipeWords, scheduleWords, switchWords } from '../../strings';
import styles from './Schedule.module.css';
import { SchedulePlot } from './SchedulePlot';
import { StageEditor } from './StageEditor';
import { allUntestedText } from './words';

type QuickChoice = Exclude<AtSwitch, 'infinite-inverse-sqrt'>;
const quickChoices: readonly Option<QuickChoice>[] = (['floor', 'rewarm', 'peak', 'infinite-cosine'] as const).map(
  (value) => ({ value, label: switchWords[value].label }),
);
const cooldowns: readonly Option<AtSwitch>[] = [
  { value: 'infinite-cosine', label: 'cosine' },
  { value: 'infinite-inverse-sqrt', label: 'inverse root' },
];
const peaks: readonly Option<number>[] = [0.5, 1, 2].map((value) => ({ value, label: `${value}×` }));

/** The presets, with the one choice that some of them have. None is pressed when the schedules were shaped by hand. */
function Presets() {
  const { recipe } = useLab();
  const draft = useRecipe((state) => state.draft);
  const preset = presetOf(draft);
  const infinite = preset?.name === 'infinite-cosine' || preset?.name === 'infinite-inverse-sqrt';
  const choose = (name: AtSwitch, peak = 1) => recipe.change(presetSchedules(name, peak));
  return (
    <>
      <Segmented
        legend={recipeWords.schedule.title}
        options={quickChoices}
        columns={2}
        value={preset?.name === 'infinite-inverse-sqrt' ? 'infinite-cosine' : (preset?.name ?? null)}
        onChange={(name) => choose(name, preset && hasPeak(preset.name) ? preset.peak : 1)}
      />
      {infinite && (
        <Segmented legend={scheduleWords.cooldown} options={cooldowns} value={preset.name} onChange={choose} />
      )}
      {preset && hasPeak(preset.name) && (
        <div className={styles.row}>
          <span title={recipeWords.peakHelp}>{recipeWords.schedule.peak}</span>
          <Segmented
            legend={recipeWords.peakHelp}
            options={peaks}
            value={preset.peak}
            onChange={(peak) => choose(preset.name, peak)}
          />
        </div>
      )}
      <p className={styles.help}>
        {preset ? switchWords[preset.name].help : `${scheduleWords.custom} ${armName({ ...draft, replayPercent: 0 })}.`}
      </p>
    </>
  );
}

export function ScheduleEditor() {
  const { recipe } = useLab();
  const draft = useRecipe((state) => state.draft);
  const { peak } = scales[useRecipe((state) => state.setting.scale)];
  const started = useRecipe((state) => state.setting.start !== undefined);
  const outside = allUntestedText(draft);
  // Weights of a file stand for the first stage.
  const stages = started ? (['second'] as const) : (['first', 'second'] as const);
  return (
    <>
      {!started && <SchedulePlot />}
      <Presets />
      <details className={styles.shape}>
        <summary>{scheduleWords.shape}</summary>
        {stages.map((stage) => (
          <StageEditor
            key={stage}
            stage={stage}
            schedule={draft[stage]}
            peak={peak}
            onChange={(changed) => recipe.change({ [stage]: changed })}
          />
        ))}
      </details>
      {outside && <p className={styles.outside}>{scheduleWords.outside(outside)}</p>}
    </>
  );
}
