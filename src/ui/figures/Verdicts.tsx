// The paper's claims as cards: what is said, whether it holds here, how sure that is, and where to look.

import { useEffect, useMemo, useRef, useState } from 'react';
import { type Judged, judgeFigure, oneInTwenty } from '../../experiment/claims';
import type { Finding, Verdict } from '../../experiment/claims/claim';
import { marginText, outcomeWords, type Seen, seen } from '../../experiment/claims/outcomes';
import type { Evidence } from '../../experiment/evidence/evidence';
import type { Figure } from '../../experiment/figures/figure';
import { type Place, whereSeen } from '../../experiment/figures/where';
import type { ChosenPart } from '../../store/parts';
import { Copy } from '../controls/Copy';
import view from '../view/View.module.css';
import styles from './Figures.module.css';
import { claimWords } from './words';

/** A sentence about every outcome that is no longer what it was. */
function useChanges(judged: readonly Judged[]): string {
  const before = useRef<ReadonlyMap<string, Seen> | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const now = new Map(judged.map(({ claim, verdict }) => [claim.id, seen(verdict)]));
    const earlier = before.current;
    before.current = now;
    if (!earlier) return;
    const changed = judged.filter(({ claim }) => earlier.get(claim.id) !== now.get(claim.id));
    if (changed.length === 0) return;
    setSaid(changed.map(({ claim, verdict }) => `${claim.statement} ${outcomeWords[seen(verdict)].words}.`).join(' '));
  }, [judged]);
  return said;
}

function Outcome({ finding }: { readonly finding: Pick<Finding, 'n' | 'outcome'> }) {
  const key = seen(finding);
  const { mark, words } = outcomeWords[key];
  return (
    <span className={styles.outcome} data-outcome={key}>
      <b aria-hidden="true">{mark}</b> {words}
    </span>
  );
}

/** The claim with what was seen here, to quote. */
function quoted({ claim, verdict }: Judged): string {
  return `${claim.statement} (${claim.source}): ${outcomeWords[seen(verdict)].words}. ${verdict.sentence}`;
}

/** One line for each comparison that the claim was put together from; with one seed the sentence says that itself. */
function Findings({ verdict }: { readonly verdict: Verdict }) {
  const { findings } = verdict;
  if (findings.length < 2) return <p>{verdict.sentence}</p>;
  const mixed = new Set(findings.map(seen)).size > 1;
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <li key={finding.title}>
          <b>{finding.title}</b> {mixed && finding.n > 1 && <Outcome finding={finding} />} {finding.sentence}
        </li>
      ))}
    </ul>
  );
}

interface CardProps extends Judged {
  /** False before anything was trained: then no card asks for single runs. */
  readonly anything: boolean;
  /** Null where no chart has anything of it. */
  readonly place: Place | null;
  readonly onShow: (place: Place) => void;
}

function Card({ claim, verdict, anything, place, onShow }: CardProps) {
  const { expected, fragility, paper, source } = claim;
  return (
    <li className={styles.card}>
      <Outcome finding={verdict} />
      <h3>{claim.statement}</h3>
      {(anything || verdict.n > 0) && <Findings verdict={verdict} />}
      <p className={view.small}>
        {claimWords.paper}: {paper}
      </p>
      <div className={styles.verbs}>
        {place && (
          <button type="button" className={view.link} onClick={() => onShow(place)}>
            {claimWords.show}
          </button>
        )}
        <Copy text={quoted({ claim, verdict })} label={claimWords.copy} className={view.link} />
      </div>
      <details>
        <summary>{claimWords.why}</summary>
        <p>
          {fragility} {claimWords[expected]}
        </p>
        <p>
          {marginText(claim)} {source}.
        </p>
      </details>
    </li>
  );
}

interface VerdictsProps {
  readonly figure: Figure;
  readonly parts: readonly ChosenPart[];
  readonly evidence: Evidence;
  readonly onShow: (place: Place) => void;
}

export function Verdicts({ figure, parts, evidence, onShow }: VerdictsProps) {
  const judged = useMemo(() => judgeFigure(figure, evidence), [figure, evidence]);
  const places = useMemo(
    () => new Map(judged.map(({ claim, verdict }) => [claim.id, whereSeen(figure, claim, parts, evidence, verdict)])),
    [judged, figure, parts, evidence],
  );
  const changes = useChanges(judged);
  const none = judged.every(({ verdict }) => verdict.n === 0);
  const chance = oneInTwenty(judged.length);
  return (
    <section className={view.section} aria-label={claimWords.title}>
      <h2>{claimWords.title}</h2>
      {none && <p className={view.small}>{claimWords.before}</p>}
      {chance && !none && <p className={view.small}>{chance}</p>}
      <ul className={styles.cards}>
        {judged.map(({ claim, verdict }) => (
          <Card
            key={claim.id}
            claim={claim}
            verdict={verdict}
            anything={!none}
            place={places.get(claim.id) ?? null}
            onShow={onShow}
          />
        ))}
      </ul>
      <p className="hidden-text" aria-live="polite">
        {changes}
      </p>
    </section>
  );
}
