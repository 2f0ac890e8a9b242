// Reads what AMD's compiler prints of a kernel with RADV_DEBUG=asm,shaderstats: its machine code in basic blocks, and a
// list of figures under it. Counts the vector operations, and those of the loop that does most of the multiply-adds.

import { EngineError } from '../../engine/engine';

/** Vector operations of a stretch of machine code; two in one instruction (dual issue, packed) count as two. */
export interface VectorWork {
  readonly operations: number;
  readonly multiplyAdds: number;
  /** How often each operation that is no multiply-add occurs, the most frequent first. */
  readonly others: Readonly<Record<string, number>>;
}

export interface CompiledKernel {
  readonly vgprs: number;
  readonly spilledVgprs: number;
  readonly spilledSgprs: number;
  readonly ldsBytes: number;
  /** Occupancy: how many subgroups a SIMD holds at once, as the driver counts them. */
  readonly subgroupsPerSimd: number;
  /** Vector instructions by the driver's own count, in which a dual-issued pair is one. */
  readonly valu: number;
  /** The driver's estimate of cycles for each subgroup where many are in flight. */
  readonly inverseThroughput: number;
  readonly shader: VectorWork;
  /** The loop with the most multiply-adds, without the loops inside it; null where no loop has any. */
  readonly loop: VectorWork | null;
}

interface Block {
  readonly name: string;
  readonly operations: string[];
  /** Names of the blocks that it jumps to. */
  readonly targets: string[];
}

/** @param text all that the driver printed while it compiled this one kernel */
export function parseCompiled(text: string): CompiledKernel {
  const kernels = text.split('*** SHADER STATS ***').length - 1;
  if (kernels !== 1) throw new EngineError('shader', `The driver described ${kernels} kernels where one was compiled.`);
  const figure = (name: string) => {
    const value = new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new EngineError('shader', `The driver does not say "${name}" of a kernel.`);
    return Number(value);
  };
  const blocks = parseBlocks(text);
  const shader = vectorWork(blocks);
  if (shader.operations === 0) throw new EngineError('shader', 'The driver printed no machine code of a kernel.');
  return {
    vgprs: figure('VGPRs'),
    spilledVgprs: figure('Spilled VGPRs'),
    spilledSgprs: figure('Spilled SGPRs'),
    ldsBytes: figure('LDS size'),
    subgroupsPerSimd: figure('Subgroups per SIMD'),
    valu: figure('VALU'),
    inverseThroughput: figure('Inverse Throughput'),
    shader,
    loop: hottestLoop(blocks),
  };
}

function parseBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let repeatable: string[] = [];
  for (const line of text.split('\n')) {
    const name = /^(BB\d+):/.exec(line)?.[1];
    if (name !== undefined) blocks.push({ name, operations: [], targets: [] });
    const block = blocks.at(-1);
    if (!block) continue;
    const repeats = Number(/^\t\(then repeated (\d+) times\)/.exec(line)?.[1] ?? 0);
    for (let i = 0; i < repeats; i++) block.operations.push(...repeatable);
    // Machine code has its encoding at the end of the line.
    const code = /^\t([a-z]\S*.*?)\s*; [0-9a-f]{8}\b/.exec(line)?.[1];
    if (code === undefined) continue;
    repeatable = vectorOperations(code);
    block.operations.push(...repeatable);
    const target = /^s_c?branch\w* (BB\d+)/.exec(code)?.[1];
    if (target !== undefined) block.targets.push(target);
  }
  return blocks;
}

/** Without marks of the encoding: `v_mac_f32`, twice for a packed one. */
function vectorOperations(code: string): string[] {
  return code
    .split(' :: ')
    .map((half) => (half.split(' ')[0] ?? '').replace(/_(e32|e64|dpp|sdwa|e64_dpp)$/, '').replace('v_dual_', 'v_'))
    .filter((operation) => operation.startsWith('v_'))
    .flatMap((operation) => (operation.startsWith('v_pk_') ? [operation, operation] : [operation]));
}

const multiplyAdd = /^v_(pk_)?(fma|fmac|mac|mad|fmaak|fmamk|madak|madmk|fma_mix|mad_mix)_(legacy_)?(f32|f16)$/;

function vectorWork(blocks: readonly Block[]): VectorWork {
  const all = blocks.flatMap(({ operations }) => operations);
  const others = new Map<string, number>();
  for (const operation of all.filter((name) => !multiplyAdd.test(name))) {
    others.set(operation, (others.get(operation) ?? 0) + 1);
  }
  const frequent = [...others].sort(([, a], [, b]) => b - a);
  return {
    operations: all.length,
    multiplyAdds: all.filter((name) => multiplyAdd.test(name)).length,
    others: Object.fromEntries(frequent),
  };
}

/** A jump back makes a loop of the blocks from its target to itself. */
function hottestLoop(blocks: readonly Block[]): VectorWork | null {
  const places = new Map(blocks.map(({ name }, place) => [name, place]));
  /** Last block by first block. */
  const loops = new Map<number, number>();
  for (const [place, { targets }] of blocks.entries()) {
    for (const target of targets) {
      const first = places.get(target);
      if (first !== undefined && first <= place) loops.set(first, place);
    }
  }
  const members = new Map<number, Block[]>();
  for (const [place, block] of blocks.entries()) {
    const inside = [...loops].filter(([first, last]) => first <= place && place <= last).map(([first]) => first);
    // Of nested loops the inner one begins last.
    if (inside.length > 0) members.set(Math.max(...inside), [...(members.get(Math.max(...inside)) ?? []), block]);
  }
  const innerFirst = [...members].sort(([a], [b]) => b - a);
  const work = innerFirst.map(([, own]) => vectorWork(own)).sort((a, b) => b.multiplyAdds - a.multiplyAdds);
  const [most] = work;
  return most && most.multiplyAdds > 0 ? most : null;
}
