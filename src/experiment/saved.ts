// Results as a file: experiments with their records, by part. What `results.json` holds, and what is read back from it, here
// or in another program. Reading never trusts: the plan is made anew, and records are put where their place in it says.

import * as v from 'valibot';
import { embeddedIn, isPage } from './embedded';
import { type Records, type SavedRecord, type StageRecord, savedRecord } from './evidence/record';
import { recordSchema } from './evidence/schema';
import { type FigureId, figureIds, figures } from './figures';
import { parseExperiment } from './parse';
import { type FigurePart, type PartKey, partKeys } from './part';
import { type Plan, type PlanNode, plan } from './plan';
import type { Reading, ReadingSet } from './readings';
import { text } from './schema';
import type { Experiment } from './spec';

/** A record and where in its experiment it belongs, for whoever reads the file without this program. */
type PlacedRecord = SavedRecord & Pick<PlanNode, 'arms' | 'seed' | 'stageIndex' | 'tokensBefore'>;

export interface SavedPart extends FigurePart {
  /** What the values of every evaluation are, in order; `final` ones are those of the stage's end. */
  readonly readings: readonly Reading[];
  readonly records: readonly PlacedRecord[];
}

export interface SavedResults {
  readonly v: 2;
  /** Version of the program that wrote the file. */
  readonly version: string;
  /** The figure that was trained; null for an experiment of one's own. */
  readonly figure: FigureId | null;
  readonly parts: readonly SavedPart[];
}

/** The file could not be read; `message` is a sentence's end: `is not valid JSON`. */
export class ResultsError extends Error {
  override readonly name = 'ResultsError';
}

/** Records without a trace, of stages that were not begun, are left out. */
export function savedResults(
  version: string,
  figure: FigureId | null,
  parts: readonly FigurePart[],
  records: Records,
): SavedResults {
  return { v: 2, version, figure, parts: parts.map((part) => savedPart(part, records)) };
}

