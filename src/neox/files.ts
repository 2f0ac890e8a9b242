// An experiment as a run of GPT-NeoX, the engine of Ibrahim et al. 2024: a configuration for each stage of each seed, a script
// that runs them in order, and a README that says what they read and what could not be carried over.

import { corpusNames } from '../experiment/corpora';
import { type PlanNode, plan } from '../experiment/plan';
import type { Experiment } from '../experiment/spec';
import { replayName, trainName, validationName } from './data';
import { type Scaling, type ShapeName, scalingOf } from './shapes';
import { type OptimizerNumbers, type StageConfig, stageConfig } from './stage';
import { tame } from './yaml';

export interface NeoxFile {
  /** Path in the folder, with slashes. */
  readonly name: string;
  readonly text: string;
}

interface Written extends StageConfig {
  readonly name: string;
  readonly save: string;
  /** The stage whose weights it begins with. */
  readonly before: Written | null;
}

/** The numbers of AdamW are the trainer's. */
export function neoxFiles(experiment: Experiment, shape: ShapeName, optimizer: OptimizerNumbers): NeoxFile[] {
  const scaling = scalingOf(experiment, shape);
  const { nodes } = plan(experiment);
  const written = new Map<string, Written>();
  nodes.forEach((node, i) => {
    const { arms, stage, seed, start } = node;
    const name = `seed-${seed}/${String(i + 1).padStart(2, '0')}-${arms[0]}-${stage.name}`;
    const before = start.kind === 'continue' ? (written.get(start.node) ?? null) : null;
    const title = `${experiment.name}: stage ${stage.name} of ${arms.join(', ')}, seed ${seed}.`;
    const save = `checkpoints/${name}`;
    const folders = { save, load: before?.save ?? null };
    const config = stageConfig(node, title, folders, experiment.evaluation, scaling, optimizer);
    written.set(node.id, { ...config, name: `${name}.yml`, save, before });
  });
  const all = [...written.values()];
  return [
    { name: 'README.md', text: readme(experiment, nodes, all, scaling) },
    { name: 'run.sh', text: script(all) },
    ...all.map(({ name, text }) => ({ name, text })),
  ];
}

/** Names are letters, digits and dashes, so nothing in them needs quoting. */
function script(all: readonly Written[]): string {
  const lines = all.map(({ name, before, missing }) => {
    if (missing !== null) return `cannot ${name} "${missing}"`;
    return before ? `stage ${name} ${before.save}/global_step${before.iterations}` : `stage ${name}`;
  });
  return `#!/bin/sh
# Runs every stage in order. Start it in GPT-NeoX's folder, with more configurations (hosts, parallelism) as arguments:
#   sh <this folder>/run.sh configs/local_setup.yml
set -eu
here=$(cd "$(dirname "$0")" && pwd)
more="$*"
left=0

# GPT-NeoX begins from random weights where it finds no checkpoint, so that is looked for first.
stage() {
  if [ -n "\${2:-}" ] && [ ! -d "$2" ]; then
    echo "Left out: $1 begins from $2, which is not there." >&2
    left=1
    return
  fi
  python ./deepy.py train.py "$here/$1" $more
}

cannot() {
  echo "Left out: $1, because $2." >&2
  left=1
}

${lines.join('\n')}

exit $left
`;
}

function dataNames(experiment: Experiment, nodes: readonly PlanNode[], scaling: Scaling): string[] {
  const { d0, d1 } = experiment.evaluation;
  const read = nodes.flatMap(({ stage }) => {
    const { replay } = stage.mixture;
    return [trainName(stage, experiment.batch, scaling), ...(replay ? [replayName(replay.corpus)] : [])];
  });
  return [...new Set([...read, validationName(d0), validationName(d1)])];
}

function readme(experiment: Experiment, nodes: readonly PlanNode[], all: readonly Written[], scaling: Scaling): string {
  const bytes = scaling.name === 'as-is';
  const names = dataNames(experiment, nodes, scaling);
  const tokenizer = bytes ? 'CharLevelTokenizer' : 'HFTokenizer --vocab-file data/20B_tokenizer.json';
  const rows = all.map(
    ({ name, before, iterations, missing }) =>
      `| ${name} | ${before?.name ?? 'random weights'} | ${iterations} | ${missing === null ? '' : 'cannot run, see the file'} |`,
  );
  const thirds = corpusNames(experiment).some((name) => name.includes('/'));
  return `# ${tame(experiment.name)}, for GPT-NeoX

Written by Rewarm for a GPT-NeoX of 2024 or later. Each .yml is one stage of one seed; stages that arms share are there once.
What GPT-NeoX cannot express is said in the file, where it would stand. Nothing here was trained.
${scaling.says.map((line) => `${line}\n`).join('')}
## Run

In GPT-NeoX's folder: \`sh <this folder>/run.sh configs/local_setup.yml\`. It runs the stages in this order and leaves out,
with a line on stderr and exit code 1, what cannot run:

| stage | begins from | iterations | |
|---|---|---|---|
${rows.join('\n')}

## Data

Each name is a pair of files, \`data/<name>_text_document.bin\` and \`.idx\`, made from one text in JSON lines (\`{"text": ...}\`):

    python tools/datasets/preprocess_data.py --input <name>.jsonl --output-prefix data/<name> --tokenizer-type ${tokenizer} --dataset-impl mmap${bytes ? '' : ' --append-eod'}

${names.map((name) => `- ${name}`).join('\n')}

\`-valid\` is text held back from training.${thirds ? ' `-1`, `-2` and `-3` are thirds of a text.' : ''}${
    names.some((name) => name.includes('-from-')) ? ' `-from-N` is the text without its first N windows.' : ''
  }
${bytes ? '' : "The paper's texts are the Pile, then SlimPajama or German of OSCAR; the names are those of the experiment's own texts.\n"}`;
}
