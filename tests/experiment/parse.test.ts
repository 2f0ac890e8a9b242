// Reading experiments from outside: what is right comes back equal; what is wrong is refused with the place and a
// sentence, all of it at once, and nothing can make the reader or a later part work without end.

import { describe, expect, test } from 'vitest';
import { modelProblems } from '../../src/engine/model';
import type { Shift } from '../../src/experiment/compose';
import { vocabulary } from '../../src/experiment/cost';
import { parseExperiment, SpecError } from '../../src/experiment/parse';
import { preset } from '../../src/experiment/presets';
import type { ScaleName } from '../../src/experiment/spec';

/** The weak preset as loose JSON with one place changed; `path` is written as in the messages. */
function changed(...edits: [path: string, value: unknown][]): unknown {
  const experiment: unknown = JSON.parse(JSON.stringify(preset('weak', { scale: 'XS', seeds: [1, 2] })));
  for (const [path, value] of edits) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
    const last = keys.pop() ?? '';
    let place = experiment as Record<string, unknown>;
    for (const key of keys) place = place[key] as Record<string, unknown>;
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return experiment;
}

function problems(value: unknown): Record<string, string> {
  try {
    parseExperiment(value);
  } catch (error) {
    if (error instanceof SpecError)
      return Object.fromEntries(error.problems.map(({ path, message }) => [path, message]));
    throw error;
  }
  return {};
}

describe('what is right', () => {
  const names: Shift[] = ['weak', 'strong', 'none'];
  const sizes: ScaleName[] = ['XS', 'S', 'M', 'L'];
  test.each(names.flatMap((name) => sizes.map((scale) => [name, scale] as const)))(
    'the %s preset at %s',
    (name, scale) => {
      const experiment = preset(name, { scale, seeds: [1, 2, 3] });
      expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
      expect(modelProblems({ ...experiment.model, vocabulary })).toEqual([]);
    },
  );

  test('an infinite schedule', () => {
    const schedule = {
      kind: 'infinite',
      cooldown: 'inverse-sqrt',
      warmup: 0.01,
      peak: 3e-3,
      constant: 1.65e-3,
      floor: 3e-4,
      cooldownEnd: 0.6,
      constantEnd: 0.85,
      alpha: 10,
    };
    expect(problems(changed(['arms[1].stages[1].schedule', schedule]))).toEqual({});
  });
});

