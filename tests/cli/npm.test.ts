// Options that npm keeps to itself are found, and nothing else is taken for one.

import { describe, expect, it } from 'vitest';
import { optionsKeptByNpm } from '../../src/cli/npm';

const lab = { npm_lifecycle_event: 'lab' };

describe('options typed without -- before them', () => {
  it('are named, with the line to type instead, for PowerShell too', () => {
    const env = { ...lab, npm_config_scale: 'S', npm_config_seeds: '1,2,3', npm_config_sample_seed: '4' };
    const said = optionsKeptByNpm(['run', 'my file.json'], env);
    expect(said).toBe(
      'npm has kept --scale, --seeds, --sample-seed for itself, so nothing was started. Put -- before the command:\n' +
        '  npm run lab -- run "my file.json" --scale=S --seeds=1,2,3 --sample-seed=4\n' +
        'In PowerShell, in quotes:\n' +
        '  npm run lab \'--\' run "my file.json" --scale=S --seeds=1,2,3 --sample-seed=4',
    );
  });

  it('whose values npm has parted from them get them back, or are left to be filled in', () => {
    const scale = { ...lab, npm_config_scale: 'true' };
    expect(optionsKeptByNpm(['run', 'weak', 'S'], scale)).toContain('  npm run lab -- run weak --scale=S\n');
    const both = { ...scale, npm_config_steps: 'true' };
    expect(optionsKeptByNpm(['run', 'weak', 'S', '3'], both)).toContain(' -- run weak --scale=... --steps=...\n');
  });

  it('that npm took for others of its own', () => {
    const to = optionsKeptByNpm(['show', 'runs/x'], { ...lab, npm_config_token_description: 'there' });
    expect(to).toContain('  npm run lab -- show runs/x --to=there\n');
    const strict = { ...lab, npm_config_engine_strict: 'true' };
    expect(optionsKeptByNpm(['run', 'weak'], strict)).toBeNull();
    expect(optionsKeptByNpm(['run', 'weak', 'reference'], { ...strict, npm_config_steps: '2' })).toContain(
      '  npm run lab -- run weak --steps=2 --engine=reference\n',
    );
  });

  it('of the bench as well', () => {
    const env = { npm_lifecycle_event: 'bench', npm_config_runs: '1,8' };
    expect(optionsKeptByNpm(['bench'], env)).toContain('  npm run bench -- --runs=1,8\n');
    const json = { npm_lifecycle_event: 'bench', npm_config_json: 'true', npm_config_scale: 'true' };
    expect(optionsKeptByNpm(['bench', 'XS'], json)).toContain('  npm run bench -- --scale=XS --json\n');
  });
});

it.each<[string, Record<string, string>]>([
  ['nothing', lab],
  ["npm's own settings", { ...lab, npm_config_audit: '', npm_config_json: 'true', npm_config_cache: '/x' }],
  ['another script', { npm_lifecycle_event: 'test', npm_config_scale: 'S' }],
  ['no npm', { npm_config_scale: 'S' }],
])('%s is no mistake', (_, env) => {
  expect(optionsKeptByNpm(['run', 'weak'], env)).toBeNull();
});
