// A stage's schedule in numbers: its kind, then every number that this kind has.

import { hasStart, numbersOf, type ScheduleRecipe, withKind } from '../../../experiment/recipe/schedule';
import { entryOf, type ScheduleKind, scheduleEntries } from '../../../experiment/schedules';
import type { StageName } from '../../../experiment/schedules/entry';
import { type Option, Segmented } from '../../controls/Segmented';
import { scheduleWords } from '../../strings';
import { NumberRow } from './NumberRow';
import styles from './Schedule.module.css';
import { untestedText } from './words';

const kinds = scheduleEntries.map(({ id, label, spoken }): Option<ScheduleKind> => ({ value: id, label, spoken }));

interface StageEditorProps {
  readonly stage: StageName;
  readonly schedule: ScheduleRecipe;
  readonly peak: number;
  readonly onChange: (schedule: ScheduleRecipe) => void;
}

export function StageEditor({ stage, schedule, peak, onChange }: StageEditorProps) {
  const legend = scheduleWords.schedule(scheduleWords.stages[stage]);
  const outside = untestedText(schedule);
  return (
    <section className={styles.stage} aria-label={legend}>
      <h3>{legend}</h3>
      <Segmented
        legend={legend}
        options={kinds}
        columns={2}
        value={entryOf(schedule).id}
        onChange={(kind) => onChange(withKind(schedule, kind, stage))}
      />
      {numbersOf(schedule).map((name) => (
        <NumberRow key={name} stage={stage} schedule={schedule} name={name} peak={peak} onChange={onChange} />
      ))}
      {!hasStart(schedule) && <p className={styles.help}>{scheduleWords.noStart}</p>}
      {outside && <p className={styles.outside}>{scheduleWords.outside(outside)}</p>}
    </section>
  );
}
