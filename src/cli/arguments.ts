// Reads the command line into one of the commands, or says in one sentence what is wrong with it.

import { parseArgs } from 'node:util';
import { type FigureId, figureIds } from '../experiment/figures/figure';
import type { ScaleName } from '../experiment/spec';
import { type FamilyName, familyNames, usualFamilies } from './isa/families';

/** Bad input from the user; `message` is what is shown, the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type EngineChoice = 'auto' | 'webgpu' | 'reference';
/** Where on an arm's path: before the first step, after its first stage, after its last. */
export type CheckpointPlace = 'init' | 'base' | 'final';

export interface RunCommand {
  readonly verb: 'run';
  /** A preset's name or a path. */
  readonly experiment: string;
  readonly scale: ScaleName | null;
  readonly seeds: readonly number[] | null;
  readonly steps: number | null;
  readonly out: string | null;
  readonly engine: EngineChoice;
}

export interface FigureCommand {
  readonly verb: 'figure';
  readonly figure: FigureId;
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  /** Share of the scale's steps. */
  readonly budget: number;
  /** Parts to train, by key; null for all that the figure has. */
  readonly parts: readonly string[] | null;
  /** Arms to train, by id; null for all. */
  readonly arms: readonly string[] | null;
  readonly out: string | null;
  readonly checkpoints: string;
  readonly engine: EngineChoice;
}

/** Which weights of a folder that `run` wrote. */
export interface CheckpointChoice {
  readonly folder: string;
  readonly arm: string;
  readonly seed: number;
  readonly at: CheckpointPlace;
}

export interface ExportCommand extends CheckpointChoice {
  readonly verb: 'export';
  readonly to: string;
  readonly audit: boolean;
}

export interface SampleCommand extends CheckpointChoice {
  readonly verb: 'sample';
  readonly prompt: string;
  /** Bytes to write after the prompt. */
  readonly length: number;
  readonly temperature: number;
  readonly sampleSeed: number;
  readonly engine: EngineChoice;
}

export interface BenchCommand {
  readonly verb: 'bench';
  readonly scales: readonly ScaleName[];
  /** Runs in lockstep. */
  readonly runs: readonly number[];
  /** Graphics cards to compile for, instead of timing; null to time. */
  readonly isa: readonly FamilyName[] | null;
  readonly json: boolean;
}

export type Command =
  | { readonly verb: 'help' }
  | RunCommand
  | FigureCommand
  | ExportCommand
  | SampleCommand
  | BenchCommand;

const verbs = ['run', 'figure', 'export', 'sample', 'bench'] as const;
const scaleNames = ['XS', 'S', 'M', 'L'] as const;
const engineChoices = ['auto', 'webgpu', 'reference'] as const;
const places = ['init', 'base', 'final'] as const;

const flagsOf = {
  run: ['scale', 'seeds', 'steps', 'out', 'engine'],
  figure: ['scale', 'shift', 'seeds', 'budget', 'arms', 'out', 'checkpoints', 'engine'],
  export: ['arm', 'seed', 'at', 'to', 'audit'],
  sample: ['arm', 'seed', 'at', 'prompt', 'length', 'temperature', 'sample-seed', 'engine'],
  bench: ['scale', 'runs', 'isa', 'families', 'json'],
} as const;

/** Flags that take no value. */
const switches: readonly string[] = ['audit', 'help', 'isa', 'json'];

export function parseCommand(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined || first === 'help' || args.includes('--help') || args.includes('-h'))
    return { verb: 'help' };
  const verb = oneOf('command', first, verbs);
  const { positionals, flags } = readFlags(verb, rest);
  switch (verb) {
    case 'run':
      return runCommand(single(positionals, 'run needs one experiment: weak, strong, none or a .json file.'), flags);
    case 'figure':
      return figureCommand(single(positionals, `figure needs one figure: ${listed(figureIds)}.`), flags);
    case 'export':
      return { verb, ...choice(verb, positionals, flags), to: required(verb, flags, 'to'), audit: flags.has('audit') };
    case 'sample':
      return {
        verb,
        ...choice(verb, positionals, flags),
        prompt: flags.get('prompt') ?? '\n',
        length: wholeNumber('--length', flags.get('length') ?? '300', 1, 100_000),
        temperature: temperature(flags.get('temperature') ?? '0.8'),
        sampleSeed: wholeNumber('--sample-seed', flags.get('sample-seed') ?? '1', 0, maxSeed),
        engine: oneOf('--engine', flags.get('engine') ?? 'auto', engineChoices),
      };
    case 'bench':
      return benchCommand(positionals, flags);
  }
}

/** Seeds are keys of a 32-bit counter-based generator. */
const maxSeed = 2 ** 32 - 1;

