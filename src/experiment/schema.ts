// The shape of an experiment as a valibot schema: which keys exist, what type each has and between which bounds it
// lies. Every sentence says what is allowed. Bounds keep a hostile value from asking for absurd work; rules between
// fields are in rules.ts.

import * as v from 'valibot';
import { experimentRules, mixtureRules, modelRules, type Problem, scheduleRules, stageRules } from './rules';
import { type Schedule, scheduleEntries } from './schedules';
import type { Multiple, Rate } from './schedules/entry';

/** Largest values accepted from outside. */
export const limits = {
  arms: 24,
  seeds: 32,
  stages: 8,
  steps: 1_000_000,
  rate: 1000,
  width: 1024,
  layers: 48,
  heads: 64,
  context: 1024,
  batch: 1024,
  evaluationTokens: 4_194_304,
  denseSteps: 1000,
  points: 2000,
  label: 80,
  skip: 100_000_000,
} as const;

const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
};

const fraction = (() => {
  const message = 'must be a number from 0 to 1';
  return v.pipe(v.number(message), v.minValue(0, message), v.maxValue(1, message));
})();

const rateFromZero = (() => {
  const message = `must be a number from 0 to ${limits.rate}`;
  return v.pipe(v.number(message), v.minValue(0, message), v.maxValue(limits.rate, message));
})();

const rate = (() => {
  const message = `must be a number above 0, at most ${limits.rate}`;
  return v.pipe(v.number(message), v.gtValue(0, message), v.maxValue(limits.rate, message));
})();

/** Something to be read, and nothing that would move a terminal's cursor or turn the direction of what follows. */
export const text = (() => {
  const message = `must be a text of 1 to ${limits.label} characters that can be seen, without control characters`;
  const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;
  const tame = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u;
  return v.pipe(v.string(message), v.maxLength(limits.label, message), v.regex(seen, message), v.regex(tame, message));
})();

const identifier = (() => {
  const message = 'must be 1 to 40 letters, digits and dashes';
  return v.pipe(v.string(message), v.regex(/^[A-Za-z0-9-]{1,40}$/, message));
})();

const corpusName = (() => {
  const message = "must be a corpus name: small letters, digits and dashes, and '/1', '/2' or '/3' for a third of it";
  return v.pipe(v.string(message), v.regex(/^[a-z][a-z0-9-]{0,39}(\/[123])?$/, message));
})();

const quoted = (words: readonly string[], between: string) => words.map((word) => `'${word}'`).join(between);

const choice = <const T extends readonly string[]>(options: T) =>
  v.picklist(options, `must be ${quoted(options, ' or ')}`);

/** An object with exactly these keys. */
function strict<const T extends v.ObjectEntries>(entries: T) {
  const keys = Object.keys(entries).join(', ');
  return v.strictObject(entries, (issue) => {
    if (issue.expected === 'never') return `is not a known key; allowed here: ${keys}`;
    if (issue.received === 'undefined' && issue.path !== undefined) return 'is missing';
    return `must be an object with the keys ${keys}`;
  });
}

const list = <T extends v.GenericSchema>(item: T, max: number, what: string) => {
  const message = `must be a list of 1 to ${max} ${what}`;
  return v.pipe(v.array(item, message), v.minLength(1, message), v.maxLength(max, message), v.readonly());
};

/** Reports what a rule between fields finds, each problem at the field's own path. */
function report<T>(context: v.RawCheckContext<T>, problems: (value: T) => Problem[]): void {
  const { dataset, addIssue } = context;
  if (!dataset.typed) return;
  for (const { path, message } of problems(dataset.value)) {
    const [first, ...rest] = path.map(
      (key): v.UnknownPathItem => ({ type: 'unknown', origin: 'value', input: null, key, value: null }),
    );
    addIssue(first ? { message, path: [first, ...rest] } : { message });
  }
}

