// Addresses of figures: what is chosen comes back from the address, and what nothing means is named and changes nothing.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureIds, figures } from '../../src/experiment/figures';
import { studyOffer } from '../../src/experiment/offered';
import { type ChoicesState, createChoicesStore, firstChoices } from '../../src/store/choices';
import { figureQuery, readFigureQuery } from '../../src/store/figure_link';
import { type FigureLook, plainLook } from '../../src/store/look';
import { studyOptions } from '../../src/store/parts';
import { plainView } from '../../src/store/view';
import { machine, slow } from './worker';

test('a person can write one', () => {
  const asked = 'shift=strong&seeds=1,2,3&scale=S&budget=0.25&without=union,weak.rewarm&x=steps&log=y&show=table';
  expect(readFigureQuery('5', asked)).toEqual({
    choices: {
      study: { scale: 'S', seeds: 3, first: 1, budget: 0.25 },
      picked: 'S',
      choices: { '5': { without: { weak: ['union', 'rewarm'], strong: ['union'] }, postponed: [] } },
      linked: true,
    },
    look: { part: 'strong', tables: true, view: { xUnit: 'steps', logX: false, logY: true }, hidden: {} },
    leftOut: [],
  });
  const { study } = readFigureQuery('5', 'seeds=7&scale=xs').choices;
  expect(study).toEqual({ scale: 'XS', seeds: 1, first: 7, budget: 1 });
  expect(studyOptions(study).seeds).toEqual([7]);
});

test('of the first visit there is nothing to say', () => {
  for (const id of figureIds) expect(figureQuery(id, firstChoices, plainLook)).toBe('');
});

test.each([
  'shift=sideways',
  'scale=XXL',
  'seeds=1,3',
  'seeds=1,2,3,4',
  'seeds=2,1',
  'seeds=0',
  'seeds=10000',
  'seeds=1.5',
  'seeds=1e2',
  'seeds=',
  'budget=2',
  'budget=Infinity',
  'without=weak.nobody',
  'without=strange.union',
  'later=weak,nothing',
  'x=parsecs',
  'log=z',
  'smooth=0.99',
  'zoom=5,1',
  'zoom=1,2,3',
  'y=some',
  'show=me',
  'foo=1',
  '__proto__=1',
  'constructor',
  '=',
])('%s is left out by name, and the rest is read', (piece) => {
  const { choices, look, leftOut } = readFigureQuery('5', `${piece}&x=steps`);
  expect(leftOut).toEqual(piece.startsWith('x=') ? [piece, 'x=steps'] : [piece]);
  expect(choices.study).toEqual(firstChoices.study);
  expect(choices.choices).toEqual({ '5': { without: {}, postponed: [] } });
  expect(look).toEqual({ ...plainLook, view: piece.startsWith('x=') ? {} : { xUnit: 'steps' } });
});

test('arms that are not drawn, or those alone that are, whichever list is shorter', () => {
  const query = (look: Partial<FigureLook>) => figureQuery('5', firstChoices, { ...plainLook, ...look });
  const arms = figures['5'].parts(studyOptions(firstChoices.study))[0]?.experiment.arms.map(({ id }) => id) ?? [];
  expect(query({ hidden: { weak: ['union'] } })).toBe('hide=weak.union');
  expect(query({ hidden: { weak: arms.filter((id) => id !== 'union') } })).toBe('only=weak.union');
  expect(readFigureQuery('5', 'only=weak.union').look.hidden).toEqual({ weak: arms.filter((id) => id !== 'union') });
  expect(readFigureQuery('5', 'hide=union').look.hidden).toEqual({ weak: ['union'], strong: ['union'] });
  expect(readFigureQuery('5', 'hide=weak.nobody').leftOut).toEqual(['hide=weak.nobody']);
  expect(readFigureQuery('5', query({ hidden: { weak: arms } })).look.hidden).toEqual({ weak: arms });
});

