// Text that the base and the trained runs write after the same beginnings, so that forgetting can be read.

import { promptsOf } from '../../experiment/figures/prompts';
import { armPath } from '../../experiment/plan';
import type { ChosenPart } from '../../store/figureChoice';
import { isActive } from '../../store/run';
import { Swatch } from '../charts/Swatch';
import type { Appearance } from '../charts/types';
import { useFigures, useLab, useRun } from '../context';
import { baseAppearance, studyAppearance } from '../palette';
import styles from './Figures.module.css';
import { sampleWords } from './words';

interface Writer {
  readonly node: string;
  readonly name: string;
  readonly appearance: Appearance;
}

/** The base that runs go on from, then every run that has ended; of the first seed. */
function writersOf({ whole, arms }: ChosenPart, ended: (node: string) => boolean): Writer[] {
  const { experiment } = whole;
  const seed = experiment.seeds[0] ?? 1;
  const continued = experiment.arms.find(({ stages }) => stages.length > 1);
  const base = continued && armPath(whole, continued.id, seed)[0];
  const all: (Writer | undefined)[] = [
    base && { node: base.id, name: sampleWords.base, appearance: baseAppearance },
    ...experiment.arms
      .filter(({ id }) => arms.includes(id))
      .map(({ id, label }) => {
        const last = armPath(whole, id, seed).at(-1);
        return last && { node: last.id, name: label, appearance: studyAppearance(id) };
      }),
  ];
  const present = all.filter((writer): writer is Writer => writer !== undefined && ended(writer.node));
  // An arm that ends with the base is the base.
  return present.filter(({ node }, i) => present.findIndex((other) => other.node === node) === i);
}

export function Samples({ chosen }: { readonly chosen: ChosenPart }) {
  const { figures } = useLab();
  const nodes = useRun((state) => state.nodes);
  const active = useRun((state) => isActive(state.phase));
  const { phase, texts, message } = useFigures((state) => state.writing);
  const { experiment } = chosen.part;
  const { d0, d1 } = experiment.evaluation;
  const writers = writersOf(chosen, (node) => Boolean(nodes[node]?.final));
  const prompts = [...new Map([...promptsOf(d0), ...promptsOf(d1)].map((prompt) => [prompt.text, prompt])).values()];
  const written = writers.some(({ node }) => texts[node]);
  const write = () =>
    void figures.write(
      experiment,
      writers.map(({ node }) => node),
      prompts.map(({ text }) => text),
    );
  return (
    <section className={styles.section} aria-label={sampleWords.title}>
      <h2>{sampleWords.title}</h2>
      <p className={styles.small}>
        {sampleWords.help} {sampleWords.note}
      </p>
      {writers.length === 0 ? (
        <p className={styles.small}>{sampleWords.none}</p>
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
              <small>{corpus === d0.split('/')[0] ? sampleWords.old : sampleWords.fresh}</small> {text}…
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
