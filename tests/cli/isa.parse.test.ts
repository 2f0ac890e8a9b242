// The reader of what AMD's compiler prints, on excerpts of real output: GCN and RDNA name their operations differently.

import { describe, expect, it } from 'vitest';
import { splitSections } from '../../src/cli/isa/compile';
import { parseCompiled } from '../../src/cli/isa/parse';

const figures = (vgprs: number, subgroups: number, valu: number) => `

Compute Shader:
*** SHADER STATS ***
Driver pipeline hash: 1277503349019706153
SGPRs: 32
VGPRs: ${vgprs}
Spilled SGPRs: 3
Spilled VGPRs: 2
Code size: 180
LDS size: 1024
Scratch size: 0
Subgroups per SIMD: ${subgroups}
Latency: 3396
Inverse Throughput: 425
Pre-Sched VGPRs: 9
VALU: ${valu}
VOPD: 0
********************
`;

/** One loop, by polaris10: a vec4f is summed up over an array. */
const gcn = `ac_compute_device_uuid's output is based on invalid pci bus info.
Compute Shader
disasm:
BB0:
	s_load_dwordx4 s[4:7], s[2:3], 0x0                          ; c00a0101 00000000
	v_mov_b32_e32 v4, 0                                         ; 7e080280
	v_mov_b32_e32 v5, 0                                         ; 7e0a0280
	v_mov_b32_e32 v6, 0                                         ; 7e0c0280
	v_mov_b32_e32 v7, 0                                         ; 7e0e0280
	v_add_u32_e32 v0, vcc, s0, v0                               ; 32000000
	s_nop 0                                                     ; bf800000
	(then repeated 1 times)
BB1:
	s_cmp_ge_u32 s9, s1                                         ; bf090109
	s_cbranch_scc1 BB8                                          ; bf850014
BB4:
	v_add_u32_e32 v1, vcc, s9, v0                               ; 32020009
	v_lshlrev_b32_e32 v1, 4, v1                                 ; 24020284
	buffer_load_dwordx4 v[8:11], v1, s[4:7], 0 offen            ; e05c1000 80010801
	s_waitcnt vmcnt(0) lgkmcnt(0)                               ; bf8c0070
	v_mac_f32_e32 v4, s12, v8                                   ; 2c08100c
	v_mac_f32_e32 v5, s13, v9                                   ; 2c0a120d
	v_mac_f32_e32 v6, s14, v10                                  ; 2c0c140e
	v_mac_f32_e32 v7, s15, v11                                  ; 2c0e160f
	s_cbranch_scc1 BB8                                          ; bf850002
BB7:
	s_add_u32 s9, s9, 1                                         ; 80098109
	s_branch BB1                                                ; bf82ffea
BB8:
	v_lshlrev_b32_e32 v0, 4, v0                                 ; 30000084
	buffer_store_dwordx4 v[4:7], v0, s[0:3], 0 offen            ; e07c1000 80000400
	s_endpgm                                                    ; bf810000
${figures(12, 8, 12)}`;

/** A loop in a loop, by navi21: the outer one has as many multiply-adds of its own as the inner one. */
const rdna = `Compute Shader
disasm:
BB0:
	v_mbcnt_lo_u32_b32 v1, -1, 0                                ; d7650001 000100c1
BB1:
	s_cbranch_scc1 BB19                                         ; bf85002f
BB4:
	ds_write_b128 v3, v[8:11]                                   ; db7c0000 00000803
BB5:
	s_cbranch_execz BB11                                        ; bf88000c
BB6:
	v_mov_b32_e32 v1, s11                                       ; 7e02020b
	ds_read_b128 v[12:15], v1                                   ; dbfc0000 0c000001
	v_fmac_f32_e32 v4, v12, v8                                  ; 5608110c
	v_fmac_f32_e32 v5, v13, v9                                  ; 560a130d
	v_fmac_f32_e32 v6, v14, v10                                 ; 560c150e
	v_fmac_f32_e32 v7, v15, v11                                 ; 560e170f
BB11:
	s_cbranch_scc0 BB5                                          ; bf84ffec
BB15:
	v_fma_f32 v4, 2.0, v4, 1.0                                  ; d54b0004 03ca08f4
	v_fma_f32 v5, 2.0, v5, 1.0                                  ; d54b0005 03ca0af4
	v_fma_f32 v6, 2.0, v6, 1.0                                  ; d54b0006 03ca0cf4
	v_fma_f32 v7, 2.0, v7, 1.0                                  ; d54b0007 03ca0ef4
BB18:
	s_branch BB1                                                ; bf82ffcf
BB19:
	s_endpgm                                                    ; bf810000
${figures(16, 32, 10)}`;

