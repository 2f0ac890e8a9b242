// The packed text of the project, read from public/corpora.

import { existsSync, promises as fs, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CorpusError, type CorpusManifest, manifestFile, parseManifest } from '../data/manifest';
import { openTextData, resolveCorpus, type TextData } from '../data/text';
import { corpusNames, namedCorpora } from '../experiment/corpora';
import type { CorpusName, Experiment } from '../experiment/spec';
import { UsageError } from './arguments';
import { FileError } from './files';

/** The project's folder, above the built command line or the folder the user is in. */
function projectRoot(): string {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
      const file = join(folder, 'package.json');
      if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'rewarm') return folder;
    }
  }
  throw new FileError('The project folder was not found. Start this with "npm run lab" in the folder of Rewarm.');
}

/** Opens the text that an experiment reads; throws UsageError, with the places, for text that does not exist. */
export async function openCorpora(experiment: Experiment): Promise<TextData> {
  const folder = join(projectRoot(), 'public', 'corpora');
  let text: string;
  try {
    text = await fs.readFile(join(folder, manifestFile), 'utf8');
  } catch {
    throw new FileError(`The text is not packed yet: ${join(folder, manifestFile)} is missing. Type "npm run build".`);
  }
  const manifest = parseManifest(text);
  const problems = namedCorpora(experiment).flatMap(({ place, name }) => {
    const problem = nameProblem(name, manifest);
    return problem === null ? [] : [`${place}: ${problem}`];
  });
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return openTextData(manifest, (file) => fs.readFile(join(folder, file)), corpusNames(experiment));
}

function nameProblem(name: CorpusName, manifest: CorpusManifest): string | null {
  try {
    resolveCorpus(name, manifest);
    return null;
  } catch (error) {
    if (error instanceof CorpusError) return error.message;
    throw error;
  }
}
