// Text that the base and the trained runs write after the same beginnings, so that forgetting can be read.

import { studyAppearance } from '../../drawing/lines';
import { promptsOf, writersOf } from '../../experiment/figures/prompts';
import { textOf } from '../../experiment/readings';
import { type Appearance, baseAppearance } from '../../plot/palette';
import type { ChosenPart } from '../../store/parts';
import { isActive } from '../../store/session_state';
import { Swatch } from '../charts/Marks';
import { useLab, useSession } from '../context';
import view from '../view/View.module.css';
import styles from './Figures.module.css';
import { sampleWords } from './words';

interface NamedWriter {
  readonly node: string;
  readonly name: string;
  readonly appearance: Appearance;
}

/** Who can write now: the base and the chosen arms that have ended. */
function namedWriters({ whole, arms }: ChosenPart, ended: (node: string) => boolean): NamedWriter[] {
  const labels = new Map(whole.experiment.arms.map(({ id, label }) => [id, label]));
  return writersOf(whole)
    .filter(({ node, arm }) => ended(node) && (arm === null || arms.includes(arm)))
    .map(({ node, arm }) =>
      arm === null
        ? { node, name: sampleWords.base, appearance: baseAppearance }
        : { node, name: labels.get(arm) ?? arm, appearance: studyAppearance(arm) },
    );
}

export function Samples({ chosen }: { readonly chosen: ChosenPart }) {
  const { session } = useLab();
  const records = useSession((state) => state.records);
  const active = useSession((state) => isActive(state.phase));
  const { phase, texts, message } = useSession((state) => state.writing);
  const { experiment } = chosen.part;
  const [old] = textOf(experiment, 'old').split('/');
  const writers = namedWriters(chosen, (node) => Boolean(records.get(node)?.final));
  const prompts = promptsOf(experiment);
  const written = writers.some(({ node }) => texts[node]);
  const write = () =>
    void session.write(
      experiment,
      writers.map(({ node }) => node),
      prompts.map(({ text }) => text),
    );
  return (
    <section className={view.section} aria-label={sampleWords.title}>
      <h2>{sampleWords.title}</h2>
      <p className={view.small}>
        {sampleWords.help} {sampleWords.note}
      </p>
      {writers.length === 0 ? (
        <p className={view.small}>{sampleWords.none}</p>
      ) : (
        <button type="button" className={styles.button} disabled={active || phase === 'writing'} onClick={write}>
          {phase === 'writing' ? sampleWords.writing : written ? sampleWords.again : sampleWords.write}
        </button>
      )}
      {message && <p className={styles.trouble}>{message}</p>}
      {written &&
        prompts.map(({ text, corpus }, i) => (
          <div key={text} className={styles.sample}>
            <h3>
              <small>{corpus === old ? sampleWords.old : sampleWords.fresh}</small> {text}…
            </h3>
            <dl>
              {writers.map(({ node, name, appearance }) => (
                <div key={node}>
                  <dt>
                    <Swatch appearance={appearance} /> {name}
                  </dt>
                  <dd>{texts[node]?.[i] ?? ''}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
    </section>
  );
}