function runCommand(experiment: string, flags: ReadonlyMap<string, string>): RunCommand {
  const scale = flags.get('scale');
  const seeds = flags.get('seeds');
  const steps = flags.get('steps');
  return {
    verb: 'run',
    experiment,
    scale: scale === undefined ? null : oneOf('--scale', scale, scaleNames),
    seeds: seeds === undefined ? null : numberList('--seeds', seeds, 0, maxSeed),
    steps: steps === undefined ? null : wholeNumber('--steps', steps, 1, 10_000_000),
    out: flags.get('out') ?? null,
    engine: oneOf('--engine', flags.get('engine') ?? 'auto', engineChoices),
  };
}

function figureCommand(figure: string, flags: ReadonlyMap<string, string>): FigureCommand {
  const names = (flag: string) => {
    const text = flags.get(flag);
    return text === undefined ? null : text.split(',').map((name) => name.trim());
  };
  return {
    verb: 'figure',
    figure: oneOf('figure', figure, figureIds),
    scale: oneOf('--scale', flags.get('scale') ?? 'XS', scaleNames),
    seeds: numberList('--seeds', flags.get('seeds') ?? '1', 0, maxSeed),
    budget: share('--budget', flags.get('budget') ?? '1'),
    parts: names('shift'),
    arms: names('arms'),
    out: flags.get('out') ?? null,
    checkpoints: flags.get('checkpoints') ?? 'runs/checkpoints',
    engine: oneOf('--engine', flags.get('engine') ?? 'auto', engineChoices),
  };
}

function benchCommand(positionals: readonly string[], flags: ReadonlyMap<string, string>): BenchCommand {
  const [extra] = positionals;
  if (extra !== undefined) throw new UsageError(`bench takes options only; "${extra}" is one too many.`);
  const isa = flags.has('isa');
  if (isa && flags.has('runs')) throw new UsageError('--isa runs nothing, so it takes no --runs.');
  if (!isa && flags.has('families')) throw new UsageError('--families is for --isa, which compiles for them.');
  const scales = flags.get('scale') ?? (isa ? 'S' : 'XS,S');
  const families = flags.get('families') ?? usualFamilies.join();
  return {
    verb: 'bench',
    scales: scales.split(',').map((name) => oneOf('--scale', name.trim(), scaleNames)),
    runs: numberList('--runs', flags.get('runs') ?? '1,4,8', 1, 64),
    isa: isa ? families.split(',').map((name) => oneOf('--families', name.trim(), familyNames)) : null,
    json: flags.has('json'),
  };
}

function choice(
  verb: 'export' | 'sample',
  positionals: readonly string[],
  flags: ReadonlyMap<string, string>,
): CheckpointChoice {
  return {
    folder: single(positionals, `${verb} needs one folder that "run" wrote.`),
    arm: required(verb, flags, 'arm'),
    seed: wholeNumber('--seed', required(verb, flags, 'seed'), 0, maxSeed),
    at: oneOf('--at', flags.get('at') ?? 'final', places),
  };
}

interface Flags {
  readonly positionals: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

function readFlags(verb: keyof typeof flagsOf, args: readonly string[]): Flags {
  const allowed: readonly string[] = flagsOf[verb];
  const options = Object.fromEntries(
    allowed.map((name) => [name, { type: switches.includes(name) ? ('boolean' as const) : ('string' as const) }]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const positionals: string[] = [];
  const flags = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = token.rawName;
    if (!allowed.includes(token.name)) {
      throw new UsageError(`${verb} knows no ${flag}. It knows ${allowed.map((name) => `--${name}`).join(', ')}.`);
    }
    if (flags.has(token.name)) throw new UsageError(`${flag} was given twice.`);
    const value = token.value;
    if (switches.includes(token.name)) {
      if (value !== undefined) throw new UsageError(`${flag} takes no value.`);
    } else if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      throw new UsageError(`${flag} needs a value.`);
    }
    flags.set(token.name, value ?? '');
  }
  return { positionals, flags };
}

function single(positionals: readonly string[], otherwise: string): string {
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError(otherwise);
  if (second !== undefined) throw new UsageError(`${otherwise} "${second}" is one too many.`);
  return first;
}

function required(verb: string, flags: ReadonlyMap<string, string>, name: string): string {
  const value = flags.get(name);
  if (value === undefined) throw new UsageError(`${verb} needs --${name}.`);
  return value;
}

function oneOf<T extends string>(what: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined) throw new UsageError(`Unknown ${what} "${value}". Choose ${listed(allowed)}.`);
  return found;
}

/** `a, b or c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${flag} must be a whole number from ${least} to ${most}, not "${text}".`);
}

function numberList(flag: string, text: string, least: number, most: number): number[] {
  const numbers = text.split(',').map((part) => wholeNumber(flag, part.trim(), least, most));
  const repeated = numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (repeated !== undefined) throw new UsageError(`${flag} names ${repeated} twice.`);
  return numbers;
}

/** Above 0, at most 1. */
function share(flag: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value > 0 && value <= 1) return value;
  throw new UsageError(`${flag} must be a number above 0, at most 1, not "${text}".`);
}

function temperature(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= 0 && value <= 10) return value;
  throw new UsageError(`--temperature must be a number from 0 to 10, not "${text}".`);
}
