// Weights that are opened in the page: kept, trained from, and refused with a sentence.

import { expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan';
import { scales } from '../../src/experiment/scales';
import { huggingFaceConfig, toHuggingFace } from '../../src/train/huggingface';
import { initialState } from '../../src/train/initialize';
import { writeSafetensors } from '../../src/train/safetensors';
import { modelShape } from '../../src/train/shape';
import { arm, stage, tiny } from '../train/fixtures';
import { databases, host, real } from './lab';

const shape = modelShape(scales.XS.model);
const { parameters } = initialState(shape, 3);
const file = writeSafetensors(toHuggingFace(shape, parameters));
const config = JSON.stringify(huggingFaceConfig(shape));
const command = { kind: 'open-weights', name: 'mine.safetensors', file, config } as const;

const { model, batch } = scales.XS;
const experiment = (sha256: string) => {
  const { stages } = arm('rewarm', { steps: 2 });
  const from = { ...arm('from'), init: { kind: 'weights', sha256 } as const, stages: stages.slice(1) };
  const scratch = { ...arm('scratch'), stages: [stage('d1', { corpus: 'synthetic-b', replay: null }, { steps: 2 })] };
  return real(tiny([from, scratch], { scale: 'XS', model, batch }));
};

test('are kept over the page, and trained from', async () => {
  const kept = databases();
  const first = host({ kept });
  const reply = await first.lab.command(command);
  if (reply.kind !== 'weights') throw new Error('they were refused');
  expect(reply.scale).toBe('XS');
  const later = host({ kept });
  const wanted = experiment(reply.sha256);
  expect(await later.lab.command({ kind: 'start', experiment: wanted, stepwise: false })).toEqual({
    kind: 'ended',
    end: 'finished',
  });
  const ends = later.trained('node-finished').map(({ record }) => record);
  expect(ends).toHaveLength(2);
  const [from, scratch] = plan(wanted).nodes.map(({ id }) => ends.find(({ node }) => node === id));
  expect(from?.evaluations[0]?.values).not.toEqual(scratch?.evaluations[0]?.values);
});

test('that nobody keeps fail the arm, and say what to do', async () => {
  const lab = host();
  const wanted = experiment('ab'.repeat(32));
  await lab.lab.command({ kind: 'start', experiment: wanted, stepwise: false });
  expect(lab.told('fault').map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^Runs start from weights that are not kept in this browser \(abababababab\)\. Drop their file/,
    ),
  ]);
  expect(lab.trained('node-failed').map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Arm 'from', stage d1 starts from the weights abababababab, which are not kept here\./),
  ]);
});

test.each([
  [{ ...command, config: '{' }, 'config.json is not valid JSON.'],
  [{ ...command, file: file.subarray(0, 100) }, 'The file ends inside its header; it was cut off.'],
  [
    { ...command, config: JSON.stringify({ ...JSON.parse(config), num_attention_heads: 8 }) },
    'They are of a model of none of the sizes here; the command line trains it: run --weights.',
  ],
])('that cannot be started from are refused: %#', async (wrong, message) => {
  expect(await host().lab.command(wrong)).toEqual({ kind: 'refused', message });
});
