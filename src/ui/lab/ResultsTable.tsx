// Final values of every arm on the charts.

import { deviationSeeds, type Spread } from '../../experiment/spread';
import { appearance } from '../../plot/palette';
import { armName } from '../../store/naming';
import { type ArmResult, armResults } from '../../store/results';
import { isActive } from '../../store/run';
import { Swatch } from '../charts/Marks';
import { useRecipe, useRun } from '../context';
import { change, count, loss } from '../format';
import { armStateWords, tableWords } from '../strings';
import styles from './Table.module.css';

function Cell({ value, format }: { value: Spread; format: (value: number) => string }) {
  return (
    <td>
      {format(value.mean)}
      {value.n > 1 && <small> ± {loss((value.high - value.low) / 2)}</small>}
    </td>
  );
}

function Row({ result }: { result: ArmResult }) {
  const { arm, finals, state, message, seeds } = result;
  return (
    <tr>
      <th scope="row">
        <span className={styles.arm}>
          <Swatch appearance={appearance(arm.slot)} />
          {armName(arm.recipe)} <small>{armStateWords[state]}</small>
        </span>
      </th>
      {finals ? (
        <>
          <Cell value={finals.d0} format={loss} />
          <Cell value={finals.d1} format={loss} />
          <Cell value={finals.average} format={loss} />
          <Cell value={finals.forgotten} format={change} />
          <Cell value={finals.learned} format={change} />
          <td>{seeds}</td>
        </>
      ) : (
        <td colSpan={6} className={message ? styles.why : undefined}>
          {message ?? ''}
        </td>
      )}
    </tr>
  );
}

export function ResultsTable() {
  const run = useRun((state) => state);
  const listed = useRecipe((state) => state.arms);
  const results = armResults(run).filter(({ arm }) => listed.some(({ id }) => id === arm.id));
  const { board } = run;
  const some = results.some((result) => result.finals || result.message);
  if (!board || !some || (results.length === 0 && !isActive(run.phase))) return null;
  const { finalTokens } = board.plan.experiment.evaluation;
  const many = board.setting.seeds.length;
  const band = many < deviationSeeds ? 'half the range over seeds' : 'standard deviation over seeds';
  return (
    <div>
      <p className={styles.caption}>
        <b id="finals-title">{tableWords.caption}</b> · after the last step, on {count(finalTokens)} held-out tokens of
        each text
        {many > 1 && ` · mean ± ${band}`}
      </p>
      <section className={styles.finals} tabIndex={0} aria-label={tableWords.caption}>
        <table aria-labelledby="finals-title">
          <thead>
            <tr>
              <th scope="col">{tableWords.arm}</th>
              <th scope="col">{tableWords.d0}</th>
              <th scope="col">{tableWords.d1}</th>
              <th scope="col">{tableWords.average}</th>
              <th scope="col">{tableWords.forgotten}</th>
              <th scope="col">{tableWords.learned}</th>
              <th scope="col">{tableWords.n}</th>
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <Row key={result.arm.id} result={result} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