const scheduleKinds = [...new Set(scheduleEntries.map(({ fixed }) => fixed.kind))];

/** All schedules of a kind have the same keys; what tells them apart but for the kind is a choice. */
function scheduleOf(kind: string) {
  const entries = scheduleEntries.filter(({ fixed }) => fixed.kind === kind);
  const texts = entries.flatMap(({ fixed }) => Object.keys(fixed)).filter((key) => key !== 'kind');
  const numbers = entries.flatMap((entry) => Object.entries(entry.numbers));
  return strict({
    kind: v.literal(kind),
    ...Object.fromEntries(texts.map((key) => [key, choice(entries.flatMap(({ fixed }) => fixed[key] ?? []))])),
    ...Object.fromEntries(
      numbers.map(([key, { unit, zero }]) => [key, unit === 'share' ? fraction : zero ? rateFromZero : rate]),
    ),
  });
}

const anySchedule = v.variant(
  'kind',
  scheduleKinds.map(scheduleOf),
  `must be a schedule whose kind is ${quoted(scheduleKinds.slice(0, -1), ', ')} or '${scheduleKinds.at(-1)}'`,
);

/** A schedule whose rates are in this unit. */
function scheduleIn<R extends number>() {
  return v.pipe(
    anySchedule,
    v.guard((value): value is Schedule<R> => scheduleKinds.includes(value.kind)),
    v.rawCheck((context) => report(context, scheduleRules)),
  );
}

const schedule = scheduleIn<Rate>();

/** As a recipe holds it, in multiples of the scale's peak. */
export const recipeSchedule = scheduleIn<Multiple>();

const mixture = v.pipe(
  strict({
    corpus: corpusName,
    skip: v.exactOptional(wholeNumber(0, limits.skip)),
    replay: v.nullable(strict({ corpus: corpusName, fraction })),
  }),
  v.rawCheck((context) => report(context, mixtureRules)),
);

const stage = v.pipe(
  strict({
    name: identifier,
    mixture,
    steps: wholeNumber(1, limits.steps),
    schedule,
    scheduleSteps: v.exactOptional(wholeNumber(1, limits.steps)),
    optimizer: choice(['reset', 'keep']),
  }),
  v.rawCheck((context) => report(context, stageRules)),
);

const armModelEntries = {
  width: wholeNumber(4, limits.width),
  layers: wholeNumber(1, limits.layers),
  heads: wholeNumber(1, limits.heads),
  rotaryFraction: fraction,
};

const model = v.pipe(
  strict({ ...armModelEntries, context: wholeNumber(1, limits.context) }),
  v.rawCheck((context) => report(context, modelRules)),
);

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 hexadecimal digits'));

const arm = strict({
  id: identifier,
  label: text,
  model: v.exactOptional(strict(armModelEntries)),
  init: v.variant(
    'kind',
    [strict({ kind: v.literal('random') }), strict({ kind: v.literal('weights'), sha256 })],
    "must have the kind 'random' or 'weights'",
  ),
  stages: list(stage, limits.stages, 'stages'),
});

const evaluation = strict({
  d0: corpusName,
  d1: corpusName,
  curveTokens: wholeNumber(1, limits.evaluationTokens),
  finalTokens: wholeNumber(1, limits.evaluationTokens),
  denseSteps: wholeNumber(0, limits.denseSteps),
  points: wholeNumber(1, limits.points),
});

export const experimentSchema = v.pipe(
  strict({
    v: v.literal(1, 'must be 1, the only version of the experiment format so far'),
    name: text,
    scale: choice(['XS', 'S', 'M', 'L', 'custom']),
    model,
    batch: wholeNumber(1, limits.batch),
    seeds: list(wholeNumber(0, 4_294_967_295), limits.seeds, 'seeds'),
    evaluation,
    arms: list(arm, limits.arms, 'arms'),
  }),
  v.rawCheck((context) => report(context, experimentRules)),
);
