// figure.tex, whatever the labels say: nobody's words are commands, numbers are those of the results; and the list of all files.

import { describe, expect, it } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { figureLines } from '../../src/experiment/figures/lines';
import { shownResults } from '../../src/experiment/shown';
import { type ExportedFiles, exportedFiles, exportNames, exportStem } from '../../src/export/files';
import { texText } from '../../src/export/pgfplots';
import type { ExportedResults } from '../../src/export/runs';
import { madeUpResults } from '../link/made_up';
import { results } from './results';

const exported = (made: ExportedResults): ExportedFiles => ({ ...made, ...shownResults(made), address: null });
const text = (name: keyof typeof exportedFiles, made: ExportedResults = results) =>
  exportedFiles[name].text(exported(made)) ?? '';
const five = (seeds: number[], done = 1) =>
  madeUpResults('5', figures['5'].parts({ scale: 'XS', seeds, budget: 0.1 }), { noise: 0.01, seed: 1, done });

describe('figure.tex', () => {
  it('has every mean of every curve', () => {
    const made = five([1, 2, 3]);
    const { of, parts, evidence } = shownResults(made);
    const tex = text('figure.tex', made);
    for (const part of parts) {
      for (const measure of of.measures) {
        for (const { points } of figureLines(of, part, measure, evidence)) {
          if (points.length > 0)
            expect(tex).toContain(points.map(({ tokens, mean }) => `${tokens} ${mean}`).join('\n'));
        }
      }
    }
    expect(tex.match(/\\begin\{tikzpicture\}/g)).toHaveLength(parts.length * of.measures.length);
  });

  it('closes every brace and environment, whatever labels say', () => {
    for (const made of [results, five([1]), five([1, 2], 0.3)]) {
      const tex = text('figure.tex', made)
        .replaceAll(/^%.*$/gm, '')
        .replaceAll(/\\[{}]/g, '');
      const count = (letter: string) => tex.split(letter).length;
      expect(count('{')).toBe(count('}'));
      const begun = [...tex.matchAll(/\\begin\{(\w+)\}/g)].map(([, name]) => name);
      expect(begun.sort()).toEqual([...tex.matchAll(/\\end\{(\w+)\}/g)].map(([, name]) => name).sort());
      expect(tex).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('writes letters that LaTeX reads as commands', () => {
    expect(texText('50 % & $x_1^2$ #1 \\input{/etc} ~"<|>"\n')).toBe(
      '50 \\% \\& \\$x\\_1\\textasciicircum{}2\\$ \\#1 \\textbackslash{}input\\{/etc\\} \\textasciitilde{}\\textquotedbl{}\\textless{}\\textbar{}\\textgreater{}\\textquotedbl{} ',
    );
  });

  it('draws a band where there are seeds, and none where there is one', () => {
    expect(text('figure.tex', five([1, 2, 3]))).toContain('fill between[of=low-0 and high-0]');
    expect(text('figure.tex', five([1]))).not.toContain('fill between');
  });
});

describe('every file', () => {
  const nothing = { ...results, records: new Map() };
  it.each(exportNames)('%s can be made of an experiment that nobody has trained', (name) => {
    expect(() => text(name, nothing)).not.toThrow();
    expect(() => text(name, { ...five([1]), records: new Map() })).not.toThrow();
  });

  it('of a figure alone has verdicts', () => {
    expect(exportedFiles['verdicts.json'].text(exported(results))).toBeNull();
    expect(JSON.parse(text('verdicts.json', five([1, 2]))).verdicts).toHaveLength(figures['5'].claims.length);
  });

  it('is named by what it shows', () => {
    expect(exportStem(five([1, 2, 3]))).toBe('rewarm-figure-5-XS-3-seeds');
    const gupta = figures['gupta-5'].parts({ scale: 'S', seeds: [4], budget: 0.1 });
    expect(exportStem({ figure: 'gupta-5', parts: gupta })).toBe('rewarm-gupta-5-S-1-seed');
    expect(exportStem({ figure: null, parts: results.parts })).toBe('rewarm-lab-custom-2-seeds');
  });
});
