// Final losses of this run, beside the paper's where there is one, with what follows from them.

import type { Looks } from '../../drawing/lines';
import type { Evidence } from '../../experiment/evidence/evidence';
import { columnMeanings, columnNames } from '../../experiment/figures/columns';
import type { Figure, TableColumn } from '../../experiment/figures/figure';
import { type FigureRow, figureTable, paperColumns, type TableNumbers } from '../../experiment/figures/table';
import type { FigurePart } from '../../experiment/part';
import { deviationSeeds, type Spread } from '../../experiment/spread';
import type { ArmProgress } from '../../store/progress';
import { Swatch } from '../charts/Marks';
import { change, count, loss, percent, seedsText } from '../format';
import { armStateText, knownWords, numbersWords } from '../strings';
import table from './Table.module.css';
import styles from './View.module.css';

type Format = (value: number) => string;
const hundredths: Format = (value) => value.toFixed(2);
const signed: Format = (value) =>
  `${value < 0 && value.toFixed(2) !== '-0.00' ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

interface CellProps {
  readonly value: number | null;
  readonly format: Format;
  readonly quiet: boolean;
  /** What stands small behind it: how far its seeds lie apart, or how many they are. */
  readonly beside?: string | null;
}

function Cell({ value, format, quiet, beside }: CellProps) {
  return (
    <td className={quiet ? table.quiet : undefined}>
      {value === null ? <span className={table.none}>–</span> : format(value)}
      {beside && <small> {beside}</small>}
    </td>
  );
}

/** How a side writes its losses and their differences. */
interface Digits {
  readonly loss: Format;
  readonly difference: Format;
}

const ourDigits: Digits = { loss, difference: change };
/** As printed. */
const paperDigits: Digits = { loss: hundredths, difference: signed };

interface SideProps {
  readonly shown: readonly TableColumn[];
  /** Null where nothing is known of the run. */
  readonly numbers: TableNumbers | null;
  readonly digits: Digits;
  /** Seeds of the row, and how far they lie apart. */
  readonly n?: number;
  readonly spread?: FigureRow['spread'];
}

const differences: readonly TableColumn[] = ['forgetting', 'learned', 'cost'];
/** Beside the run without replay, which may have fewer seeds. */
const paired: readonly TableColumn[] = ['removed', 'cost'];

function besideValue(column: TableColumn, n: number, spread: Spread | undefined): string | null {
  if (!spread) return null;
  if (paired.includes(column)) return spread.n === n ? null : `(${seedsText(spread.n)})`;
  return spread.n > 1 ? `± ${loss((spread.high - spread.low) / 2)}` : null;
}

/** How the ± of these rows is to be read; empty where there is none. */
function bandText(rows: readonly FigureRow[]): string {
  const counts = rows.map(({ n }) => n).filter((n) => n > 1);
  const [few, many] = [counts.some((n) => n < deviationSeeds), counts.some((n) => n >= deviationSeeds)];
  if (few && many)
    return ` Mean ± half the range over seeds, from ${deviationSeeds} seeds on their standard deviation.`;
  return few ? ' Mean ± half the range over seeds.' : many ? ' Mean ± standard deviation over seeds.' : '';
}

function Side({ shown, numbers, digits, n = 0, spread }: SideProps) {
  const format = (column: TableColumn) => {
    if (column === 'removed') return percent;
    return differences.includes(column) ? digits.difference : digits.loss;
  };
  return shown.map((column) => (
    <Cell
      key={column}
      value={numbers?.[column] ?? null}
      format={format(column)}
      quiet={digits === paperDigits}
      beside={besideValue(column, n, spread?.[column])}
    />
  ));
}

function Heads({ shown }: Pick<SideProps, 'shown'>) {
  return shown.map((column) => (
    <th key={column} scope="col">
      {columnNames[column]}
    </th>
  ));
}

/** What a figure says nothing about, such as forgetting without a switch, needs no column. */
function filled(columns: readonly TableColumn[], rows: readonly FigureRow[]): TableColumn[] {
  return columns.filter((column) =>
    rows.some(({ ours, paper }) => (ours?.[column] ?? paper?.[column] ?? null) !== null),
  );
}

/** The one value that all have, if they do. */
function shared<T>(values: readonly T[]): T | null {
  const [first, ...others] = new Set(values);
  return first === undefined || others.length > 0 ? null : first;
}

/** A run's name and, where it is told, how far it is. */
function Name({
  arm,
  label,
  looks,
  progress,
}: Pick<FigureRow, 'arm' | 'label'> & Pick<NumbersProps, 'looks' | 'progress'>) {
  const state = progress && armStateText(progress(arm));
  return (
    <th scope="row">
      <span className={table.arm}>
        <Swatch appearance={looks.appearance(arm)} />
        {label} {state && <small>{state}</small>}
      </span>
    </th>
  );
}

interface NumbersProps {
  readonly figure: Figure;
  readonly part: FigurePart;
  readonly evidence: Evidence;
  readonly looks: Looks;
  /** How far each run is, to be told in its row; left out where that stands elsewhere. */
  readonly progress?: (arm: string) => ArmProgress;
}

export function Numbers({ figure, part, evidence, looks, progress }: NumbersProps) {
  const rows = figureTable(figure, part, evidence);
  const paper = figure.paper[part.key];
  const failed = rows.some(({ arm }) => progress?.(arm).message);
  if (!paper && !failed && rows.every(({ n }) => n === 0)) return null;
  const columns = figure.columns ?? paperColumns;
  const shown = failed ? columns : filled(columns, rows);
  const notes = shown.flatMap((column) => columnMeanings[column] ?? []);
  const known = shared(rows.flatMap((row) => row.paper?.known ?? []));
  // Without a paper beside it the table says in each row how many seeds it has.
  const ended = figure.columns ? null : shared(rows.flatMap(({ n }) => n || []));
  return (
    <section className={styles.section}>
      <h2 id="numbers-title">
        {paper ? numbersWords.title : numbersWords.caption} · {part.title}
      </h2>
      <p className={styles.small}>
        {numbersWords.final(count(part.experiment.evaluation.finalTokens))}
        {bandText(rows)} {paper && numbersWords.paperUnit}
      </p>
      <section className={table.finals} tabIndex={0} aria-label={paper ? numbersWords.title : numbersWords.caption}>
        <table aria-labelledby="numbers-title" className={table.numbers}>
          <thead>
            {!figure.columns && (
              <tr>
                <td />
                <th scope="colgroup" colSpan={shown.length + (ended ? 0 : 1)}>
                  {numbersWords.here}
                  {ended && ` (${seedsText(ended)})`}
                </th>
                {paper && (
                  <th scope="colgroup" colSpan={shown.length + (known ? 0 : 1)}>
                    {numbersWords.paper} ({paper.source}
                    {known && `, ${knownWords[known]}`})
                  </th>
                )}
              </tr>
            )}
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
            {rows.map(({ arm, label, n, ours, spread, paper: theirs }) => {
              const message = ours ? null : (progress?.(arm).message ?? null);
              return (
                <tr key={arm}>
                  <Name arm={arm} label={label} looks={looks} {...(progress && { progress })} />
                  {message === null ? (
                    <>
                      <Side shown={shown} numbers={ours} digits={ourDigits} n={n} spread={spread} />
                      {!ended && <td>{n}</td>}
                    </>
                  ) : (
                    <td colSpan={shown.length + 1} className={table.why}>
                      {message}
                    </td>
                  )}
                  {paper && (
                    <>
                      <Side shown={shown} numbers={theirs} digits={paperDigits} />
                      {!known && <td>{theirs && <small>{knownWords[theirs.known]}</small>}</td>}
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {notes.length > 0 && <p className={styles.small}>{notes.join(' ')}</p>}
    </section>
  );
}
