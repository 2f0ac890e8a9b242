// `bench --isa`: which pipelines it compiles, what counts as short, what it says where it cannot work, and where AMD's
// driver is installed, that its figures belong to the kernels they are shown with.

import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/arguments';
import { compileFor, reasonIn } from '../../src/cli/isa/compile';
import { usualFamilies } from '../../src/cli/isa/families';
import { everyDispatch } from '../../src/cli/isa/isa';
import { buildLayer, findRadv } from '../../src/cli/isa/layer';
import { differentPipelines, missesOf, type Product } from '../../src/cli/isa/report';
import { shaderSource } from '../../src/engine/gpu/shaders';
import { lab, temporaryFolder } from './lab';

const folder = temporaryFolder();
const pipelines = differentPipelines(everyDispatch('XS'), shaderSource);

describe('the pipelines', () => {
  it('are as many as the engine would compile', () => {
    const keys = everyDispatch('XS').map((d) => `${d.shader} ${d.form} ${d.entry} ${JSON.stringify(d.overrides)}`);
    expect(pipelines).toHaveLength(new Set(keys).size);
    expect(pipelines.reduce((sum, { dispatches }) => sum + dispatches, 0)).toBe(keys.length);
  });

  it('have names of their own, without layers', () => {
    const names = pipelines.map(({ label }) => label);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => /^\d/.test(name))).toEqual([]);
    expect(names).toContain('cross_entropy.losses');
  });

  it('are matrix products where they are, plain where a tile of 64x64 is only stored', () => {
    const of = (kind: Product) => pipelines.filter(({ product }) => product === kind).map(({ label }) => label);
    const stored = [
      'head.backward',
      'head.forward',
      'head.weight_gradient.partial',
      'in_proj.backward',
      'in_proj.weight_gradient.partial',
      'out_proj.backward.attention',
      'out_proj.weight_gradient.partial',
    ];
    const changed = ['in_proj.forward.attention', 'in_proj.forward.mlp', 'out_proj.backward.mlp', 'out_proj.forward'];
    expect(of('plain').sort()).toEqual(stored.map((name) => `${name} tiles 64x64`));
    const small = [...stored, ...changed].map((name) => `${name} tiles 32x32`);
    expect(of('fused').sort()).toEqual([...small, ...changed.map((name) => `${name} tiles 64x64`)].sort());
  });
});

describe('the bars', () => {
  const work = (multiplyAdds: number) => ({ operations: 100, multiplyAdds, others: { v_mov_b32: 100 - multiplyAdds } });
  const good = {
    vgprs: 64,
    spilledVgprs: 0,
    spilledSgprs: 0,
    ldsBytes: 0,
    subgroupsPerSimd: 16,
    valu: 100,
    inverseThroughput: 1,
    shader: work(85),
    loop: work(85),
  };
  const missed = (changes: Partial<typeof good>, product: Product = 'plain') =>
    missesOf('navi21', { ...good, ...changes }, product).map(({ bar }) => bar);

  it('are met exactly', () => expect(missed({})).toEqual([]));
  it('spills', () => expect(missed({ spilledSgprs: 1 })).toEqual(['spills']));
  it('subgroups', () => expect(missed({ subgroupsPerSimd: 15 })).toEqual(['subgroups']));
  it('subgroups on GCN', () => expect(missesOf('polaris10', { ...good, subgroupsPerSimd: 4 }, 'plain')).toEqual([]));
  it('loop', () => expect(missed({ loop: work(84) })).toEqual(['multiply-adds in the loop']));
  it('shader', () => expect(missed({ shader: work(84) })).toEqual(['multiply-adds in the shader']));
  it('shader of plain products only', () => expect(missed({ shader: work(84) }, 'fused')).toEqual([]));
  it('loop of all products', () => expect(missed({ loop: work(84) }, 'fused')).toEqual(['multiply-adds in the loop']));
  it('of products only', () => expect(missed({ shader: work(0), loop: work(0) }, 'no')).toEqual([]));
});

