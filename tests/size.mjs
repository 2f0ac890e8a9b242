// Holds what a visitor downloads to a budget: gzip bytes of the built site, kind by kind. And it must be what is meant for
// visitors: React's development build is slower and says so in its text.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const assets = resolve(import.meta.dirname, '../dist/assets');
/** Kilobytes (1000 bytes) after gzip: about a twentieth above what the page needs */
const budgets = { '.js': 385, '.css': 8.4, '.woff2': 105 };

if (!existsSync(assets)) {
  console.error('There is no dist/assets. Build the site first: npm run build');
  process.exit(1);
}
const files = readdirSync(assets)
  .filter((name) => !name.endsWith('.map'))
  .map((name) => ({ name, kind: extname(name), size: gzipSync(readFileSync(join(assets, name))).length / 1000 }));
let over = false;
for (const [kind, budget] of Object.entries(budgets)) {
  const ofKind = files.filter((file) => file.kind === kind).sort((a, b) => b.size - a.size);
  const total = ofKind.reduce((sum, file) => sum + file.size, 0);
  console.log(`${kind.slice(1).padEnd(6)} ${total.toFixed(1).padStart(6)} kB of ${budget} kB gzip`);
  for (const file of ofKind) console.log(`         ${file.size.toFixed(1).padStart(6)} kB ${file.name}`);
  over ||= total > budget;
}
const unknown = files.filter((file) => !(file.kind in budgets));
for (const file of unknown) console.log(`There is no budget for ${file.name}: give its kind one in tests/size.mjs.`);
/** Calls of its JSX, and a warning that only it can give */
const developmentText = /jsxDEV|Each child in a list should have a unique/;
const slow = files.filter(
  ({ name, kind }) => kind === '.js' && developmentText.test(readFileSync(join(assets, name), 'utf8')),
);
for (const { name } of slow)
  console.log(`${name} holds React's development build. Build the site again: npm run build`);
process.exit(over || unknown.length > 0 || slow.length > 0 ? 1 : 0);
