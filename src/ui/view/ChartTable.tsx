// The values of a chart as a table, for whoever cannot or does not want to read curves.

import type { ChartLine, Reference } from '../../plot/types';
import { count, loss, seedsText } from '../format';
import styles from './Table.module.css';

interface ChartTableProps {
  readonly name: string;
  readonly lines: readonly ChartLine[];
  readonly references?: readonly Reference[];
  readonly height: number;
}

export function ChartTable({ name, lines, references = [], height }: ChartTableProps) {
  const tokens = [...new Set(lines.flatMap((line) => line.points.map((point) => point.tokens)))].sort((a, b) => a - b);
  if (tokens.length === 0) return <p className={styles.empty}>No values yet: they appear here when you press Run.</p>;
  const alike = new Set(lines.map(({ seeds }) => seeds.length)).size < 2;
  return (
    <section className={styles.scroll} style={{ maxHeight: height }} tabIndex={0} aria-label={name}>
      <table>
        <thead>
          <tr>
            <th scope="col">tokens</th>
            {lines.map((line) => (
              <th key={line.key} scope="col">
                {line.name}
                {!alike && <small> ({seedsText(line.seeds.length)})</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((at) => (
            <tr key={at}>
              <th scope="row">{count(at)}</th>
              {lines.map((line) => {
                const point = line.points.find((candidate) => candidate.tokens === at);
                return <td key={line.key}>{point ? loss(point.mean) : ''}</td>;
              })}
            </tr>
          ))}
        </tbody>
        {references.length > 0 && (
          <tfoot>
            {references.map(({ key, label, value }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td colSpan={lines.length}>{loss(value)}</td>
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </section>
  );
}
