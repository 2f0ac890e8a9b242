// Final losses of this run and of the paper, side by side, with what follows from them.

import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure } from '../../experiment/figures/figure';
import { type FigureRow, figureTable, type TableNumbers } from '../../experiment/figures/table';
import { deviationSeeds, type Spread } from '../../experiment/spread';
import type { ChosenPart } from '../../store/figureChoice';
import { Swatch } from '../charts/Swatch';
import { change, count, loss, percent } from '../format';
import table from '../lab/Table.module.css';
import { studyAppearance } from '../palette';
import styles from './Figures.module.css';
import { knownWords, numbersWords } from './words';

type Format = (value: number) => string;
const hundredths: Format = (value) => value.toFixed(2);
const signed: Format = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

function Cell({ value, format, spread }: { value: number | null; format: Format; spread?: Spread | undefined }) {
  return (
    <td>
      {value === null ? <span className={styles.none}>–</span> : format(value)}
      {spread && spread.n > 1 && <small> ± {loss((spread.high - spread.low) / 2)}</small>}
    </td>
  );
}

interface SideProps {
  readonly numbers: TableNumbers;
  readonly value: Format;
  readonly difference: Format;
  readonly spread?: FigureRow['spread'];
}

function Side({ numbers, value, difference, spread }: SideProps) {
  return (
    <>
      <Cell value={numbers.d0} format={value} spread={spread?.d0} />
      <Cell value={numbers.d1} format={value} spread={spread?.d1} />
      <Cell value={numbers.average} format={value} />
      <Cell value={numbers.forgetting} format={difference} />
      <Cell value={numbers.removed} format={percent} />
      <Cell value={numbers.cost} format={difference} />
    </>
  );
}

const empty: TableNumbers = { d0: null, d1: null, average: null, forgetting: null, removed: null, cost: null };

function Heads() {
  const { d0, d1, average, forgetting, removed, cost } = numbersWords;
  return [d0, d1, average, forgetting, removed, cost].map((name) => (
    <th key={name} scope="col">
      {name}
    </th>
  ));
}

interface NumbersProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
}

export function Numbers({ figure, chosen, evidence }: NumbersProps) {
  const { part } = chosen;
  const rows = figureTable(figure, part, evidence);
  const paper = figure.paper[part.key];
  if (!paper && rows.every(({ n }) => n === 0)) return null;
  const kinds = [...new Set(rows.flatMap(({ paper: theirs }) => (theirs ? theirs.known : [])))];
  const [only] = kinds.length === 1 ? kinds : [];
  const seeds = part.experiment.seeds.length;
  const band = seeds < deviationSeeds ? 'half the range over seeds' : 'standard deviation over seeds';
  return (
    <section className={styles.section}>
      <h2 id="numbers-title">
        {numbersWords.title} · {part.title}
      </h2>
      <p className={styles.small}>
        {numbersWords.final(count(part.experiment.evaluation.finalTokens))}
        {seeds > 1 && ` Mean ± ${band}.`} {paper && numbersWords.paperUnit}
      </p>
      <section className={table.finals} tabIndex={0} aria-label={numbersWords.title}>
        <table aria-labelledby="numbers-title" className={styles.numbers}>
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={7}>
                {numbersWords.here}
              </th>
              {paper && (
                <th scope="colgroup" colSpan={only ? 6 : 7}>
                  {numbersWords.paper} ({paper.source}
                  {only && `, ${knownWords[only]}`})
                </th>
              )}
            </tr>
            <tr>
              <th scope="col">{numbersWords.arm}</th>
              <Heads />
              <th scope="col">{numbersWords.n}</th>
              {paper && (
                <>
                  <Heads />
                  {!only && <th scope="col">{numbersWords.known}</th>}
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ arm, label, n, ours, spread, paper: theirs }) => (
              <tr key={arm}>
                <th scope="row">
                  <span className={table.arm}>
                    <Swatch appearance={studyAppearance(arm)} />
                    {label}
                  </span>
                </th>
                <Side numbers={ours ?? empty} value={loss} difference={change} spread={spread} />
                <td>{n || <span className={styles.none}>–</span>}</td>
                {paper && (
                  <>
                    <Side numbers={theirs ?? empty} value={hundredths} difference={signed} />
                    {!only && <td>{theirs && <small>{knownWords[theirs.known]}</small>}</td>}
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.small}>{numbersWords.notes}</p>
    </section>
  );
}
