// Wrong input: one clear sentence with what is allowed, exit code 2, and nothing written.

import { existsSync, promises, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseCommand } from '../../src/cli/arguments';
import type { RunCommand } from '../../src/cli/commands';
import { chosenExperiment } from '../../src/cli/experiments';
import { jsonFile, lab, temporaryFolder, tiny } from './lab';

describe('help', () => {
  const verbs = ['run', 'figure', 'neox', 'export', 'sample', 'bench'];

  it.each([[[]], [['--help']], [['-h']], [['help']]])('%j', async (args) => {
    const { code, stdout, stderr } = await lab(args);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const word of [...verbs, 'npm run lab -- run --help', 'Examples:', 'Exit codes:', '130', 'stderr']) {
      expect(stdout).toContain(word);
    }
  });

  it.each([
    ['run', 'scale seeds steps weights out engine', 'weak|strong|none|file|link results.json checkpoints/'],
    ['figure', 'shift scale seeds budget arms out checkpoints engine', '<3|4|5|6|7|8|9|10|gupta-5> verdicts.json'],
    ['link', 'scale seeds steps site', '<dir|file|weak|strong|none|link>'],
    ['neox', 'to shape', '<weak|strong|none|file|dir|link> as-is 405m 10b run.sh'],
    ['export', 'arm seed at to audit', '<dir> init base final model.safetensors batches.bin'],
    ['sample', 'arm seed at prompt length temperature sample-seed engine', '<dir> 0.8'],
    ['bench', 'scale runs json isa families', 'navi21 1,4,8'],
  ])('%s', async (verb, flags, words) => {
    const { code, stdout, stderr } = await lab([verb, '--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect([...stdout.matchAll(/^ +--([a-z-]+)/gm)].map((match) => match[1]).join(' ')).toBe(flags);
    for (const word of [`npm run lab -- ${verb} [options]`, ...words.split(' ')]) expect(stdout).toContain(word);
    for (const same of [
      ['help', verb],
      [verb, 'weak', '-h'],
    ]) {
      expect((await lab(same)).stdout).toBe(stdout);
    }
  });

  it.each([80, 120])('fits into %d columns', (columns) => {
    for (const args of [[], ...verbs.map((verb) => [verb, '--help'])]) {
      const command = parseCommand(args, columns);
      const lines = command.verb === 'print' ? command.text.split('\n') : [];
      expect(lines.length).toBeGreaterThan(10);
      expect(lines.filter((line) => line.length > columns)).toEqual([]);
    }
  });

  it('is no excuse to print while parsing', () => {
    const write = vi.spyOn(process.stdout, 'write');
    parseCommand(['run', '--help']);
    expect(() => parseCommand(['rum'])).toThrow('Wrong input: unknown command');
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });
});

it.each(['--version', '-V'])('%s says the version', async (flag) => {
  const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(await lab([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('the command line', () => {
  const scaleError = "option '--scale <name>' argument 'XXL' is invalid. Allowed choices are XS, S, M, L.";
  const whole = (most: number, least = 0) => `Give a whole number from ${least} to ${most}.`;
  const chosen = ['--arm', 'a', '--seed', '1'];

  it.each<[string[], string]>([
    [['rum'], "unknown command 'rum' (Did you mean run?)"],
    [['--seeds', '1'], "unknown option '--seeds'"],
    [['run'], "missing required argument 'weak|strong|none|file|link'"],
    [['run', 'weak', 'strong'], "too many arguments for 'run'. Expected 1 argument but got 2."],
    [
      ['run', 'weaker'],
      'There is no preset and no file "weaker". Choose weak, strong or none, a .json file, or a link in quotes.',
    ],
    [['run', 'weak', '--scael', 'S'], "unknown option '--scael' (Did you mean --scale?)"],
    [['run', 'weak', '-x'], "unknown option '-x'"],
    [['run', 'weak', '--scale', 'XXL'], scaleError],
    [['run', 'weak', '--scale', 'toString'], "'toString' is invalid."],
    [['run', 'toString'], 'There is no preset and no file "toString".'],
    [['run', 'weak', '--engine', 'cuda'], "'cuda' is invalid. Allowed choices are auto, webgpu, cpu, reference."],
    [['run', 'weak', '--seeds', '1,x'], `option '--seeds <list>' argument '1,x' is invalid. ${whole(4294967295)}`],
    [['run', 'weak', '--seeds', '1,'], "'1,' is invalid."],
    [['run', 'weak', '--seeds', '4294967296'], whole(4294967295)],
    [['run', 'weak', '--seeds', '2,1,2'], "'2,1,2' is invalid. It names 2 twice."],
    [['run', 'weak', '--steps', '0'], `option '--steps <n>' argument '0' is invalid. ${whole(1_000_000, 1)}`],
    [['run', 'weak', '--steps', '1e3'], "'1e3' is invalid."],
    [['run', 'weak', '--steps'], "option '--steps <n>' argument missing"],
    [['run', 'weak', '--steps', '--out', 'x'], "'--out' is invalid."],
    [['run', 'weak', '--out', '--steps', '3'], '--out needs a value. If "--steps" is meant, write --out=--steps.'],
    [['run', 'weak', '--out='], '--out needs a value.'],
    [['run', 'weak', '--scale', 'S', '--scale', 'S'], '--scale was given twice.'],
    [['figure'], "missing required argument '3|4|5|6|7|8|9|10|gupta-5'"],
    [
      ['figure', '11'],
      "'11' is invalid for argument '3|4|5|6|7|8|9|10|gupta-5'. Allowed choices are 3, 4, 5, 6, 7, 8, 9, 10, gupta-5.",
    ],
    [['figure', '5', '--budget', '0'], 'Give a number from 0.000001 to 1.'],
    [['figure', '5', '--budget', ' '], 'Give a number from 0.000001 to 1.'],
    [['figure', '5', '--shift', 'klingon'], 'has no part "klingon". Choose '],
    [['bench', 'XS'], "too many arguments for 'bench'. Expected 0 arguments but got 1."],
    [['bench', '--scale', 'XS,Q'], "'XS,Q' is invalid. Allowed choices are XS, S, M, L."],
    [['bench', '--runs', '1,0'], whole(64, 1)],
    [['bench', '--runs', '4,4'], 'It names 4 twice.'],
    [['bench', '--json', '--json'], '--json was given twice.'],
    [['export', ...chosen, '--to', 'y'], "missing required argument 'dir|file|link'"],
    [['export', 'runs/x'], "required option '--to <dir>' not specified"],
    [['export', 'runs/x', '--to', 'y', '--arm', 'a'], 'A checkpoint needs both --arm and --seed.'],
    [['export', 'runs/x', '--to', 'y', '--seed', '1'], 'A checkpoint needs both --arm and --seed.'],
    [['export', 'runs/x', '--to', 'y', '--audit'], 'A checkpoint needs both --arm and --seed.'],
    [['export', 'runs/x', ...chosen], "required option '--to <dir>' not specified"],
    [['export', 'runs/x', ...chosen, '--to', 'y', '--at', 'end'], 'Allowed choices are init, base, final.'],
    [['export', 'runs/x', ...chosen, '--to', 'y', '--audit=no'], "unknown option '--audit=no'"],
    [['export', 'nowhere', ...chosen, '--to', 'y'], 'does not exist. Give the folder that "run" wrote.'],
    [['sample', 'x', ...chosen, '--temperature', 'hot'], "'hot' is invalid. Give a number from 0 to 10."],
  ])('%j', async (args, sentence) => {
    const { code, stdout, stderr } = await lab(args);
    expect(stderr).toContain(sentence);
    const verb = /^(run|figure|export|sample|bench)$/.test(args[0] ?? '') ? `${args[0]} ` : '';
    expect(stderr).toContain(`\nType "npm run lab -- ${verb}--help" for help.\n`);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('takes what looks like a flag as a value where an equals sign says so', () => {
    expect(parseCommand(['sample', 'x', ...chosen, '--prompt=--so'])).toMatchObject({ prompt: '--so' });
    expect(() => parseCommand(['sample', 'x', ...chosen, '--prompt', '--so'])).toThrow('--prompt needs a value.');
  });

  it('reads what is right', () => {
    expect(parseCommand(['run', 'strong', '--seeds', '1,2', '--scale=S', '--steps', '5', '--out', 'there'])).toEqual({
      verb: 'run',
      experiment: 'strong',
      scale: 'S',
      seeds: [1, 2],
      steps: 5,
      weights: null,
      out: 'there',
      engine: 'auto',
    });
    expect(parseCommand(['figure', 'gupta-5', '--shift', 'weak', '--arms', 'a, b'])).toEqual({
      verb: 'figure',
      figure: 'gupta-5',
      scale: 'XS',
      seeds: [1],
      budget: 1,
      parts: ['weak'],
      arms: ['a', 'b'],
      out: null,
      checkpoints: 'runs/checkpoints',
      engine: 'auto',
    });
    expect(parseCommand(['sample', 'dir', ...chosen])).toEqual({
      verb: 'sample',
      folder: 'dir',
      arm: 'a',
      seed: 1,
      at: 'final',
      prompt: '\n',
      length: 300,
      temperature: 0.8,
      sampleSeed: 1,
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

const withCorpus = (corpus: string) => ({ ...tiny.arms[0]?.stages[0], mixture: { corpus, replay: null } });
const runOf = (experiment: string): RunCommand => ({
  verb: 'run',
  experiment,
  scale: null,
  seeds: null,
  steps: null,
  weights: null,
  out: null,
  engine: 'reference',
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
    [
      'read from unknown text',
      { ...tiny, arms: [tiny.arms[0], { ...tiny.arms[1], stages: [withCorpus('klingon')] }] },
      /arms\[1\]\.stages\[0\]\.mixture\.corpus: There is no corpus called "klingon"\. Known: .*german/,
    ],
    [
      'a key twice',
      `${JSON.stringify(tiny).slice(0, -1)},\n "batch": 4}`,
      /is not valid JSON: Duplicate key 'batch' encountered in line 2, column 3\./,
    ],
    [
      'a name that clears the screen',
      { ...tiny, name: 'a\u001b[2Jb' },
      /\n {2}name must be a text of .* without control/,
    ],
    ['a key that clears the screen', { ...tiny, 'a\u001b[2Jb': 1 }, /\n {2}a\\x1b\[2Jb is not a known key/],
    ['a name that nobody sees', { ...tiny, name: '\u200b' }, /\n {2}name must be a text of .* that can be seen/],
    ['a name that turns what follows', { ...tiny, name: 'a\u202eb' }, /\n {2}name must be a text/],
    ['a tower', '['.repeat(200_000), /is nested far too deeply/],
    ['half a UTF-16 character', Buffer.from([0xff, 0xfe, 0x7b]), /experiment\.json is not UTF-16LE text\. Save it as/],
    ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), /is not UTF-8 text: it holds zero bytes, as UTF-16/],
    ['Latin-1', Buffer.from('"\u00e9"', 'latin1'), /is not UTF-8 text\. Save it as UTF-8\./],
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
    expect(code).toBe(2);
  });

  it.each<[string, Buffer]>([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${JSON.stringify(tiny)}`, 'utf8')],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${JSON.stringify(tiny)}`, 'utf16le')],
  ])('may be %s', async (_, bytes) => {
    const { experiment } = await chosenExperiment(runOf(jsonFile(folder, 'marked.json', bytes)));
    expect(experiment).toEqual(tiny);
  });

  it('shrinks and grows with --steps as a whole', async () => {
    const [arm] = tiny.arms;
    const [first, second] = arm?.stages ?? [];
    if (!arm || !first || !second) throw new Error('tiny has two stages');
    const stages = [
      { ...first, steps: 1000, scheduleSteps: 3000 },
      { ...second, steps: 500, mixture: { ...second.mixture, skip: 3000 } },
    ];
    const file = jsonFile(folder, 'long.json', { ...tiny, arms: [{ ...arm, stages }] });
    for (const steps of [20, 5000]) {
      const { experiment } = await chosenExperiment({ ...runOf(file), steps });
      const [a, b] = experiment.arms[0]?.stages ?? [];
      expect([a?.steps, a?.scheduleSteps, b?.steps, b?.mixture.skip]).toEqual([steps, 3 * steps, steps, 3 * steps]);
    }
  });

  it('is told that a stage changes nothing', async () => {
    const { stderr } = await run(jsonFile(folder, 'short.json', tiny), '--steps', '1');
    expect(stderr).toContain(
      'Stage d0 of floor, replay changes nothing: its warmup begins at the rate 0, and its only step ends there.\n',
    );
    expect(stderr).not.toContain('Stage d1 of floor changes nothing');
  });
});

describe('packed text that is damaged', () => {
  const folder = temporaryFolder();

  it.each(['manifest.json', 'speeches.bin.gz'])('%s: says what to type', async (name) => {
    const read = promises.readFile;
    const cut = vi.spyOn(promises, 'readFile').mockImplementation(async (file, ...options) => {
      const whole = await read(file, ...options);
      return String(file).endsWith(name) ? whole.slice(0, 100) : whole;
    });
    const { code, stderr } = await lab(['run', jsonFile(folder, 'tiny.json', tiny), '--engine', 'reference']);
    cut.mockRestore();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^(manifest|speeches)\.\S+ is .*\. Delete the folder public\/corpora and type "npm run build"/m,
    );
  });
});
