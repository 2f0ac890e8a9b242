// Results as a file: what is saved is read back as it was, and nothing else is read.

import { describe, expect, it } from 'vitest';
import type { Records, StageRecord } from '../../src/experiment/evidence/record';
import type { FigureId } from '../../src/experiment/figures';
import { figureIds, figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { SpecError } from '../../src/experiment/parse';
import type { FigurePart } from '../../src/experiment/part';
import { type Plan, plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import { parseResults, ResultsError, type SavedResults, savedResults } from '../../src/experiment/saved';

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Made-up records of some stages of a plan: finished, under way, failed, not begun. */
function madeUp({ nodes, readings }: Plan, seed: number): Map<string, StageRecord> {
  const next = random(seed);
  const pick = <T>(...values: T[]): T => values[Math.floor(next() * values.length)] as T;
  // Losses of every size that a number may have, with all of its digits.
  const loss = () => pick(next() * 8, next() * 1e-300, next() * 1e300, Number.MIN_VALUE, 5);
  const curve = readings.filter(({ set }) => set === 'curve').length;
  const losses = () => Array.from({ length: curve }, loss);
  const text = () => pick('', 'é "quoted" \\ \u2028 \u0000', '__proto__', 'Its loss was not a number.');
  const records = new Map<string, StageRecord>();
  for (const { id, stage } of nodes) {
    if (next() < 0.2) continue;
    const last = Math.floor(next() * (stage.steps + 1));
    const steps = Array.from({ length: last + 1 }, (_, step) => step).filter(() => next() < 0.5);
    records.set(id, {
      node: id,
      origin: 'file',
      evaluations: steps.map((step) => ({ step, trainLoss: step === 0 ? null : loss(), values: losses() })),
      final: pick(null, losses()),
      failure: pick(null, { step: last, message: text() }),
      corpora: pick([], [{ name: text(), bytes: Math.floor(next() * 2 ** 53), sha256: text() }]),
      maker: pick(null, {
        version: text(),
        engine: 'webgpu',
        adapter: text(),
        kernels: pick(null, { attention: 'registers', products: { 'head.forward': 'tiles 64x64' } }),
      }),
    });
  }
  return records;
}

const options = { scale: 'XS', seeds: [1, 9], budget: 0.02 } as const;
const own = [ownPart(preset('weak', { scale: 'XS', seeds: [3, 1], steps: 12 }))];
const studies: [FigureId | null, readonly FigurePart[]][] = [
  [null, own],
  [null, [ownPart(preset('none', { scale: 'S', seeds: [0], steps: 7 }))]],
  ['5', figures['5'].parts(options)],
  ['7', figures['7'].parts(options)],
  ['10', figures['10'].parts(options)],
];

const text = (figure: FigureId | null, parts: readonly FigurePart[], records: Records) =>
  JSON.stringify(savedResults('0.2.0', figure, parts, records));

const recordsOf = (parts: readonly FigurePart[], seed: number) =>
  new Map(parts.flatMap(({ experiment }, i) => [...madeUp(plan(experiment), seed + 1000 * i)]));

/** Small, with records of every kind. */
const small = text(null, own, recordsOf(own, 5));

describe('what was saved', () => {
  it.each(studies)('for figure %s is read back as it was', (figure, parts) => {
    const seen = { records: 0, finished: 0, failed: 0 };
    for (let seed = 1; seed <= 60; seed++) {
      const records = recordsOf(parts, seed);
      const read = parseResults(text(figure, parts, records));
      expect(read).toStrictEqual({ version: '0.2.0', figure, parts, records: read.records });
      expect([...read.records].sort()).toStrictEqual([...records].sort());
      for (const { final, failure } of records.values()) {
        seen.records++;
        if (final) seen.finished++;
        if (failure) seen.failed++;
      }
      expect(JSON.parse(text(figure, read.parts, read.records))).toStrictEqual(
        JSON.parse(text(figure, parts, records)),
      );
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  it('says what every value is and where each record belongs', () => {
    const { nodes } = plan(preset('weak', { scale: 'XS', seeds: [3, 1], steps: 12 }));
    const [last] = nodes.slice(-1);
    if (!last) throw new Error('a plan has nodes');
    const record: StageRecord = {
      node: last.id,
      origin: 'trained',
      evaluations: [{ step: 0, trainLoss: null, values: [3.5, 2.25] }],
      final: [3, 2],
      failure: null,
      corpora: [{ name: 'speeches', bytes: 5, sha256: 'ff' }],
      maker: { version: '0.2.0', engine: 'webgpu', adapter: 'llvmpipe', kernels: null },
      seconds: [0.25],
    };
    const { origin: _, seconds: __, ...saved } = record;
    expect(savedResults('0.2.0', null, own, new Map([[last.id, record]]))).toEqual({
      v: 2,
      version: '0.2.0',
      figure: null,
      parts: [
        {
          ...own[0],
          readings: [
            { weights: 'trained', corpus: 'literature', set: 'curve' },
            { weights: 'trained', corpus: 'speeches', set: 'curve' },
            { weights: 'trained', corpus: 'literature', set: 'final' },
            { weights: 'trained', corpus: 'speeches', set: 'final' },
          ],
          records: [{ ...saved, arms: ['rewarm-replay25'], seed: 1, stageIndex: 1, tokensBefore: 12_288 }],
        },
      ],
    });
  });

  it('is put where its place says, whatever id it has', () => {
    const { nodes } = plan(preset('weak', { scale: 'XS', seeds: [3, 1], steps: 12 }));
    const file: SavedResults = JSON.parse(small);
    const parts = file.parts.map((part) => ({
      ...part,
      records: part.records.map((one) => ({ ...one, node: 'of another version', arms: one.arms.toReversed() })),
    }));
    const read = parseResults(JSON.stringify({ ...file, parts }));
    expect([...read.records.keys()].sort()).toEqual([...parseResults(small).records.keys()].sort());
    expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining([...read.records.keys()]));
    for (const [id, { node }] of read.records) expect(node).toBe(id);
  });
});

/** The sentence's end that a file is refused with. */
function refusal(content: string): string {
  try {
    parseResults(content);
  } catch (error) {
    if (error instanceof ResultsError || error instanceof SpecError) return error.message;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('what was not saved by this program', () => {
  const file: SavedResults = JSON.parse(small);
  const withPart = (change: object) => JSON.stringify({ ...file, parts: [{ ...file.parts[0], ...change }] });
  const [finished] = file.parts[0]?.records.filter(({ final, evaluations }) => final && evaluations.length > 0) ?? [];
  const withRecord = (change: object) => withPart({ records: [{ ...finished, ...change }] });
  const evaluation = { step: 0, trainLoss: null, values: [1, 2] };

  it.each<[string, string, RegExp]>([
    ['nothing', '', /^is not valid JSON: /],
    ['a word', 'rubbish', /^is not valid JSON: /],
    ['null', 'null', /^does not hold results of Rewarm: it is another kind of file$/],
    ['a number', '7', /^does not hold results of Rewarm: it is another kind of file$/],
    ['a list', '[]', /^does not hold results of Rewarm: /],
    ['another object', '{"experiment": 7}', /^does not hold results of Rewarm: it is another kind of file$/],
    [
      'version 1',
      '{"v": 1, "plan": "ff", "arms": []}',
      /^has the first format of results, which is not read any more\. Run /,
    ],
    ['a later version', '{"v": 3}', /^was written by a newer version of Rewarm$/],
    ['a version that is no number', '{"v": "2"}', /: v is not as it should be$/],
    ['no parts', JSON.stringify({ ...file, parts: [] }), /: parts is not as it should be$/],
    ['an unknown figure', JSON.stringify({ ...file, figure: '2' }), /: figure is not as it should be$/],
    ['an inherited figure', JSON.stringify({ ...file, figure: 'toString' }), /: figure is not as it should be$/],
    ['an unknown part', withPart({ key: 'constructor' }), /: parts\.0\.key is not as it should be$/],
    ['no experiment', withPart({ experiment: undefined }), /: parts\.0\.experiment is not as it should be$/],
    [
      'another experiment',
      withPart({ experiment: { ...own[0]?.experiment, batch: 0 } }),
      /batch must be a whole number/,
    ],
    [
      'an unknown seed',
      withRecord({ seed: 4 }),
      /^has a record of stage 1 of .*, seed 4, which its experiment does not/,
    ],
    ['an unknown arm', withRecord({ arms: ['hasOwnProperty'] }), /which its experiment does not have$/],
    ['an unknown stage', withRecord({ stageIndex: 5 }), /^has a record of stage 6 of /],
    ['a place that is none', withRecord({ seed: -1 }), /: parts\.0\.records\.0\.seed is not as it should be$/],
    ['too many steps', withRecord({ evaluations: [{ ...evaluation, step: 13 }] }), /more steps than the stage has$/],
    ['steps out of order', withRecord({ evaluations: [evaluation, evaluation] }), /that is damaged$/],
    ['a loss that is none', withRecord({ evaluations: [{ ...evaluation, values: [1, 'x'] }] }), /that is damaged$/],
    [
      'too large a loss',
      withRecord({ final: [1, 2] }).replace('"final":[1,2]', '"final":[1,1e999]'),
      /that is damaged$/,
    ],
    ['no losses', withRecord({ final: [] }), /that is damaged$/],
    ['an unknown key', withRecord({ more: 1 }), /that is damaged$/],
    ['too few values', withRecord({ evaluations: [{ ...evaluation, values: [1] }] }), /that measures something else/],
    ['too many values', withRecord({ evaluations: [{ ...evaluation, values: [1, 2, 3] }] }), /that measures something/],
    ['too few values at the end', withRecord({ final: [1] }), /that measures something else/],
    ['too many values at the end', withRecord({ final: [1, 2, 3] }), /that measures something else/],
  ])('%s is refused with a sentence', (_, content, sentence) => {
    expect(refusal(content)).toMatch(sentence);
    expect(refusal(content).length).toBeLessThan(400);
  });

  it.each<[FigureId, FigureId, string]>([
    ['5', '7', 'Figure 7, which has no part "weak"'],
    ['7', '5', 'Figure 5, which has no part "small"'],
    ['10', '3', 'Figure 3, which has no part "splits"'],
    ['gupta-5', '8', 'Figure 8, which has none of the runs in its part "weak"'],
  ])('parts of Figure %s are not believed to be those of Figure %s', (made, said, why) => {
    const parts = figures[made].parts(options).map((part) => {
      const arms = part.experiment.arms.filter(({ id }) => made !== 'gupta-5' || id === 'from-7');
      return { ...part, experiment: { ...part.experiment, arms } };
    });
    expect(refusal(text(said, parts, new Map()))).toBe(`says that it holds ${why}`);
  });

  it.each(figureIds)(
    'Figure %s is believed at every size, and with one run of it beside runs that it does not know',
    (id) => {
      for (const scale of ['XS', 'S', 'M', 'L'] as const) {
        const parts = figures[id].parts({ scale, seeds: [7], budget: 0.5 }).map((part) => {
          const [first, ...others] = part.experiment.arms;
          const renamed = others.map((arm, i) => ({ ...arm, id: `earlier-${i}` }));
          return { ...part, experiment: { ...part.experiment, arms: first ? [first, ...renamed] : [] } };
        });
        for (const part of parts) expect(parseResults(text(id, [part], new Map())).parts).toEqual([part]);
      }
    },
  );

  it('two parts of one name are refused', () => {
    expect(refusal(JSON.stringify({ ...file, parts: [file.parts[0], file.parts[0]] }))).toMatch(/parts/);
  });

  it('no beginning of a file is read, and none is a fault', () => {
    const [part] = own;
    if (!part) throw new Error('there is one part');
    const whole = text(null, own, new Map([...recordsOf(own, 5)].slice(0, 2)));
    expect(parseResults(whole).records.size).toBe(2);
    for (let end = 0; end < whole.length; end++) {
      expect(refusal(whole.slice(0, end))).toMatch(/^is not valid JSON: /);
    }
  });

  it('no change of one character is a fault', () => {
    const next = random(1);
    let refused = 0;
    for (let i = 0; i < 500; i++) {
      const at = Math.floor(next() * small.length);
      const other = '0-9"{}[],:\\eE.xn'.charAt(Math.floor(next() * 16));
      try {
        parseResults(`${small.slice(0, at)}${other}${small.slice(at + 1)}`);
      } catch (error) {
        expect(error instanceof ResultsError || error instanceof SpecError, String(error)).toBe(true);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(250);
  });

  it('leaves the prototype of every object alone', () => {
    const evil = '{"polluted": true}';
    const places = [`{"v":2,"__proto__":${evil},`, `{"v":2,"constructor":{"prototype":${evil}},`].map((start) =>
      small.replace('{"v":2,', start),
    );
    const inside = ['"records":[{', '"experiment":{', '"evaluations":[{', '"maker":{', '"kernels":{', '"final":'].map(
      (key) => small.replace(key, key.endsWith('{') ? `${key}"__proto__":${evil},` : key),
    );
    for (const content of [...places, ...inside]) {
      try {
        for (const record of parseResults(content).records.values()) expect(record).not.toHaveProperty('polluted');
      } catch (error) {
        expect(error instanceof ResultsError || error instanceof SpecError, String(error)).toBe(true);
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('is refused where the names of kernels are a tower, which could not be written again', () => {
    const tower = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const kernels = withRecord({ maker: { version: '', engine: '', adapter: '', kernels: 0 } });
    expect(refusal(kernels.replace('"kernels":0', `"kernels":${tower}`))).toMatch(/that is damaged$/);
  });

  it('is refused where it is deep or huge', () => {
    const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;
    const nested = (n: number) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`;
    expect(refusal(deep(100_000))).toMatch(/^does not hold|^is not valid JSON/);
    expect(refusal(nested(100_000))).toMatch(/^does not hold|^is not valid JSON/);
    expect(refusal(withPart({ experiment: 0 }).replace('"experiment":0', `"experiment":${nested(50_000)}`))).toMatch(
      /far larger than any real experiment/,
    );
    expect(refusal(JSON.stringify({ ...file, parts: Array.from({ length: 1000 }, () => file.parts[0]) }))).toMatch(
      /^does not hold results of Rewarm: parts/,
    );
    expect(refusal(withPart({ records: Array.from({ length: 50_000 }, () => ({})) }))).toMatch(/: parts\.0\.records/);
    expect(refusal(withPart({ title: 'x'.repeat(10_000_000) }))).toMatch(/: parts\.0\.title /);
  });
});
