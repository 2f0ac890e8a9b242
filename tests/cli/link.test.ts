// `link`: results as an address, and what `show` makes of it when it comes back.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chosenExperiment } from '../../src/cli/experiments';
import { figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { parseExperiment } from '../../src/experiment/parse';
import { plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import { savedResults } from '../../src/experiment/saved';
import { labAddress, resultsIn } from '../../src/link/address';
import { origin } from '../../src/link/known_recipes';
import { recipeLink } from '../../src/link/recipe';
import { openResultsLink, resultsLink } from '../../src/link/results';
import { jsonFile, lab, madeUp, temporaryFolder, tiny } from './lab';

const folder = temporaryFolder();
const whole = plan(tiny);
const records = new Map(whole.nodes.map((node) => [node.id, madeUp(whole, node).record]));
const file = jsonFile(folder, 'own.json', savedResults('0.2.0', null, [ownPart(tiny)], records));

it('prints an address that show prints the same table of, also as a chat program leaves it', async () => {
  const { code, stdout, stderr } = await lab(['link', file, '--site', 'https://example.org/lab/#/fig/5']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^https:\/\/example\.org\/lab\/#\/view\?r=1\.[\w-]+\n$/);
  expect(stderr).toContain(`${(stdout.length - 1).toLocaleString('en')} characters: most messengers take it.`);
  const table = (await lab(['show', file])).stdout;
  for (const sent of [stdout.trim(), `<${stdout.trim()}>`, encodeURIComponent(stdout.trim())]) {
    expect(await lab(['show', sent])).toEqual({ code: 0, stdout: table, stderr: '' });
  }
});

const recipe = (scale: 'S' | null) =>
  `https://example.org/${labAddress(recipeLink({ ...origin, setting: { ...origin.setting, scale, seeds: 3, budget: 0.25 } }))}`;
const parts = figures['5'].parts({ scale: 'XS', seeds: [1], budget: 0.1 });
const figure = `#/view?r=${resultsLink({ version: '0', figure: '5', parts, records: new Map() })}`;

it('prints an address of an experiment that nobody has trained, which run takes', async () => {
  const { code, stdout, stderr } = await lab(['link', 'weak', '--seeds', '1,2,3']);
  expect([code, stderr]).toEqual([0, expect.stringContaining('It holds the settings alone')]);
  const { parts: come, records: none } = openResultsLink(resultsIn(stdout) ?? '');
  expect(come.map(({ experiment }) => experiment)).toEqual([
    parseExperiment(preset('weak', { scale: 'XS', seeds: [1, 2, 3] })),
  ]);
  expect(none.size).toBe(0);
  const all = { scale: null, seeds: null, steps: null } as const;
  const { experiment } = await chosenExperiment({ experiment: stdout.trim(), ...all, seeds: [4] });
  expect(experiment).toEqual(parseExperiment(preset('weak', { scale: 'XS', seeds: [4] })));
  // Again from its own link, letter for letter.
  expect((await lab(['link', stdout.trim()])).stdout).toBe(stdout);
});

it('reads what was composed in the Lab', async () => {
  const all = { scale: null, seeds: null, steps: null } as const;
  const { name, experiment } = await chosenExperiment({ experiment: `(${recipe(null)}).`, ...all });
  expect(name).toMatch(/^link-[0-9a-f]{8}$/);
  expect([experiment.scale, experiment.seeds, experiment.arms.map(({ id }) => id)]).toEqual([
    'XS',
    [1, 2, 3],
    ['rewarm'],
  ]);
  expect((await chosenExperiment({ experiment: recipe(null), ...all, scale: 'M' })).experiment.scale).toBe('M');
});

it.each<[string[], string]>([
  [['link', join(folder, 'nowhere')], 'There is no preset and no file '],
  [['link', file, '--scale', 'S'], '--scale is for experiments'],
  [['run', recipe('S'), '--scale', 'M'], 'this link states its own model'],
  [['run', 'https://example.org/#/lab?c=1.AAAA'], 'This link was cut off on the way.'],
  [['run', figure], 'This link holds 2 experiments, and run trains one. Use "figure 5" instead.'],
  [['show', 'https://example.org/#/view?r=1.AAAA'], 'This link was cut off on the way.'],
  [['show', 'https://example.org/#/view?r=9.AAAA'], 'This link was made by a newer version of the lab.'],
])('%j is refused', async (args, sentence) => {
  const { code, stdout, stderr } = await lab(args);
  expect(stderr).toContain(sentence);
  expect([code, stdout]).toEqual([2, '']);
});
