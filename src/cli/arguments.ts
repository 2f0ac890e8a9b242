// Reads the command line into one of the commands, or says in one sentence what is wrong with it. Every flag is stated
// once, here; the help is made from that.

import { Argument, Command as Commander, CommanderError, Option } from '@commander-js/extra-typings';
import { version } from '../../package.json';
import { figureIds } from '../experiment/figures';
import { scaleNames } from '../experiment/scales';
import { limits } from '../experiment/schema';
import { shapeNames } from '../neox/shapes';
import { type Command, engineChoices } from './commands';
import { notes } from './help';
import { familyNames, usualFamilies } from './isa/families';
import { list, number, oneOf, whole } from './values';

/** Bad input from the user; `message` is what is shown, the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Found = (command: Command) => void;

/** @param columns width of the help */
export function parseCommand(args: readonly string[], columns = 80): Command {
  let text = '';
  let command: Command | null = null;
  const writeOut = (more: string) => {
    text += more;
  };
  const program = new Commander('npm run lab --')
    .description(notes.program)
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut, writeErr() {}, getOutHelpWidth: () => columns })
    .configureHelp({ subcommandTerm: (verb) => verb.name() })
    .addHelpText('after', notes.end);
  const found: Found = (value) => {
    command = value;
  };
  for (const verb of addVerbs(program, found)) refuseMore(verb, args);
  try {
    program.parse(args.length > 0 ? args : ['--help'], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0)
      throw new UsageError(error.message.replace('error: ', 'Wrong input: ').replace('\n', ' '));
  }
  return command ?? { verb: 'print', text };
}

const verbs = {
  run: runFlags,
  figure: figureFlags,
  show: showFlags,
  link: linkFlags,
  neox: neoxFlags,
  export: exportFlags,
  sample: sampleFlags,
  bench: benchFlags,
};

function addVerbs(program: Commander, found: Found): Commander[] {
  return Object.entries(verbs).map(([name, addFlags]) => {
    const verb = program.command(name);
    addFlags(verb, found);
    return verb;
  });
}

/** Names of the options of all commands, without the dashes. */
export function commandOptions(): string[] {
  const all = addVerbs(new Commander(), () => {}).flatMap(({ options }) => options.map((option) => option.name()));
  return [...new Set(all)];
}

export const isVerb = (name: string) => Object.hasOwn(verbs, name);

/** Seeds are keys of a 32-bit counter-based generator. */
const seed = whole(0, 2 ** 32 - 1);

const engineOption = new Option('--engine <name>', notes.engine).choices(engineChoices).default('auto');
const armOption = new Option('--arm <id>', 'which arm, as in the table of results; required').makeOptionMandatory();
const seedOption = new Option('--seed <n>', 'which seed; required').argParser(seed).makeOptionMandatory();
const placeOption = new Option('--at <place>', "before the first step, after the arm's first stage, or after its last")
  .choices(['init', 'base', 'final'])
  .default('final');

const sizeOption = new Option('--scale <name>', "size of a preset's model; XS when left out").choices(scaleNames);
const repeatOption = new Option('--seeds <list>', "for example 1,2,3; 1 or the file's own when left out").argParser(
  list(seed),
);
const stepsOption = new Option(
  '--steps <n>',
  "training steps of each stage; the file's or the size's own when left out",
).argParser(whole(1, limits.steps));

function runFlags(verb: Commander, found: Found): void {
  verb
    .description('Trains every arm of an experiment with every seed')
    .argument('<weak|strong|none|file|link>', notes.experiment)
    .addOption(sizeOption)
    .addOption(repeatOption)
    .addOption(stepsOption)
    .option('--weights <file>', notes.weights)
    .option('--out <dir>', 'folder to write to; runs/weak-XS and the like when left out')
    .addOption(engineOption)
    .addHelpText('after', notes.run)
    .action((experiment, { scale = null, seeds = null, steps = null, weights = null, out = null, engine }) =>
      found({ verb: 'run', experiment, scale, seeds, steps, weights, out, engine }),
    );
}

function figureFlags(verb: Commander, found: Found): void {
  verb
    .description("Trains what a figure of the papers needs, and says which of the papers' claims hold here")
    .addArgument(new Argument(`<${figureIds.join('|')}>`, 'which figure').choices(figureIds))
    .option('--shift <list>', 'parts to train: weak,strong when left out (Figure 7: small,large)', list(String))
    .addOption(new Option('--scale <name>', 'size of the model').choices(scaleNames).default('XS'))
    .option('--seeds <list>', 'for example 1,2,3, where three or more decide', list(seed), [1])
    .option('--budget <x>', "share of the scale's steps, up to 1", number(0.000001, 1), 1)
    .option('--arms <list>', 'only these arms, by the names in the table', list(String))
    .option('--out <dir>', 'folder to write to; runs/figure-<number>-<scale> when left out')
    .option('--checkpoints <dir>', 'finished stages of all figures, found again by content', 'runs/checkpoints')
    .addOption(engineOption)
    .addHelpText('after', notes.figure)
    .action((figure, { shift: parts = null, arms = null, out = null, ...options }) =>
      found({ verb: 'figure', figure, parts, arms, out, ...options }),
    );
}

