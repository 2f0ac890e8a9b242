// page.html: it says what was measured, runs nothing, lets no label out of its place, and opens again as the same results.

import { describe, expect, it } from 'vitest';
import { parseResults, ResultsError, savedResults } from '../../src/experiment/saved';
import { shownResults } from '../../src/experiment/shown';
import type { ExportedFiles } from '../../src/export/files';
import { pageHtml } from '../../src/export/page';
import { xmlFault } from '../drawing/xml';
import { figureResults, results } from './results';

/** The same with labels that would be markup. */
function hostile(): ExportedFiles {
  const labels = ['</script><script>alert(1)</script>', '<!-- "&amp;\'', '<b>\u2028'];
  const parts = results.parts.map((part) => {
    const arms = part.experiment.arms.map((arm, i) => ({ ...arm, label: labels[i] ?? '' }));
    return { ...part, title: '</title><i>', experiment: { ...part.experiment, arms } };
  });
  return { ...results, ...shownResults({ ...results, parts }) };
}

const empty: ExportedFiles = { ...results, ...shownResults({ ...results, records: new Map() }) };
const cases: [string, ExportedFiles][] = [
  ['one seed', figureResults('5', [1])],
  ['three seeds', figureResults('5', [1, 2, 3])],
  ['a failed run', results],
  ['labels that are markup', hostile()],
  ['nothing trained', empty],
];

/** What a reader sees: tags taken off. */
const words = (html: string) =>
  html
    .replace(/<script[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe.each(cases)('%s', (_, all) => {
  const html = pageHtml(all);

  it('opens again as the same results', () => {
    const { figure, parts, records } = parseResults(html);
    expect(savedResults('9.9.9', figure, parts, records)).toEqual(
      JSON.parse(JSON.stringify(savedResults('9.9.9', all.figure, all.parts, all.records))),
    );
    // A browser that saves it again may order attributes and quotes its own way.
    const again = html.replace('type="application/json" id="rewarm-results"', "id='rewarm-results' type='x'");
    expect(parseResults(`\ufeff\n${again}`).records.size).toBe(all.records.size);
  });

  it('runs nothing, fetches nothing and is closed tag by tag', () => {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<[^>]* (?:on\w+|src|style)=|@import|url\(|NaN|undefined|Infinity/);
    const body = html.slice(html.indexOf('<main>'), html.indexOf('</main>') + 7);
    expect(xmlFault(body.replaceAll('<br>', ''))).toBeNull();
  });
});

it('says question, verdicts in words, numbers here and in the paper, and what made it', () => {
  const said = words(pageHtml(figureResults('5', [1, 2, 3])));
  expect(said).toContain('How much old text');
  expect(said).toMatch(/[✓=✕?] (holds here|no difference found|reversed here|can't tell yet) : /);
  expect(said).toMatch(
    /25 % replay 3 \d\.\d{3} \d\.\d{3} \d\.\d{3} [+−]\d\.\d{3} (?:–|−?\d+ %) [+−]\d\.\d{3} 2\.330 1\.160 /,
  );
  expect(said).toContain('Trained by Rewarm 0.1.0 on SwiftShader driver 5.0.0 (engine webgpu)');
  // A third is a margin, too.
  expect(said).toContain('A difference counts from 33.3 % on.');
  expect(said).not.toContain('Open it in the lab');
});

it('says which runs stopped, and links to where it is alive only by what a browser opens as a page', () => {
  const html = pageHtml(results);
  expect(words(html)).toContain('own/replay/seed-2 stopped after step 7');
  expect(html).toContain('<a href="https://example.org/?a=&quot;&amp;b">Open it in the lab</a>');
  expect(pageHtml({ ...results, address: 'javascript:alert(1)' })).not.toContain('<a ');
});

it('a page without results in it is refused by name', () => {
  const stripped = pageHtml(results).replace(/<script[\s\S]*<\/script>/, '');
  expect(() => parseResults(stripped)).toThrow(ResultsError);
  expect(() => parseResults(stripped)).toThrow(/^is a page without results in it\. Some platforms take them out: /);
  expect(() => parseResults('<script id="rewarm-results">{"v": 2</script>')).toThrow(/^is not valid JSON: /);
});
