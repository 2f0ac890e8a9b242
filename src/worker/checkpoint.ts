// The weights of a kept stage as files for other programs.

import { parseExperiment } from '../experiment/parse';
import { armPath, plan } from '../experiment/plan';
import type { BrowserStages } from '../storage/stages';
import { checkpointFiles, type TrainedStage } from '../train/checkpoint_files';
import { modelShape } from '../train/shape';
import type { LabCommand, LabReply } from './protocol';

type CheckpointCommand = Extract<LabCommand, { kind: 'checkpoint' }>;

const gone = 'These weights are not kept in this browser: train the run here first.';

export async function checkpointOf(
  { experiment, node: wanted }: CheckpointCommand,
  stages: BrowserStages,
): Promise<LabReply> {
  const planned = plan(parseExperiment(experiment));
  const node = planned.nodes.find(({ id }) => id === wanted);
  const end = node && (await stages.get(node.id));
  if (!node || !end) return { kind: 'refused', message: gone };
  const [arm = ''] = node.arms;
  const path = armPath(planned, arm, node.seed).slice(0, node.stageIndex + 1);
  const entries = await stages.entries();
  const trained = path.flatMap((one): TrainedStage[] => {
    const record = entries.get(one.id)?.record;
    return record ? [{ node: one, result: { record } }] : [];
  });
  const last = armPath(planned, arm, node.seed).length === path.length;
  const files = checkpointFiles({
    experiment: planned.experiment,
    version: end.record.maker?.version ?? '',
    arm,
    seed: node.seed,
    at: last ? 'final' : 'base',
    stages: trained,
    model: modelShape(node.model),
    parameters: end.state.parameters,
  });
  return {
    kind: 'files',
    files: files.map(([name, content]) => ({
      name,
      content: content instanceof Uint8Array ? content : `${JSON.stringify(content, null, 2)}\n`,
    })),
  };
}
