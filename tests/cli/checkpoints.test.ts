// Finished stages as files: what this version writes, and what version 0.1 wrote, read to the right values.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileCheckpoints } from '../../src/cli/checkpoints';
import type { StageRecord } from '../../src/experiment/evidence/record';
import type { StageResult } from '../../src/train/checkpoints';
import { temporaryFolder, tiny } from './lab';

const record: StageRecord = {
  node: 'abc',
  origin: 'trained',
  evaluations: [
    { step: 0, trainLoss: null, values: [5.5, 5.75] },
    { step: 2, trainLoss: 4.5, values: [2.5, 3.25] },
  ],
  final: [2, 3],
  failure: null,
  corpora: [{ name: 'literature', bytes: 10, sha256: 'ff' }],
  maker: { version: '0.2.0', engine: 'webgpu', adapter: 'llvmpipe', kernels: { products: 'tiled' } },
  seconds: [0, 1],
};

const result: StageResult = {
  record,
  state: {
    parameters: Float32Array.of(1, 2),
    firstMoment: Float32Array.of(0, 0.5),
    secondMoment: Float32Array.of(0.25, 0),
    step: 300,
  },
  losses: Float32Array.of(5, 4, 3),
};

/** As it is read back: kept, and without the seconds of the hour. */
const asRead = (() => {
  const { seconds: _, ...rest } = record;
  return { ...result, record: { ...rest, origin: 'kept' } };
})();

function store(folder: string, parameters = 2, adapter = 'llvmpipe') {
  const said: string[] = [];
  return {
    said,
    files: fileCheckpoints({ folder, parameters: () => parameters, adapter, report: (one) => said.push(one) }),
  };
}

const floats = [1, 2, 0, 0.5, 0.25, 0, 5, 4, 3];
const bytes = new Uint8Array(Float32Array.from(floats).buffer);

/** Writes a pair of files with a digest that vouches for them. */
function write(folder: string, node: string, content: object, bin = bytes): void {
  const sha256 = createHash('sha256').update(JSON.stringify(content)).update(bin).digest('hex');
  writeFileSync(join(folder, `${node}.bin`), bin);
  writeFileSync(join(folder, `${node}.json`), JSON.stringify({ sha256, record: content }, null, 2));
}

/** A stage's JSON as version 0.1 wrote it, literally. */
const firstVersion = {
  v: 1,
  node: 'abc',
  adapter: 'llvmpipe',
  parameters: 2,
  losses: 3,
  optimizerStep: 300,
  evaluations: [
    { stage: 'd0', step: 0, tokens: 0, learningRate: 0.001, trainLoss: null, d0: 5.5, d1: 5.75 },
    { stage: 'd0', step: 2, tokens: 96, learningRate: 0.002, trainLoss: 4.5, d0: 2.5, d1: 3.25 },
  ],
  final: { d0: 2, d1: 3 },
  corpora: [{ name: 'literature', bytes: 10, sha256: 'ff' }],
  kernels: { products: 'tiled' },
};

describe('a checkpoint of this version', () => {
  it('is two files, and read back as it was', async () => {
    const folder = temporaryFolder();
    const { files, said } = store(folder);
    await files.put(result, tiny);
    expect(readdirSync(folder).sort()).toEqual(['abc.bin', 'abc.json']);
    expect(await files.get('abc')).toStrictEqual(asRead);
    expect(await files.get('other')).toBeNull();
    expect(said).toEqual([]);
  });

  it('says what it holds', async () => {
    const folder = temporaryFolder();
    await store(folder).files.put(result, tiny);
    const { seconds: _, origin: __, ...saved } = record;
    expect(new Uint8Array(readFileSync(join(folder, 'abc.bin')))).toEqual(bytes);
    expect(JSON.parse(readFileSync(join(folder, 'abc.json'), 'utf8'))).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      record: { v: 2, parameters: 2, losses: 3, optimizerStep: 300, record: saved },
    });
  });
});

describe('a checkpoint of version 0.1', () => {
  it('is read to the same numbers', async () => {
    const folder = temporaryFolder();
    write(folder, 'abc', firstVersion);
    const { files, said } = store(folder);
    const maker = { version: '0.1.0', engine: 'webgpu', adapter: 'llvmpipe', kernels: { products: 'tiled' } };
    expect(await files.get('abc')).toStrictEqual({ ...asRead, record: { ...asRead.record, maker } });
    expect(said).toEqual([]);
  });

  it('of plain JavaScript, too', async () => {
    const folder = temporaryFolder();
    const adapter = 'JavaScript on one CPU core, float64';
    write(folder, 'abc', { ...firstVersion, adapter, corpora: [], kernels: null });
    const { files, said } = store(folder);
    const read = await files.get('abc');
    expect(read?.record.maker).toEqual({ version: '0.1.0', engine: 'reference', adapter, kernels: null });
    expect(read?.record.corpora).toEqual([]);
    await files.get('abc');
    expect(said).toEqual([`Stages that are finished were trained on another adapter: ${adapter}.`]);
  });
});

describe('a checkpoint that is not used', () => {
  const second = { v: 2, parameters: 2, losses: 3, optimizerStep: 300, record: { ...record, origin: undefined } };
  it.each<[string, object, Uint8Array<ArrayBuffer>, string]>([
    ['another version', { ...second, v: 3 }, bytes, 'it was written by another version'],
    ['another stage', { ...firstVersion, node: 'other' }, bytes, 'it belongs to another stage'],
    ['another model', { ...firstVersion, parameters: 1 }, bytes, 'it belongs to another model'],
    ['another length', firstVersion, bytes.slice(4), 'its length is wrong'],
    ['a loss that is none', { ...firstVersion, final: { d0: '2', d1: 3 } }, bytes, 'it belongs to another stage'],
  ])('%s', async (_, content, bin, reason) => {
    const folder = temporaryFolder();
    write(folder, 'abc', content, bin);
    const { files, said } = store(folder);
    expect(await files.get('abc')).toBeNull();
    expect(said).toEqual([
      `The checkpoint ${join(folder, 'abc.json')} cannot be used: ${reason}. Its stage is trained again.`,
    ]);
  });
});