describe('GCN', () => {
  const kernel = parseCompiled(gcn);

  it('gives the figures of the driver', () => {
    expect(kernel).toMatchObject({
      vgprs: 12,
      spilledVgprs: 2,
      spilledSgprs: 3,
      ldsBytes: 1024,
      subgroupsPerSimd: 8,
      valu: 12,
      inverseThroughput: 425,
    });
  });

  it('counts the vector operations that the driver counts', () => {
    expect(kernel.shader).toEqual({
      operations: kernel.valu,
      multiplyAdds: 4,
      others: { v_mov_b32: 4, v_add_u32: 2, v_lshlrev_b32: 2 },
    });
  });

  it('finds the loop, which is several blocks', () => {
    expect(kernel.loop).toEqual({ operations: 6, multiplyAdds: 4, others: { v_add_u32: 1, v_lshlrev_b32: 1 } });
  });
});

describe('RDNA', () => {
  it('tells an inner loop from what surrounds it', () => {
    const kernel = parseCompiled(rdna);
    expect(kernel.shader).toMatchObject({ operations: kernel.valu, multiplyAdds: 8 });
    expect(kernel.loop).toEqual({ operations: 5, multiplyAdds: 4, others: { v_mov_b32: 1 } });
  });

  it('takes the outer loop where that does more', () => {
    const more = rdna.replace('BB18:', '	v_fmaak_f32 v4, v4, v5, 0x3f000000 ; 5a080b04 3f000000\nBB18:');
    expect(parseCompiled(more).loop).toEqual({ operations: 5, multiplyAdds: 5, others: {} });
  });

  it('counts both halves of dual issue and of packed operations, and repeats', () => {
    const line = '	v_dual_fmac_f32 v4, v12, v8 :: v_dual_mov_b32 v5, v13      ; c8101314 04050a0d\n';
    const packed = '	v_pk_fma_f32 v[4:5], v[6:7], v[8:9], v[4:5]                 ; d3b04004 1c121106\n';
    const text = rdna.replace('BB11:', `${line}	(then repeated 2 times)\n${packed}BB11:`);
    expect(parseCompiled(text).loop).toEqual({ operations: 13, multiplyAdds: 9, others: { v_mov_b32: 4 } });
  });

  it('finds no loop in straight code', () => {
    expect(parseCompiled(rdna.replaceAll(/s_c?branch\w* BB\d+/g, 's_nop 0')).loop).toBeNull();
  });
});

describe('what is no description of one kernel', () => {
  it.each([
    ['nothing', '', 'The driver described 0 kernels where one was compiled.'],
    ['two kernels', gcn + rdna, 'The driver described 2 kernels where one was compiled.'],
    ['figures without code', figures(8, 8, 1), 'The driver printed no machine code of a kernel.'],
    ['a figure less', gcn.replace(/^VALU.*$/m, ''), 'The driver does not say "VALU" of a kernel.'],
  ])('%s', (_, text, sentence) => {
    expect(() => parseCompiled(text)).toThrow(sentence);
  });
});

it('cuts the output of many pipelines at the lines between them', () => {
  const text = 'start\n=== rewarm pipeline 0 ===\nfirst\n\n=== rewarm pipeline 1 ===\n=== other ===\nsecond\n';
  const sections = splitSections(text);
  expect([...sections.keys()]).toEqual([0, 1]);
  expect(sections.get(0)?.trim()).toBe('first');
  expect(sections.get(1)?.trim()).toBe('=== other ===\nsecond');
});