test('what is said twice counts once, and long pieces are named short', () => {
  const { choices, leftOut } = readFigureQuery('5', `seeds=1,2,3&seeds=5&${'a'.repeat(5000)}`);
  expect(choices.study.seeds).toBe(3);
  expect(leftOut).toEqual(['seeds=5', `${'a'.repeat(40)}…`]);
});

const chosen = fc.constantFrom(...figureIds).chain((id) => {
  const parts = figures[id].parts(studyOptions(firstChoices.study));
  const arms = fc.record(
    Object.fromEntries(
      parts.map(({ key, experiment }) => [
        key,
        fc.subarray(
          experiment.arms.map((arm) => arm.id),
          { minLength: 1 },
        ),
      ]),
    ),
    { requiredKeys: [] },
  );
  return fc.record({
    id: fc.constant(id),
    part: fc.constantFrom(null, ...parts.map(({ key }) => key)),
    without: arms,
    hidden: arms,
    postponed: fc.subarray(parts.map(({ key }) => key)),
    picked: fc.constantFrom(null, 'XS', 'S', 'M', 'L'),
    seeds: fc.constantFrom(...studyOffer.seeds),
    first: fc.integer(studyOffer.firstSeed),
    budget: fc.constantFrom(...studyOffer.budgets),
    xUnit: fc.constantFrom('tokens', 'steps', 'seconds'),
    flags: fc.record({ logX: fc.boolean(), logY: fc.boolean(), smooth: fc.boolean(), showAll: fc.boolean() }),
    weight: fc.integer({ min: 0, max: 97 }),
    zoom: fc.option(
      fc
        .tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }))
        .map(([from, more]) => ({ from, to: from + more })),
    ),
    tables: fc.boolean(),
  });
});

describe('whatever is chosen', () => {
  test('comes back from the address', () => {
    fc.assert(
      fc.property(
        chosen,
        ({
          id,
          part,
          without,
          hidden,
          postponed,
          picked,
          seeds,
          first,
          budget,
          xUnit,
          flags,
          weight,
          zoom,
          tables,
        }) => {
          const state = {
            study: { scale: picked ?? firstChoices.study.scale, seeds, first, budget },
            picked,
            choices: { [id]: { without, postponed } },
            linked: true,
          } as ChoicesState;
          const smoothing = flags.smooth ? weight / 100 : plainView.weight;
          const look = {
            part,
            tables,
            hidden,
            view: { ...plainView, ...flags, xUnit, weight: smoothing, zoom },
          } as FigureLook;
          const query = figureQuery(id, state, look);
          expect(query).toMatch(/^[\w=&,.-]*$/);
          const back = readFigureQuery(id, query);
          expect(back.leftOut).toEqual([]);
          expect(back.choices).toEqual(state);
          expect({ ...back.look, view: { ...plainView, ...back.look.view } }).toEqual(look);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('any text is read or named, and none throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { leftOut } = readFigureQuery('7', text);
        expect(leftOut.length).toBeGreaterThanOrEqual(text.replaceAll('&', '') === '' ? 0 : 1);
      }),
      { numRuns: 2000 },
    );
    expect(Object.hasOwn(Object.prototype, 'part')).toBe(false);
  });
});

test('what an address asks is taken, as far as the machine goes, until the person chooses', () => {
  const choices = createChoicesStore();
  choices.toggleArm('6', 'weak', 'union');
  choices.follow(readFigureQuery('5', 'scale=M&seeds=1,2,3').choices, slow);
  expect(choices.getState()).toMatchObject({ study: { scale: 'XS', seeds: 3 }, picked: 'M', linked: true });
  expect(choices.getState().choices['6']?.without).toEqual({ weak: ['union'] });
  choices.fit(machine);
  expect(choices.getState()).toMatchObject({ study: { scale: 'M' }, linked: true });
  choices.choose({ seeds: 2 });
  expect(choices.getState()).toMatchObject({ study: { scale: 'M', seeds: 2 }, linked: false });
});
