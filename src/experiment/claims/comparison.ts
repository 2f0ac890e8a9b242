// One comparison between runs of the same seed: which runs it needs, one number a seed, a rule, and the sentence.

import type { ArmRun, Evidence } from '../evidence/evidence';
import { finished, type Quantity } from '../evidence/measures';
import type { PartKey } from '../part';
import { mean } from '../spread';
import type { ArmPlace, Finding } from './claim';
import type { Rule } from './rules';
import { type Summary, seedsToDecide, summarize } from './statistics';
import { capital, effectText, listed, places, seeds, signed, wouldDecide } from './words';

export type Needs<K extends string> = Readonly<Record<K, ArmPlace>>;

type Each<K extends string, T> = Readonly<Record<K, T>>;

/** Arms of one part, under their own names. */
export function armsOf<K extends string>(part: PartKey, ...arms: readonly K[]): Needs<K> {
  return mapped(Object.fromEntries(arms.map((arm) => [arm, arm])) as Record<K, K>, (arm) => ({ part, arm }));
}

export interface Comparison<K extends string, Q extends string> {
  readonly needs: Needs<K>;
  /** What is measured of the runs of one seed. */
  measure(runs: Each<K, ArmRun>): Each<Q, number>;
  /** The one number of a seed that decides; a least or greatest of several runs is taken in here. */
  effect(measured: Each<Q, number>): number;
  /** What was seen, from means over seeds; the effect follows after a colon. */
  seen(means: Each<Q, number>): string;
  readonly rule: Rule;
  /** Why the effect would say nothing, judged from what every seed measured; null where it does. */
  meaningless?(measured: readonly Each<Q, number>[]): string | null;
}

/** A comparison, ready to be judged. */
export interface Test {
  readonly needs: readonly ArmPlace[];
  judge(evidence: Evidence): Finding;
}

/** A comparison of the same quantity of every run. */
export function compare<K extends string>(
  comparison: Omit<Comparison<K, K>, 'measure'> & { readonly quantity: Quantity },
): Test {
  return compareMeasured({ ...comparison, measure: (runs) => mapped(runs, comparison.quantity) });
}

/** A comparison of different quantities of its runs. */
export function compareMeasured<K extends string, Q extends string>(comparison: Comparison<K, Q>): Test {
  const needs = Object.values<ArmPlace>(comparison.needs);
  return { needs, judge: (evidence) => judgeMeasured(comparison, evidence, measuredBySeed(comparison, evidence)) };
}

/** What every seed measured that has all runs, finished. */
function measuredBySeed<K extends string, Q extends string>(
  { needs, measure }: Comparison<K, Q>,
  evidence: Evidence,
): Each<Q, number>[] {
  const records = mapped(needs, ({ part, arm }) => evidence(part, arm).filter(finished));
  const [first = []] = Object.values<readonly ArmRun[]>(records);
  const measured = first.flatMap(({ seed }) => {
    const runs = mapped(records, (arm) => arm.find((one) => one.seed === seed));
    return complete(runs) ? [measure(runs)] : [];
  });
  return measured.filter((one) => Object.values<number>(one).every(Number.isFinite));
}

function complete<K extends string>(runs: Each<K, ArmRun | undefined>): runs is Each<K, ArmRun> {
  return Object.values(runs).every((run) => run !== undefined);
}

function judgeMeasured<K extends string, Q extends string>(
  comparison: Comparison<K, Q>,
  evidence: Evidence,
  measured: readonly Each<Q, number>[],
): Finding {
  const [one] = measured;
  if (one === undefined) return unknown(missing(Object.values<ArmPlace>(comparison.needs), evidence));
  const summary = summarize(measured.map(comparison.effect));
  const reason = comparison.meaningless?.(measured) ?? null;
  if (reason !== null) return { ...unknown(reason), n: measured.length };
  const means = mapped(one, (_value, key) => mean(measured.map((seed) => seed[key])));
  return ruled(comparison.seen(means), summary, comparison.rule);
}

/** The verdict on an effect, and its sentence after `seen`. */
function ruled(seen: string, summary: Summary, rule: Rule): Finding {
  const { mean: effect, interval, n } = summary;
  if (interval === null) {
    const how = rule.agrees(effect) ? 'as the paper claims' : 'not as the paper claims';
    const need = 'At least 2 seeds are needed to rule out chance, better 3.';
    const sentence = `Seen once (${seeds(n)}): ${seen}: ${signed(effect, rule.unit)} ${rule.unit}, ${how}. ${need}`;
    return { outcome: 'cannot-tell', effect, interval, n, sentence };
  }
  const outcome = rule.outcome(effect, interval);
  const said = [`${capital(seen)}: ${effectText(effect, interval, n, rule.unit)}.`, rule.say(outcome)];
  if (outcome === 'cannot-tell') said.push(wouldDecide(seedsToDecide(summary, rule.reach(effect))));
  return { outcome, effect, interval, n, sentence: said.filter((text) => text !== '').join(' ') };
}

export function unknown(sentence: string): Finding {
  return { outcome: 'cannot-tell', effect: null, interval: null, n: 0, sentence };
}

/** Which arms to train so that a comparison can be made. */
function missing(needs: readonly ArmPlace[], evidence: Evidence): string {
  const absent = needs.filter(({ part, arm }) => !evidence(part, arm).some(finished));
  if (absent.length === 0) return `Needs the same seed, measured to the end, in the arms ${armNames(needs)}.`;
  return `Needs the ${absent.length === 1 ? 'arm' : 'arms'} ${armNames(absent)}.`;
}

/** `floor and peak on the weak shift, rewarm on the strong shift`. */
function armNames(arms: readonly ArmPlace[]): string {
  const parts = [...new Set(arms.map(({ part }) => part))];
  const inPart = (part: PartKey) => listed([...new Set(arms.filter((one) => one.part === part).map(({ arm }) => arm))]);
  return parts.map((part) => `${inPart(part)} ${places[part]}`).join(', ');
}

function mapped<K extends string, T, U>(values: Each<K, T>, change: (value: T, key: K) => U): Record<K, U> {
  const keys = Object.keys(values) as K[];
  return Object.fromEntries(keys.map((key) => [key, change(values[key], key)])) as Record<K, U>;
}
