// Options that were typed without the `--` before them, which npm takes for its own: it keeps them to itself, and the
// command would train something else than was asked for. npm says them to the process as environment variables.

import { commandOptions } from './arguments';
import { engineChoices } from './commands';

/** Options of npm itself, which people may have set for good. */
const npmOwn = ['audit', 'json'];
/** Ours that npm takes for the beginning of one of its own. */
const expanded: Readonly<Record<string, string>> = { to: 'token_description', engine: 'engine_strict' };

const engineNames: readonly string[] = engineChoices;

type Environment = Readonly<Record<string, string | undefined>>;

/** What npm says of an option; undefined where it was not given, or where it says nothing about us. */
function valueIn(env: Environment, script: string, name: string, args: readonly string[]): string | undefined {
  if (npmOwn.includes(name) && !(script === 'bench' && name === 'json')) return undefined;
  const value = env[`npm_config_${name.replaceAll('-', '_')}`] ?? env[`npm_config_${expanded[name] ?? ''}`];
  // The strict engines of npm are a setting that people have; its value is no name of ours, but then one stands alone.
  const stray = args.find((word) => engineNames.includes(word));
  if (name === 'engine' && value === 'true') return stray;
  return value === '' ? undefined : value;
}

/** @returns what to type instead; null where nothing was kept */
export function optionsKeptByNpm(args: readonly string[], env: Environment): string | null {
  const script = env['npm_lifecycle_event'];
  if (script !== 'lab' && script !== 'bench') return null;
  const kept = commandOptions().flatMap((name) => {
    const value = valueIn(env, script, name, args);
    return value === undefined ? [] : [{ name, value }];
  });
  if (kept.length === 0) return null;
  // npm parts `--seeds 1,2,3`: the option becomes "true", the value an argument behind those that belong here.
  const own = script === 'bench' ? 1 : 2;
  const strays = args.slice(own).filter((word) => !kept.some(({ value }) => value === word));
  const parted = kept.filter(({ name, value }) => value === 'true' && !flags.includes(name));
  const only = parted.length === 1 && strays.length === 1 ? strays[0] : undefined;
  const options = kept.map(({ name, value }) => {
    if (flags.includes(name)) return `--${name}`;
    return `--${name}=${value === 'true' ? (only ?? '...') : value}`;
  });
  const typed = args.slice(script === 'bench' ? 1 : 0, own).map(inQuotes);
  const words = [...typed, ...options].join(' ');
  const names = kept.map(({ name }) => `--${name}`).join(', ');
  return (
    `npm has kept ${names} for itself, so nothing was started. Put -- before the command:\n` +
    `  npm run ${script} -- ${words}\nIn PowerShell, in quotes:\n  npm run ${script} '--' ${words}`
  );
}

/** Options without a value. */
const flags = ['audit', 'json', 'isa'];

const inQuotes = (word: string) => (/^[\w./:=,@-]+$/.test(word) ? word : `"${word}"`);
