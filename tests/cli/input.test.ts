// Wrong input: one clear sentence with what is allowed, exit code 2, and nothing written.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/arguments';
import { jsonFile, lab, temporaryFolder, tiny } from './lab';

describe('help', () => {
  it.each([[[]], [['--help']], [['run', '--help']], [['run', 'weak', '-h']], [['help']]])('%j', async (args) => {
    const { code, stdout, stderr } = await lab(args);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
    for (const word of [
      'run',
      'export',
      'sample',
      'bench',
      'weak',
      'strong',
      'none',
      'results.json',
      'model.safetensors',
    ]) {
      expect(stdout).toContain(word);
    }
    for (const flag of [
      'scale',
      'seeds',
      'steps',
      'out',
      'engine',
      'arm',
      'seed',
      'at',
      'to',
      'audit',
      'prompt',
      'runs',
      'json',
    ]) {
      expect(stdout).toContain(`--${flag}`);
    }
  });
});

describe('the command line', () => {
  it.each<[string[], string]>([
    [['rum'], 'Unknown command "rum". Choose run, figure, export, sample or bench.'],
    [['--seeds', '1'], 'Unknown command "--seeds". Choose run, figure, export, sample or bench.'],
    [['run'], 'run needs one experiment: weak, strong, none or a .json file.'],
    [['run', 'weak', 'strong'], '"strong" is one too many.'],
    [['run', 'weaker'], 'There is no preset and no file "weaker". Choose weak, strong or none, or a .json file.'],
    [['run', 'weak', '--scael', 'S'], 'run knows no --scael. It knows --scale, --seeds, --steps, --out, --engine.'],
    [['run', 'weak', '-x'], 'run knows no -x.'],
    [['run', 'weak', '--scale', 'XXL'], 'Unknown --scale "XXL". Choose XS, S, M or L.'],
    [['run', 'weak', '--scale', 'toString'], 'Unknown --scale "toString".'],
    [['run', 'toString'], 'There is no preset and no file "toString".'],
    [['run', 'weak', '--engine', 'cuda'], 'Unknown --engine "cuda". Choose auto, webgpu or reference.'],
    [['run', 'weak', '--seeds', '1,x'], '--seeds must be a whole number from 0 to 4294967295, not "x".'],
    [['run', 'weak', '--seeds', '1,'], 'not "".'],
    [['run', 'weak', '--seeds', '4294967296'], 'not "4294967296".'],
    [['run', 'weak', '--seeds', '2,1,2'], '--seeds names 2 twice.'],
    [['run', 'weak', '--steps', '0'], '--steps must be a whole number from 1 to'],
    [['run', 'weak', '--steps', '1e3'], 'not "1e3".'],
    [['run', 'weak', '--steps'], '--steps needs a value.'],
    [['run', 'weak', '--out', '--steps', '3'], '--out needs a value.'],
    [['run', 'weak', '--out='], '--out needs a value.'],
    [['run', 'weak', '--scale', 'S', '--scale', 'S'], '--scale was given twice.'],
    [['bench', 'XS'], 'bench takes options only; "XS" is one too many.'],
    [['bench', '--scale', 'XS,Q'], 'Unknown --scale "Q". Choose XS, S, M or L.'],
    [['bench', '--runs', '1,0'], '--runs must be a whole number from 1 to 64, not "0".'],
    [['bench', '--runs', '4,4'], '--runs names 4 twice.'],
    [['export'], 'export needs one folder that "run" wrote.'],
    [['export', 'runs/x'], 'export needs --arm.'],
    [['export', 'runs/x', '--arm', 'a'], 'export needs --seed.'],
    [['export', 'runs/x', '--arm', 'a', '--seed', '1'], 'export needs --to.'],
    [['export', 'runs/x', '--arm', 'a', '--seed', '1', '--to', 'y', '--at', 'end'], 'Choose init, base or final.'],
    [['export', 'runs/x', '--arm', 'a', '--seed', '1', '--to', 'y', '--audit=no'], '--audit takes no value.'],
    [
      ['export', 'nowhere', '--arm', 'a', '--seed', '1', '--to', 'y'],
      'does not exist. Give the folder that "run" wrote.',
    ],
    [
      ['sample', 'x', '--arm', 'a', '--seed', '1', '--temperature', 'hot'],
      '--temperature must be a number from 0 to 10',
    ],
  ])('%j', async (args, sentence) => {
    const { code, stdout, stderr } = await lab(args);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('npm run lab -- --help');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('reads what is right', () => {
    expect(parseCommand(['run', 'strong', '--seeds', '1,2', '--scale=S', '--steps', '5', '--out', 'there'])).toEqual({
      verb: 'run',
      experiment: 'strong',
      scale: 'S',
      seeds: [1, 2],
      steps: 5,
      out: 'there',
      engine: 'auto',
    });
    expect(parseCommand(['export', '--audit', 'dir', '--arm', 'a', '--seed', '0', '--to', 'b'])).toEqual({
      verb: 'export',
      folder: 'dir',
      arm: 'a',
      seed: 0,
      at: 'final',
      to: 'b',
      audit: true,
    });
  });
});

describe('an experiment file', () => {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  const run = (path: string, ...more: string[]) => lab(['run', path, '--engine', 'reference', '--out', out, ...more]);
  const wrong = { ...tiny, batch: 0, colour: 'red', evaluation: { ...tiny.evaluation, points: -1 } };

  it.each<[string, unknown, RegExp]>([
    ['not JSON', '{"v": 1,', /experiment\.json is not valid JSON/],
    ['empty', '', /is not valid JSON/],
    ['a list', [], /does not hold an experiment/],
    [
      'nested problem',
      { ...tiny, arms: [{ ...tiny.arms[0], stages: [{}] }] },
      /arms\[0\]\.stages\[0\]\.name is missing/,
    ],
    ['too large', `"${'x'.repeat(1_000_001)}"`, /too large to be an experiment/],
    [
      'measured on unknown text',
      { ...tiny, evaluation: { ...tiny.evaluation, d1: 'klingon' } },
      /evaluation\.d1.*klingon/,
    ],
  ])('%s', async (_, content, message) => {
    const { code, stderr } = await run(jsonFile(folder, 'experiment.json', content));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n +at /);
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  it('names every problem at once', async () => {
    const { stderr } = await run(jsonFile(folder, 'experiment.json', wrong));
    for (const path of ['batch', 'colour', 'evaluation.points']) expect(stderr).toContain(`\n  ${path} `);
  });

  it('states its own model', async () => {
    const { code, stderr } = await run(jsonFile(folder, 'experiment.json', tiny), '--scale', 'S');
    expect(stderr).toContain('--scale is for presets');
    expect(code).toBe(2);
  });

  it('is no folder', async () => {
    const { code, stderr } = await run(folder);
    expect(stderr).toContain(`Could not read ${folder}: it is a folder.`);
    expect(code).toBe(1);
  });
});
