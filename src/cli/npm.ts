// Options that were typed without the `--` before them, which npm takes for its own: it keeps them to itself, and the
// command would train something else than was asked for. npm says them to the process as environment variables.

import { commandOptions } from './arguments';

/** Options of npm itself, which people may have set for good. */
const npmOwn = ['audit', 'json'];

/** @returns what to type instead; null where nothing was kept */
export function optionsKeptByNpm(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const script = env['npm_lifecycle_event'];
  if (script !== 'lab' && script !== 'bench') return null;
  const kept = commandOptions().flatMap((name) => {
    const value = env[`npm_config_${name.replaceAll('-', '_')}`];
    if (value === undefined || value === '' || npmOwn.includes(name)) return [];
    return [{ name, value }];
  });
  if (kept.length === 0) return null;
  const names = kept.map(({ name }) => `--${name}`).join(', ');
  // npm parts `--seeds 1,2,3`: the option becomes "true", the value an argument.
  const parted = kept.some(({ value }) => value === 'true');
  const options = kept.map(({ name, value }) => (value === 'true' ? `--${name}=...` : `--${name}=${value}`));
  const typed = (script === 'bench' ? args.slice(1) : args).map(inQuotes);
  const words = [...(parted ? typed.slice(0, 2) : typed), ...options].join(' ');
  return (
    `npm has kept ${names} for itself, so nothing was started. Put -- before the command:\n` +
    `  npm run ${script} -- ${words}\nIn PowerShell, in quotes:\n  npm run ${script} '--' ${words}`
  );
}

const inQuotes = (word: string) => (/^[\w./:=,@-]+$/.test(word) ? word : `"${word}"`);