function showFlags(verb: Commander, found: Found): void {
  verb
    .description('Prints the table, and for a figure the verdicts, of results that were saved; trains nothing')
    .argument(
      '<dir|file|link>',
      'folder that run or figure wrote, or its results.json; also what Export on the page wrote, or a link in quotes',
    )
    .option(
      '--to <dir>',
      'also write the table, the charts and every value there, as CSV, JSONL, SVG, LaTeX and one page',
    )
    .action((place, { to = null }) => found({ verb: 'show', place, to }));
}

/** The address before `#`. */
function siteOf(text: string): string {
  if (/^(?:https?|file):\/\/\S/i.test(text)) return text.replace(/#.*$/, '');
  throw new UsageError(`--site ${text} is no address of a page. Begin it with https:// or http://.`);
}

function linkFlags(verb: Commander, found: Found): void {
  verb
    .description('Prints an address that holds results or an experiment, for any copy of the page; nothing is uploaded')
    .argument('<dir|file|weak|strong|none|link>', notes.anyPlace)
    .addOption(sizeOption)
    .addOption(repeatOption)
    .addOption(stepsOption)
    .option('--site <address>', 'of a copy of the page; that of npm start when left out', 'http://localhost:4173/')
    .action((place, { site, scale = null, seeds = null, steps = null }) =>
      found({ verb: 'link', place, site: siteOf(site), scale, seeds, steps }),
    );
}

function neoxFlags(verb: Commander, found: Found): void {
  verb
    .description('Writes an experiment as a run of GPT-NeoX, the engine of the paper, for a cluster; trains nothing')
    .argument('<weak|strong|none|file|dir|link>', notes.anyPlace)
    .requiredOption('--to <dir>', 'folder to write to; required')
    .addOption(new Option('--shape <name>', notes.shape).choices(shapeNames).default('as-is'))
    .addHelpText('after', notes.neox)
    .action((place, { to, shape }) => found({ verb: 'neox', place, to, shape }));
}

function exportFlags(verb: Commander, found: Found): void {
  verb
    .description('Writes results, or with --arm and --seed one checkpoint, for other programs')
    .argument(
      '<dir|file|link>',
      'what show takes; for a checkpoint the folder that run wrote, or a file of results in it',
    )
    .option('--arm <id>', 'of which arm the weights, as in the table of results')
    .option('--seed <n>', 'of which seed the weights', seed)
    .addOption(placeOption)
    .requiredOption('--to <dir>', 'folder to write to; required')
    .option('--audit', 'also what is needed to repeat the training with another program')
    .addHelpText('after', notes.export)
    .action((folder, { arm = null, seed: chosen = null, at, to, audit = false }) => {
      if (arm !== null && chosen !== null) return found({ verb: 'export', folder, arm, seed: chosen, at, to, audit });
      if (arm !== null || chosen !== null || audit || at !== 'final')
        throw new UsageError('A checkpoint needs both --arm and --seed.');
      return found({ verb: 'export-results', place: folder, to });
    });
}

function sampleFlags(verb: Commander, found: Found): void {
  verb
    .description('Continues a text with one checkpoint of a folder')
    .argument('<dir>', 'folder that run wrote, or a file of results in it')
    .addOption(armOption)
    .addOption(seedOption)
    .addOption(placeOption)
    .addOption(new Option('--prompt <text>', 'text to continue').default('\n', 'a line break'))
    .option('--length <n>', 'bytes to write after it', whole(1, 100_000), 300)
    .option('--temperature <x>', '0 takes the likeliest byte each time', number(0, 10), 0.8)
    .option('--sample-seed <n>', 'another number, another text', seed, 1)
    .addOption(engineOption)
    .action((folder, options) => found({ verb: 'sample', folder, ...options }));
}

function benchFlags(verb: Commander, found: Found): void {
  verb
    .description('Times a training step on this machine, whole and kernel by kernel; the page has it at #/bench')
    .option('--scale <list>', 'sizes; XS,S when left out; M takes minutes on a processor', list(oneOf(scaleNames)))
    .option('--runs <list>', 'runs in lockstep', list(whole(1, 64)), [1, 4, 8])
    .option('--json', 'the same numbers as JSON on stdout')
    .addOption(new Option('--isa', notes.isa).conflicts('runs'))
    .addOption(
      new Option('--families <list>', `cards, of ${familyNames.join()}; all but vega10 when left out`)
        .argParser(list(oneOf(familyNames)))
        .implies({ isa: true }),
    )
    .addHelpText('after', notes.bench)
    .action(({ isa, scale: scales = isa ? ['S'] : ['XS', 'S'], runs, families = usualFamilies, json = false }) =>
      found({ verb: 'bench', scales, runs, isa: isa ? families : null, json }),
    );
}

/** Refuses what commander lets pass: a flag given twice, an empty value, and a flag where a value belongs. */
function refuseMore(verb: Commander, args: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of verb.options.map((option) => option.name())) {
    verb.on(`option:${name}`, (value?: string) => {
      if (seen.has(name)) throw new UsageError(`--${name} was given twice.`);
      seen.add(name);
      if (value === '') throw new UsageError(`--${name} needs a value.`);
      const inline = `--${name}=${value}`;
      if (value?.startsWith('--') && !args.includes(inline))
        throw new UsageError(`--${name} needs a value. If "${value}" is meant, write ${inline}.`);
    });
  }
}

/** `a, b or c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