test.each<[path: string, value: unknown, at: string, says: RegExp]>([
  ['v', 2, 'v', /must be 1/],
  ['name', '', 'name', /1 to 80 characters/],
  ['scale', 'XXL', 'scale', /'XS' or 'S'/],
  ['colour', 'red', 'colour', /not a known key; allowed here: v, name/],
  [
    'arms[1].stages[0].schedule.colour',
    1,
    'arms[1].stages[0].schedule.colour',
    /not a known key; allowed here: kind, warmup/,
  ],
  ['arms[1].stages[0].schedule.peak', undefined, 'arms[1].stages[0].schedule.peak', /is missing/],
  ['arms[1].stages[0].schedule.peak', '3e-3', 'arms[1].stages[0].schedule.peak', /number above 0/],
  ['arms[1].stages[0].schedule.peak', 0, 'arms[1].stages[0].schedule.peak', /number above 0/],
  ['arms[1].stages[0].schedule.peak', Number.NaN, 'arms[1].stages[0].schedule.peak', /number above 0/],
  ['arms[1].stages[0].schedule.peak', Number.POSITIVE_INFINITY, 'arms[1].stages[0].schedule.peak', /at most 1000/],
  ['arms[1].stages[0].schedule.floor', 1, 'arms[1].stages[0].schedule.floor', /not be above the peak, 0.006/],
  ['arms[1].stages[0].schedule.warmup', -0.1, 'arms[1].stages[0].schedule.warmup', /from 0 to 1/],
  ['arms[1].stages[0].schedule.kind', 'step', 'arms[1].stages[0].schedule.kind', /'constant', 'cosine'.* or '/],
  ['arms[1].stages[0].optimizer', 'drop', 'arms[1].stages[0].optimizer', /'reset' or 'keep'/],
  ['arms[0].stages[0].steps', 1.5, 'arms[0].stages[0].steps', /whole number from 1/],
  ['arms[0].stages[0].steps', 1e9, 'arms[0].stages[0].steps', /to 1000000/],
  ['arms[0].stages[0].mixture.corpus', '../etc', 'arms[0].stages[0].mixture.corpus', /must be a corpus name/],
  ['arms[0].stages[0].mixture.corpus', 'literature/4', 'arms[0].stages[0].mixture.corpus', /'\/1', '\/2' or '\/3'/],
  ['arms[2].stages[1].mixture.replay.fraction', 1.01, 'arms[2].stages[1].mixture.replay.fraction', /from 0 to 1/],
  ['arms[2].stages[1].mixture.replay.corpus', 'speeches', 'arms[2].stages[1].mixture.replay.corpus', /another corpus/],
  ['arms[2].stages[1].mixture.replay', undefined, 'arms[2].stages[1].mixture.replay', /is missing/],
  ['arms[2].id', 'rewarm', 'arms[2].id', /used by an earlier arm/],
  ['arms[2].id', 'a b', 'arms[2].id', /letters, digits and dashes/],
  ['arms[2].init.kind', 'zero', 'arms[2].init.kind', /must have the kind 'random' or 'weights'/],
  ['arms[0].stages[1].name', 'd0', 'arms[0].stages[1].name', /used by an earlier stage/],
  ['arms[0].stages', [], 'arms[0].stages', /1 to 8 stages/],
  ['arms', [], 'arms', /1 to 24 arms/],
  ['arms', {}, 'arms', /1 to 24 arms/],
  ['seeds', [], 'seeds', /1 to 32 seeds/],
  ['seeds', [1, 2, 1], 'seeds[2]', /listed twice/],
  ['seeds', [-1], 'seeds[0]', /from 0 to 4294967295/],
  ['model.width', 30, 'model.width', /multiple of 4/],
  ['model.heads', 3, 'model.heads', /split the width, 32/],
  ['model.width', 1e6, 'model.width', /from 4 to 1024/],
  ['model.rotaryFraction', 2, 'model.rotaryFraction', /from 0 to 1/],
  ['batch', 0, 'batch', /from 1 to 1024/],
  ['evaluation.curveTokens', 63, 'evaluation.curveTokens', /one window of model.context, 64/],
  ['evaluation.finalTokens', 1e9, 'evaluation.finalTokens', /to 4194304/],
  ['evaluation.d1', 7, 'evaluation.d1', /must be a corpus name/],
])('%s = %j is refused', (path, value, at, says) => {
  expect(problems(changed([path, value]))).toHaveProperty([at], expect.stringMatching(says));
});

test('phase ends out of order and rates out of order are named one by one', () => {
  const schedule = {
    kind: 'infinite',
    cooldown: 'cosine',
    warmup: 0.5,
    peak: 1e-3,
    constant: 2e-3,
    floor: 3e-3,
    cooldownEnd: 0.4,
    constantEnd: 0.3,
    alpha: 10,
  };
  const found = problems(changed(['arms[1].stages[0].schedule', schedule]));
  expect(Object.keys(found)).toEqual(
    ['constant', 'floor', 'cooldownEnd', 'constantEnd'].map((key) => `arms[1].stages[0].schedule.${key}`),
  );
});

test('several problems are reported together and the message reads as sentences', () => {
  const value = changed(['batch', -1], ['arms[1].stages[0].schedule.peak', 'high'], ['seeds', 'all'], ['extra', 1]);
  expect(Object.keys(problems(value)).sort()).toEqual(['arms[1].stages[0].schedule.peak', 'batch', 'extra', 'seeds']);
  expect(() => parseExperiment(value)).toThrow(
    'arms[1].stages[0].schedule.peak must be a number above 0, at most 1000.',
  );
});

test.each([[null], [undefined], [7], ['weak'], [() => 1]])('%j is not an experiment', (value) => {
  expect(problems(value)['']).toMatch(/must be an object with the keys v, name/);
});

describe('hostile values', () => {
  test.each<[string, () => unknown]>([
    ['a million arms', () => changed(['arms', new Array(1_000_000).fill(0)])],
    ['a hole of a list', () => changed(['arms', new Array(4_000_000_000)])],
    ['a text of a megabyte', () => changed(['name', 'x'.repeat(1_000_000)])],
    ['a deep nest', () => changed(['name', Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], 0)])],
    ['a key of a megabyte', () => changed(['x'.repeat(1_000_000), 1])],
  ])('%s is refused before it is read', (_, value) => {
    expect(problems(value())).toEqual({ '': expect.stringMatching(/far larger than any real experiment/) });
  });

  test('many wrong places give a short list', () => {
    const arms = Array.from({ length: 500 }, () => ({}));
    const { problems: list } = (() => {
      try {
        parseExperiment(changed(['arms', arms]));
      } catch (error) {
        if (error instanceof SpecError) return error;
      }
      throw new Error('was accepted');
    })();
    expect(list).toHaveLength(21);
    expect(list.at(-1)?.message).toMatch(/has \d+ more problems/);
  });

  test('the whole is bounded, not only each part', () => {
    const places = [0, 1, 2].flatMap((arm) => [0, 1].map((stage) => `arms[${arm}].stages[${stage}].steps`));
    const steps = places.map((path): [string, unknown] => [path, 1_000_000]);
    expect(problems(changed(...steps))).toEqual({ arms: expect.stringMatching(/at most 10000000/) });
    const wide = changed(['model.width', 1024], ['model.heads', 16], ['model.layers', 48]);
    expect(problems(wide)).toEqual({ model: expect.stringMatching(/at most 100000000 parameters/) });
    const long = changed(['model.context', 1024], ['batch', 1024], ['evaluation.curveTokens', 2048]);
    expect(problems(long)).toEqual({ batch: expect.stringMatching(/tokens a step/) });
  });

  test('a key named __proto__ is an unknown key and changes nothing', () => {
    const value: unknown = JSON.parse(`{"__proto__": {"admin": true}, ${JSON.stringify(changed()).slice(1)}`);
    expect(Object.keys(problems(value))).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
