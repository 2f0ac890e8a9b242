// figure.svg of every figure: valid XML without scripts, and every arm in the look that it has on the page.

import { describe, expect, test } from 'vitest';
import { figureSvg } from '../../src/drawing/figure_svg';
import { studyAppearance } from '../../src/drawing/lines';
import type { Evidence } from '../../src/experiment/evidence/evidence';
import { emptyRecord } from '../../src/experiment/evidence/record';
import { type FigureId, figureIds, figures } from '../../src/experiment/figures';
import { drawnArms } from '../../src/experiment/figures/lines';
import type { FigurePart } from '../../src/experiment/part';
import type { ShownResults } from '../../src/experiment/shown';
import { marker } from '../../src/plot/marks';
import { type ColourName, themes } from '../../src/plot/palette';
import { evidenceOf } from '../experiment/evidence';
import { xmlFault as fault } from './xml';

const maker = { engine: 'reference', adapter: '<A & "B">', version: '0', kernels: null };
const records = new Map([['a', { ...emptyRecord('a'), maker }]]);

/** What the drawing is made of. */
function shown(id: FigureId, parts: readonly FigurePart[], evidence: Evidence): ShownResults {
  return { figure: id, of: figures[id], parts, records, evidence };
}

/** All arms trained, each a little worse than the one before it. */
function made(part: FigurePart, seeds: readonly number[], { unfinished = '' } = {}): Evidence {
  const arms = part.experiment.arms.map(({ id, stages }, i) => {
    const finals = stages.map((_, stage) => ({ old: 2 + 0.01 * i + 0.1 * stage, new: 2.2 - 0.01 * i }));
    const some = id === unfinished ? seeds.slice(1) : seeds;
    return [id, some.map((seed) => ({ seed, finals, bump: 0.2 + 0.01 * seed }))] as const;
  });
  return evidenceOf(part, Object.fromEntries(arms));
}

function drawn(id: FigureId, seeds: readonly number[], options: { unfinished?: string } = {}) {
  const parts = figures[id].parts({ scale: 'XS', seeds, budget: 0.1 });
  const known = new Map(parts.map((part) => [part.key as string, made(part, seeds, options)]));
  const evidence: Evidence = (part, arm) => known.get(part)?.(part, arm) ?? [];
  return { parts, svg: figureSvg(shown(id, parts, evidence)) };
}

const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
const tags = (svg: string, role: string) =>
  [...svg.matchAll(new RegExp(`<\\w+ class="${role}"[^>]*>`, 'g'))].map(String);
const light = (colour: string) => themes.light[colour.slice(6, -1) as ColourName];

describe.each(figureIds)('figure %s', (id) => {
  const { svg, parts } = drawn(id, [1, 2]);
  const curves = parts.flatMap((part) =>
    figures[id].measures.flatMap(() => drawnArms(figures[id], part).map(({ arm }) => arm.id)),
  );

  test('is XML without a script or a style sheet, in colours that need none', () => {
    expect(fault(svg)).toBeNull();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg).not.toMatch(/<script|<style|<foreignObject|href|var\(|NaN|undefined|Infinity/);
  });

  test('draws every arm with the colour and the dash of the page', () => {
    const looks = tags(svg, 'curve').map((tag) => [attribute(tag, 'stroke'), attribute(tag, 'stroke-dasharray')]);
    expect(looks).toEqual(curves.map((arm) => [light(studyAppearance(arm).colour), studyAppearance(arm).dash]));
  });

  test('marks and names its end as the page does', () => {
    const marks = tags(svg, 'marker').map((tag) => [attribute(tag, 'd'), attribute(tag, 'fill')]);
    const expected = curves.map((arm) => {
      const look = studyAppearance(arm);
      return [marker(look, 0, 0).attributes['d'], light(look.colour)];
    });
    expect(marks).toEqual(expected);
    for (const { id: arm, label } of parts.flatMap(({ experiment }) => experiment.arms)) {
      expect(svg).toContain(`fill="${light(studyAppearance(arm).colour)}"`);
      expect(svg).toMatch(new RegExp(`>${label}(?: 2\\.\\d{3})?</text>`));
    }
    expect(svg).toContain('n = 2 seeds');
  });
});

test('level lines are named with their value', () => {
  expect(drawn('5', [1]).svg).toMatch(/>union, from scratch 2\.\d{3}<\/text>/);
  expect(tags(drawn('5', [1]).svg, 'level')).toHaveLength(4);
});

test('arms of different n say theirs', () => {
  const { svg } = drawn('5', [1, 2], { unfinished: 'replay-1' });
  expect(svg).toContain('>no replay (n=2)</text>');
  expect(svg).toContain('>1 % replay (n=1)</text>');
  expect(svg).not.toContain('n = 2 seeds');
});

test('one part alone, and nothing measured', () => {
  const [part] = figures['4'].parts({ scale: 'XS', seeds: [1], budget: 0.1 });
  if (!part) throw new Error('figure 4 has no part');
  const svg = figureSvg(shown('4', [part], () => []));
  expect(fault(svg)).toBeNull();
  expect(svg.match(/Nothing has been trained yet/g)).toHaveLength(2);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test('what XML cannot write is left out of names, and an address stands in the foot', () => {
  const [part] = figures['4'].parts({ scale: 'XS', seeds: [1], budget: 0.1 });
  if (!part) throw new Error('figure 4 has no part');
  const maker = { engine: 'a', adapter: 'a\u0000b\ud800c\uffff <&"> 😀\u000b', version: '0', kernels: null };
  const some = { ...shown('4', [part], () => []), records: new Map([['a', { ...emptyRecord('a'), maker }]]) };
  const svg = figureSvg(some, { address: 'https://example.org/?a=1&b#/fig/4' });
  expect(fault(svg)).toBeNull();
  expect(svg).toContain('abc &lt;&amp;&quot;&gt; 😀 · Rewarm 0</text>');
  expect(svg).toMatch(/>https:\/\/example\.org\/\?a=1&amp;b#\/fig\/4<\/text>\n<\/svg>/);
});

test('inside a page colours follow its variables, and stay what they are without them', () => {
  const { parts, svg } = drawn('4', [1]);
  const live = figureSvg(
    shown('4', parts, () => []),
    { live: true },
  );
  expect(live).toContain('fill="var(--paper,#ffffff)"');
  expect(svg).not.toContain('var(');
});

test('the check of XML finds what is wrong', () => {
  for (const bad of ['<a>', '<a></b>', '<a x=1/>', '<a x="1" x="2"/>', '<a>a & b</a>', '<a x="<"/>']) {
    expect(fault(bad), bad).not.toBeNull();
  }
  expect(fault('<a x="1"><b/>c &amp; d</a>')).toBeNull();
});
