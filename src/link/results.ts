// Results in a link: experiments and the curves of all arms and seeds with what made them, in a few thousand letters. Losses
// along a curve are rounded to 0.002 nats, finer where a verdict would change; training losses stay behind. Reading goes the
// way of a file: the same schema, the same plan made anew.

import * as v from 'valibot';
import { judgeFigure } from '../experiment/claims';
import { printOf } from '../experiment/compare';
import { evidenceOf } from '../experiment/evidence/evidence';
import type { CorpusStamp, Maker, Records, StageRecord } from '../experiment/evidence/record';
import { recordEntries } from '../experiment/evidence/schema';
import { figures } from '../experiment/figures';
import { canonicalJson } from '../experiment/hash';
import { parseExperiment, SpecError } from '../experiment/parse';
import { type Plan, plan } from '../experiment/plan';
import {
  type OpenedResults,
  parseResultsValue,
  partEntries,
  ResultsError,
  resultsEntries,
  savedResults,
} from '../experiment/saved';
import { Decoder, Encoder } from './coder';
import { CurveCoder } from './curves';
import { LinkError, opened, sealed } from './envelope';
import { known } from './known';
import { NumberCoder } from './numbers';
import { TextCoder } from './text';

export { LinkError };

/** Steps of a curve in nats, by their place in the link. */
const curveSteps = [0.002, 0.0005, 0.0001, 0.00001] as const;
/** No figure has a third of it; so much is read in a tenth of a second. */
const most = { head: 24_000, message: 1000, parts: 8 } as const;
/** Of the SHA-256 of a text, in hexadecimal digits: enough to tell texts apart. */
const textDigits = 12;

/** The part of a link that carries results, `1.` and letters. */
export function resultsLink(results: OpenedResults): string {
  const verdicts = verdictsOf(results);
  let link = '';
  for (const place of curveSteps.keys()) {
    link = sealed(encoded(results, place));
    if (verdictsOf(openResultsLink(link)) === verdicts) break;
  }
  // The finest steps are all there is; finals decide nearly every claim, and they are finer still.
  return link;
}

function verdictsOf({ figure, parts, records }: OpenedResults): string {
  if (figure === null) return '';
  const evidence = evidenceOf(
    parts.map(({ key, experiment }) => ({ key, plan: plan(experiment) })),
    records,
  );
  return judgeFigure(figures[figure], evidence)
    .map(({ verdict }) => verdict.outcome)
    .join();
}

function encoded({ version, figure, parts, records, prints }: OpenedResults, place: number): Uint8Array {
  const encoder = new Encoder();
  const text = new TextCoder(encoder, known);
  const numbers = new NumberCoder(encoder);
  const plans = parts.map(({ experiment }) => plan(experiment));
  const all = plans.flatMap((whole) => inOrder(whole, records));
  const [makers, texts] = [distinct(all.map(makerOf)), distinct(all.map(textsOf))];
  const plain = parts.map(({ key, title, references, experiment }) => ({ key, title, references, experiment }));
  const head = { version, figure, parts: plain, makers, texts };
  text.write(JSON.stringify(head));
  numbers.whole('step', place);
  for (const whole of plans) {
    new CurveCoder(numbers, curveSteps[place] ?? 0).records(whole, records);
    for (const record of inOrder(whole, records)) {
      numbers.whole('maker', placeOf(makers, makerOf(record)));
      numbers.whole('texts', placeOf(texts, textsOf(record)));
      numbers.whole('failed', Number(record.failure !== null));
      if (record.failure) {
        numbers.whole('failed at', record.failure.step);
        text.write(record.failure.message.slice(0, most.message));
      }
      encoder.number(prints?.get(record.node) ?? printOf(record), 32);
    }
  }
  return encoder.finish();
}

/** The forms of the kernels stay behind: they change the time and not the bits. */
function makerOf({ maker }: StageRecord): Maker | null {
  return maker && { ...maker, kernels: null };
}

function textsOf({ corpora }: StageRecord): CorpusStamp[] {
  return corpora.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256: sha256.slice(0, textDigits) }));
}

function inOrder({ nodes }: Plan, records: Records): StageRecord[] {
  return nodes.flatMap(({ id }) => records.get(id) ?? []);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [canonicalJson(value), value])).values()];
}

function placeOf<T>(values: readonly T[], wanted: T): number {
  return values.findIndex((value) => canonicalJson(value) === canonicalJson(wanted));
}

/** Reads results out of a link. @throws LinkError */
export function openResultsLink(link: string): OpenedResults {
  return opened(link, 'results of the lab', (content) => {
    try {
      return decoded(content);
    } catch (error) {
      if (error instanceof ResultsError || error instanceof SpecError) {
        throw new LinkError(`This link does not hold what the lab can show: ${error.message}. Ask for it again.`);
      }
      throw error;
    }
  });
}

function decoded(content: Uint8Array): OpenedResults {
  const decoder = new Decoder(content);
  const text = new TextCoder(decoder, known);
  const numbers = new NumberCoder(decoder);
  const { version, figure, parts, makers, texts } = headOf(JSON.parse(text.read(most.head)));
  const curveStep = curveSteps[numbers.whole('step')];
  if (curveStep === undefined) throw new RangeError('There is no such step.');
  const records = new Map<string, StageRecord>();
  const prints = new Map<string, number>();
  const whole = parts.map((part) => ({ ...part, experiment: parseExperiment(part.experiment) }));
  for (const { experiment } of whole) {
    for (const record of new CurveCoder(numbers, curveStep).records(plan(experiment))) {
      const maker = makers[numbers.whole('maker')] ?? null;
      const corpora = texts[numbers.whole('texts')] ?? [];
      const failed = numbers.whole('failed') === 1;
      const failure = failed ? { step: numbers.whole('failed at'), message: text.read(most.message) } : null;
      prints.set(record.node, decoder.number(32));
      records.set(record.node, { ...record, maker, corpora, failure });
    }
  }
  // The schema of files judges what came, whoever wrote it.
  return { ...parseResultsValue(savedResults(version, figure, whole, records)), prints };
}

const headSchema = v.object({
  ...resultsEntries,
  parts: v.pipe(v.array(v.object(partEntries)), v.maxLength(most.parts)),
  makers: v.array(recordEntries.maker),
  texts: v.array(recordEntries.corpora),
});

function headOf(value: unknown): v.InferOutput<typeof headSchema> {
  const result = v.safeParse(headSchema, value);
  if (result.success) return result.output;
  throw new RangeError('This is no head of results.');
}
