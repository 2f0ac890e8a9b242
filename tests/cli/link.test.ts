// `link`: results as an address, and what `show` makes of it when it comes back.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownPart } from '../../src/experiment/figures/own';
import { plan } from '../../src/experiment/plan';
import { savedResults } from '../../src/experiment/saved';
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

it.each<[string[], string]>([
  [['link', join(folder, 'nowhere')], 'There are no results in '],
  [['show', 'https://example.org/#/view?r=1.AAAA'], 'This link was cut off on the way.'],
  [['show', 'https://example.org/#/view?r=9.AAAA'], 'This link was made by a newer version of the lab.'],
])('%j is refused', async (args, sentence) => {
  const { code, stdout, stderr } = await lab(args);
  expect(stderr).toContain(sentence);
  expect([code, stdout]).toEqual([2, '']);
});
