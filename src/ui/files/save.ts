// What is shown, as files: made when they are asked for, by what the command line writes them with.

import { version } from '../../../package.json';
import type { OpenedResults } from '../../experiment/saved';
import type { ExportName } from '../../export/files';
import { printedAddress } from '../../link/address';
import type { OpenedStore } from '../../store/opened';
import type { Session } from '../../store/session';
import type { NamedFile } from '../../worker/protocol';
import { fetched } from '../fetched';
import { exportWords } from './export_words';

/** Has the browser save a file. */
function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const types: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  html: 'text/html',
  json: 'application/json',
  csv: 'text/csv',
};

const typeOf = (name: string) => types[name.split('.').at(-1) ?? ''] ?? 'text/plain';

async function makers() {
  const [files, shown, zip] = await Promise.all([
    fetched(() => import('../../export/files')),
    fetched(() => import('../../experiment/shown')),
    fetched(() => import('client-zip')),
  ]);
  return { ...files, ...shown, ...zip };
}

type Makers = Awaited<ReturnType<typeof makers>>;

interface Making {
  readonly results: OpenedResults;
  readonly all: Makers;
}

/** Null where nobody else can go to it. */
function ownAddress(): string | null {
  return /^(?:localhost|127\.|\[::1\]|$)/.test(location.hostname) ? null : printedAddress(location.href);
}

/** Null where these results have no such file. */
function textOf(name: ExportName, { results, all }: Making): string | null {
  // Written by this version; records say which one has made them.
  return all.exportedFiles[name].text({
    ...all.shownResults(results),
    version,
    address: ownAddress(),
  });
}

/** The experiment of each part, as the command line's `run` takes it. */
function recipes({ parts }: OpenedResults): NamedFile[] {
  return parts.map(({ key, experiment }) => ({
    name: parts.length === 1 ? 'recipe.json' : `recipe-${key}.json`,
    content: `${JSON.stringify(experiment, null, 2)}\n`,
  }));
}

/** Twice as many pixels as the drawing has points, on white. */
async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: typeOf('.svg') }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 2 * image.naturalWidth;
    canvas.height = 2 * image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('The canvas made no image.'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

function texts({ results, all }: Making): NamedFile[] {
  const made = all.exportNames.flatMap((name): NamedFile[] => {
    const content = textOf(name, { results, all });
    return content === null ? [] : [{ name, content }];
  });
  return [...made, ...recipes(results)];
}

/** Says what each file of the zip is. */
function readme({ exportNames, exportedFiles }: Makers): string {
  const lines = exportNames.map((name) => `${name.padEnd(16)}${exportedFiles[name].what}`);
  return `${exportWords.readme}\n\n${lines.join('\n')}\n${'recipe.json'.padEnd(16)}${exportWords.files.recipe}\n`;
}

interface ZippedFile {
  readonly name: string;
  readonly content: NamedFile['content'] | Blob;
}

function zipOf(files: readonly ZippedFile[], { downloadZip }: Makers): Promise<Blob> {
  return downloadZip(files.map(({ name, content: input }) => ({ name, input }))).blob();
}

async function everything(making: Making): Promise<readonly ZippedFile[]> {
  const png = await pngOf(textOf('figure.svg', making) ?? '');
  const head = { name: 'README.txt', content: readme(making.all) };
  return [head, ...texts(making), { name: 'figure.png', content: png }];
}

export type SavedKind = ExportName | 'figure.png' | 'recipe.json' | 'all.zip';

async function contentOf(kind: SavedKind, making: Making): Promise<Blob | null> {
  const { results, all } = making;
  switch (kind) {
    case 'figure.png':
      return pngOf(textOf('figure.svg', making) ?? '');
    case 'recipe.json': {
      const [first, ...others] = recipes(results);
      return others.length > 0 || !first
        ? zipOf(recipes(results), all)
        : new Blob([first.content], { type: typeOf('.json') });
    }
    case 'all.zip':
      return zipOf(await everything(making), all);
    default: {
      const text = textOf(kind, making);
      return text === null ? null : new Blob([text], { type: typeOf(kind) });
    }
  }
}

/** `rewarm-figure-5-XS-3-seeds.csv`, with what it is where several files end alike. */
function nameOf(kind: SavedKind, { results, all }: Making): string {
  const stem = all.exportStem(results);
  if (kind === 'results.json') return `${stem}.json`;
  if (kind === 'recipe.json' && results.parts.length > 1) return `${stem}-recipes.zip`;
  const [what = '', ending = ''] = kind.split('.');
  return what === 'figure' || what === 'page' || what === 'all' ? `${stem}.${ending}` : `${stem}-${what}.${ending}`;
}

/** Saves one kind of file, or says in a sentence why not. */
export async function saveKind(kind: SavedKind, results: OpenedResults, opened: OpenedStore): Promise<void> {
  const all = await makers().catch(() => null);
  if (!all) return opened.setState({ problem: exportWords.noWriter });
  try {
    const making = { results, all };
    const content = await contentOf(kind, making);
    opened.setState({ problem: content ? null : exportWords.nothing });
    if (content) save(nameOf(kind, making), content);
  } catch (error) {
    opened.setState({ problem: exportWords.failed(error instanceof Error ? error.message : String(error)) });
  }
}

interface WeightsToSave {
  readonly results: OpenedResults;
  /** Id of a plan node, and the experiment that it is of. */
  readonly node: string;
  readonly experiment: OpenedResults['parts'][number]['experiment'];
  /** For the file's name: letters, digits and dashes. */
  readonly stage: string;
}

/** Saves the weights of a kept stage with their configuration, zipped. */
export async function saveWeights(
  { results, node, experiment, stage }: WeightsToSave,
  session: Session,
  opened: OpenedStore,
): Promise<void> {
  const [all, files] = await Promise.all([makers().catch(() => null), session.checkpoint(experiment, node)]);
  if (!all || typeof files === 'string') {
    return opened.setState({ problem: typeof files === 'string' ? files : exportWords.noWriter });
  }
  opened.setState({ problem: null });
  const blob = await zipOf(files, all);
  save(`${all.exportStem(results)}-${stage}-weights.zip`, blob);
}