describe('where something is missing', () => {
  const packages = /"apt install gcc libvulkan-dev", .* bookworm-backports mesa-vulkan-drivers"/;

  it('names the packages of the driver', () => {
    const error = /^AMD's Vulkan driver \(radeon_icd\.json\) was not found: bench --isa needs Linux/;
    expect(() => findRadv([folder, join(folder, 'none')])).toThrow(error);
    expect(() => findRadv([])).toThrow(packages);
  });

  it('tells an old driver from a recent one', () => {
    const file = join(folder, 'radeon_icd.x86_64.json');
    writeFileSync(file, JSON.stringify({ ICD: { api_version: '1.3.230' } }));
    expect(() => findRadv([folder])).toThrow(`AMD's Vulkan driver ${file} is too old: `);
    writeFileSync(file, JSON.stringify({ ICD: { api_version: '1.4.305' } }));
    expect(findRadv([folder])).toBe(file);
  });

  it('names the packages of the compiler', () => {
    expect(() => buildLayer(folder, 'no-such-compiler')).toThrow(/^The C compiler no-such-compiler does not start: /);
    expect(() => buildLayer(folder, 'no-such-compiler')).toThrow(packages);
  });
});

describe('a process that ends early', () => {
  it('is explained by its exception, not by the last line under it', () => {
    const printed =
      'node:fs:448\n    return read();\n\nError: EAGAIN: unavailable, read\n    at main\n\nNode.js v20.20.2\n';
    expect(reasonIn(printed)).toBe('Error: EAGAIN: unavailable, read');
    expect(reasonIn('The driver stops.\n')).toBe('The driver stops.');
  });
});

describe('options', () => {
  it.each([
    [['--isa'], usualFamilies],
    [['--isa', '--families', 'vega10'], ['vega10']],
    [['--families', 'vega10'], ['vega10']],
  ])('%j compiles for %j', (args, isa) => {
    expect(parseCommand(['bench', ...args])).toMatchObject({ scales: ['S'], isa });
  });

  it.each([
    [['--isa', '--runs', '1'], "option '--isa' cannot be used with option '--runs <list>'"],
    [['--families', 'navi21', '--runs', '1'], "option '--isa' cannot be used with option '--runs <list>'"],
    [['--isa', '--families', 'navi'], "'navi' is invalid. Allowed choices are polaris10, vega10, navi21, navi31."],
  ])('%j', async (args, sentence) => {
    const { code, stderr } = await lab(['bench', ...args]);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});

describe("AMD's compiler", () => {
  // The process that compiles is the command line once more, which is not what runs the tests.
  process.argv[1] = resolve(import.meta.dirname, '../../src/cli/launch.mjs');

  const installed = () => {
    try {
      findRadv();
      buildLayer(folder);
      return true;
    } catch {
      return false;
    }
  };

  it('tells the same of a kernel in any company and order, or what to install', async () => {
    const { signal } = new AbortController();
    if (!installed()) {
      const { code, stderr } = await lab(['bench', '--isa']);
      expect(stderr).toContain('bench --isa needs Linux with a C compiler');
      expect(code).toBe(1);
      return;
    }
    const forward = await compileFor('navi21', pipelines, signal);
    const backward = await compileFor('navi21', [...pipelines].reverse(), signal);
    expect(backward.reverse()).toEqual(forward);
    const place = pipelines.findIndex(({ label }) => label === 'norm.finish');
    const alone = await compileFor('navi21', pipelines.slice(place, place + 1), signal);
    expect(alone).toEqual(forward.slice(place, place + 1));
    // It adds up in workgroup memory.
    expect(alone[0]?.ldsBytes).toBeGreaterThan(0);
    // What is counted from the machine code is what the driver counts, where nothing is issued in pairs.
    expect(forward.map(({ shader }) => shader.operations)).toEqual(forward.map(({ valu }) => valu));

    const broken = { ...pipelines[0]!, label: 'broken', entry: 'nowhere' };
    const failed = compileFor('navi21', [pipelines[1]!, broken], signal);
    await expect(failed).rejects.toThrow(/^The compiler for navi21 failed at broken \(code 1\): .*nowhere/s);
  });
});
