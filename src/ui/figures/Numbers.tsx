// Final losses of this run and of the paper, side by side, with what follows from them.

import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure } from '../../experiment/figures/figure';
import { type FigureRow, figureTable, type TableNumbers } from '../../experiment/figures/table';
import { deviationSeeds, type Spread } from '../../experiment/spread';
import type { ChosenPart } from '../../store/figureChoice';
import { Swatch } from '../charts/Marks';
import { change, count, loss, percent } from '../format';
import table from '../lab/Table.module.css';
import { studyAppearance } from '../palette';
import styles from './Figures.module.css';
import { knownWords, numbersWords } from './words';

type Format = (value: number) => string;
const hundredths: Format = (value) => value.toFixed(2);
const signed: Format = (value) =>
  `${value < 0 && value.toFixed(2) !== '-0.00' ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

interface CellProps {
  readonly value: number | null;
  readonly format: Format;
  readonly quiet: boolean;
  readonly spread?: Spread | undefined;
}

function Cell({ value, format, quiet, spread }: CellProps) {
  return (
    <td className={quiet ? styles.quiet : undefined}>
      {value === null ? <span className={styles.none}>–</span> : format(value)}
      {spread && spread.n > 1 && <small> ± {loss((spread.high - spread.low) / 2)}</small>}
    </td>
  );
}

type Column = keyof TableNumbers;

const columns: readonly Column[] = ['d0', 'd1', 'average', 'forgetting', 'removed', 'cost'];

/** How a side writes its losses and their differences. */
interface Digits {
  readonly loss: Format;
  readonly difference: Format;
}

const ourDigits: Digits = { loss, difference: change };
/** As printed. */
const paperDigits: Digits = { loss: hundredths, difference: signed };

interface SideProps {
  readonly shown: readonly Column[];
  /** Null where nothing is known of the run. */
  readonly numbers: TableNumbers | null;
  readonly digits: Digits;
  readonly spread?: FigureRow['spread'];
}

function Side({ shown, numbers, digits, spread }: SideProps) {
  const format = (column: Column) => {
    if (column === 'removed') return percent;
    return column === 'forgetting' || column === 'cost' ? digits.difference : digits.loss;
  };
  return shown.map((column) => (
    <Cell
      key={column}
      value={numbers?.[column] ?? null}
      format={format(column)}
      quiet={digits === paperDigits}
      spread={column === 'd0' || column === 'd1' ? spread?.[column] : undefined}
    />
  ));
}

function Heads({ shown }: Pick<SideProps, 'shown'>) {
  return shown.map((column) => (
    <th key={column} scope="col">
      {numbersWords[column]}
    </th>
  ));
}

/** What a figure says nothing about, such as forgetting without a switch, needs no column. */
function filled(rows: readonly FigureRow[]): Column[] {
  return columns.filter((column) =>
    rows.some(({ ours, paper }) => (ours?.[column] ?? paper?.[column] ?? null) !== null),
  );
}

/** The one value that all have, if they do. */
function shared<T>(values: readonly T[]): T | null {
  const [first, ...others] = new Set(values);
  return first === undefined || others.length > 0 ? null : first;
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
  const shown = filled(rows);
  const known = shared(rows.flatMap((row) => row.paper?.known ?? []));
  const ended = shared(rows.flatMap(({ n }) => n || []));
  const seeds = part.experiment.seeds.length;
  const band = seeds < deviationSeeds ? 'half the range over seeds' : 'standard deviation over seeds';
  return (
    <section className={styles.section}>
      <h2 id="numbers-title">
        {paper ? numbersWords.title : numbersWords.caption} · {part.title}
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
              <th scope="colgroup" colSpan={shown.length + (ended ? 0 : 1)}>
                {numbersWords.here}
                {ended && ` (${ended} ${ended === 1 ? 'seed' : 'seeds'})`}
              </th>
              {paper && (
                <th scope="colgroup" colSpan={shown.length + (known ? 0 : 1)}>
                  {numbersWords.paper} ({paper.source}
                  {known && `, ${knownWords[known]}`})
                </th>
              )}
            </tr>
            <tr>
              <th scope="col">{numbersWords.arm}</th>
              <Heads shown={shown} />
              {!ended && <th scope="col">{numbersWords.n}</th>}
              {paper && (
                <>
                  <Heads shown={shown} />
                  {!known && <th scope="col">{numbersWords.known}</th>}
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
                <Side shown={shown} numbers={ours} digits={ourDigits} spread={spread} />
                {!ended && <td>{n}</td>}
                {paper && (
                  <>
                    <Side shown={shown} numbers={theirs} digits={paperDigits} />
                    {!known && <td>{theirs && <small>{knownWords[theirs.known]}</small>}</td>}
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.includes('forgetting') && <p className={styles.small}>{numbersWords.notes}</p>}
    </section>
  );
}