function savedPart(part: FigurePart, records: Records): SavedPart {
  const { nodes, readings } = plan(part.experiment);
  const saved = nodes.flatMap((node): PlacedRecord[] => {
    const record = records.get(node.id);
    if (!record) return [];
    const { arms, seed, stageIndex, tokensBefore } = node;
    return [{ ...savedRecord(record), arms, seed, stageIndex, tokensBefore }];
  });
  return { ...part, readings, records: saved };
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a part says beside its records. */
export const partEntries = {
  key: v.picklist(partKeys),
  title: text,
  references: v.array(text),
  experiment: v.unknown(),
};

const partSchema = v.object({
  ...partEntries,
  records: v.array(
    v.looseObject({ arms: v.array(v.string()), seed: whole, stageIndex: whole, tokensBefore: v.unknown() }),
  ),
});

/** What results say beside their parts. */
export const resultsEntries = {
  version: v.pipe(text, v.maxLength(40)),
  figure: v.nullable(v.picklist(figureIds)),
};

const fileSchema = v.object({
  v: v.literal(2),
  ...resultsEntries,
  parts: v.pipe(
    v.array(partSchema),
    v.minLength(1),
    v.maxLength(8),
    v.check((parts) => new Set(parts.map(({ key }) => key)).size === parts.length, 'must have different keys'),
  ),
});

export interface OpenedResults {
  readonly version: string;
  readonly figure: FigureId | null;
  readonly parts: readonly FigurePart[];
  /** Of all parts, origin `file`. */
  readonly records: Records;
  /**
   * By node, of results whose losses were rounded on their way: a hash of what the sender's record says, to tell whether
   * another is the same to the last bit.
   */
  readonly prints?: ReadonlyMap<string, number>;
}

/**
 * @param file results.json, or a page that holds it
 * @throws ResultsError for what is not a file of results, SpecError for one whose experiment is not right
 */
export function parseResults(file: string): OpenedResults {
  return parseResultsValue(resultsValue(file));
}

/** What JSON says in a file or inside a page, whatever it is. @throws ResultsError where there is none */
export function resultsValue(file: string): unknown {
  if (!isPage(file)) return jsonOf(file);
  const inside = embeddedIn(file);
  if (inside !== null) return jsonOf(inside);
  throw new ResultsError(
    'is a page without results in it. Some platforms take them out: ask for the file as it was exported, or for results.json',
  );
}

/** The same of a value that is no text any more. */
export function parseResultsValue(value: unknown): OpenedResults {
  const version = typeof value === 'object' && value !== null && 'v' in value ? value.v : undefined;
  if (version === 1 && ('plan' in Object(value) || 'parts' in Object(value))) {
    throw new ResultsError(
      'has the first format of results, which is not read any more. Run it again: finished stages are read, not trained',
    );
  }
  if (typeof version === 'number' && version > 2) throw new ResultsError('was written by a newer version of Rewarm');
  if (typeof value === 'object' && value !== null && 'model_type' in value) {
    throw new ResultsError('is the configuration of weights. Open it together with their file, model.safetensors');
  }
  if (version === undefined) throw new ResultsError('does not hold results of Rewarm: it is another kind of file');
  const result = v.safeParse(fileSchema, value, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new ResultsError(
      `does not hold results of Rewarm: ${v.getDotPath(issue) ?? 'the whole'} is not as it should be`,
    );
  }
  const { figure } = result.output;
  const records = new Map<string, StageRecord>();
  const parts = result.output.parts.map(({ experiment: own, records: saved, ...part }): FigurePart => {
    const experiment = parseExperiment(own);
    if (figure !== null) checkPart(figure, part.key, experiment);
    const whole = plan(experiment);
    for (const one of saved) {
      const record = placed(whole, one);
      records.set(record.node, record);
    }
    return { ...part, experiment };
  });
  return { version: result.output.version, figure, parts, records };
}

/** Its other arms may be of another version of the figure; with none that it knows, the part is not the figure's. */
function checkPart(id: FigureId, key: PartKey, { arms }: Experiment): void {
  const { name, parts } = figures[id];
  const known = parts({ scale: 'XS', seeds: [1], budget: 1 }).find((part) => part.key === key);
  if (!known) throw new ResultsError(`says that it holds ${name}, which has no part "${key}"`);
  const ids = new Set(known.experiment.arms.map((arm) => arm.id));
  if (arms.some((arm) => ids.has(arm.id))) return;
  throw new ResultsError(`says that it holds ${name}, which has none of the runs in its part "${key}"`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ResultsError(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Place = v.InferOutput<typeof partSchema>['records'][number];

/** The record under the id that its place has in this version's plan. */
function placed({ nodes, readings }: Plan, { arms, seed, stageIndex, tokensBefore: _, ...rest }: Place): StageRecord {
  const node = nodes.find((one) => {
    const same = one.arms.length === arms.length && one.arms.every((arm) => arms.includes(arm));
    return same && one.seed === seed && one.stageIndex === stageIndex;
  });
  const where = `stage ${stageIndex + 1} of ${arms.join(', ')}, seed ${seed},`;
  if (!node) throw new ResultsError(`has a record of ${where} which its experiment does not have`);
  const result = v.safeParse(recordSchema, rest);
  if (!result.success) throw new ResultsError(`has a record of ${where} that is damaged`);
  const last = result.output.evaluations.at(-1)?.step ?? 0;
  if (last > node.stage.steps) throw new ResultsError(`has a record of ${where} with more steps than the stage has`);
  const { evaluations, final } = result.output;
  const count = (wanted: ReadingSet) => readings.filter(({ set }) => set === wanted).length;
  const fits = evaluations.every(({ values }) => values.length === count('curve'));
  if (!fits || (final !== null && final.length !== count('final'))) {
    throw new ResultsError(`has a record of ${where} that measures something else than its experiment`);
  }
  return { ...result.output, node: node.id, origin: 'file' };
}
