// The packed text of the project, read from public/corpora.

import { existsSync, promises as fs, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CorpusError, type CorpusManifest, manifestFile, parseManifest } from '../data/manifest';
import { openTextData, resolveCorpus, type TextData } from '../data/text';
import { corpusNames } from '../experiment/corpora';
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

/** Opens the text that an experiment reads; throws UsageError where it is measured on text that does not exist. */
export async function openCorpora(experiment: Experiment): Promise<TextData> {
  const folder = join(projectRoot(), 'public', 'corpora');
  let text: string;
  try {
    text = await fs.readFile(join(folder, manifestFile), 'utf8');
  } catch {
    throw new FileError(`The text is not packed yet: ${join(folder, manifestFile)} is missing. Type "npm run build".`);
  }
  const manifest = parseManifest(text);
  const problems = Object.entries(experiment.evaluation).flatMap(([key, name]) => {
    const problem = typeof name === 'string' ? nameProblem(name, manifest) : null;
    return problem === null ? [] : [`evaluation.${key}: ${problem}`];
  });
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const names = corpusNames(experiment);
  // A stage that asks for unknown text fails alone, with a sentence that lists all that is known.
  const allKnown = names.every((name) => nameProblem(name, manifest) === null);
  return openTextData(manifest, (file) => fs.readFile(join(folder, file)), allKnown ? names : undefined);
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
