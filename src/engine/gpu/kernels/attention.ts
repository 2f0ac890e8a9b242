// Dispatches of attention.wgsl for block `layer`.

import { type AttentionForm, attentionForms } from '../../forms/forms';
import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

/** Threads of a workgroup at most, where nothing else sets them. */
const THREADS = 64;

/** How T positions of a sequence are spread in the form `name`. Depends on the shape alone, never on R. */
function attentionGrid(T: number, D: number, name: AttentionForm) {
  const { text, lanes, keyParts } = attentionForms[name];
  if (text === 'subgroups') {
    // As measured on SwiftShader (4 lanes, half the time to compile) and llvmpipe (8). Wide heads fill a thread sooner.
    const QUERIES = D > 32 ? 1 : lanes === 4 ? 2 : 4;
    return { overrides: { THREADS: lanes, QUERIES }, forKeys: {}, groups: Math.ceil(T / (lanes * QUERIES)), keyParts };
  }
  const groups = Math.ceil(T / THREADS);
  return { overrides: { THREADS: 8 * Math.ceil(T / groups / 8) }, forKeys: { KEY_PARTS: keyParts }, groups, keyParts };
}

function attention(sizes: Sizes, layer: number, entry: string, products: number, bytes: number): Dispatch {
  const { R, B, N, T, C, H, D, forms } = sizes;
  const { overrides, forKeys, groups, keyParts } = attentionGrid(T, D, forms.attention);
  const bindings: Record<string, Record<number, string>> = {
    forward: { 1: `qkv.${layer}`, 2: `mix.${layer}`, 3: `lse.${layer}` },
    backward_q: {
      1: `qkv.${layer}`,
      2: `mix.${layer}`,
      3: `lse.${layer}`,
      4: 'da',
      5: 'delta',
      6: 'rotary',
      7: 'dy',
    },
    backward_kv: { 1: `qkv.${layer}`, 3: `lse.${layer}`, 4: 'da', 5: 'delta', 6: 'rotary', 7: 'dy' },
  };
  return {
    label: `${layer}.attention.${entry}`,
    shader: 'attention',
    form: attentionForms[forms.attention].text,
    entry,
    overrides: { N, T, C, H, D, ...overrides, ...(entry === 'backward_kv' ? forKeys : {}) },
    bindings: bindings[entry] ?? {},
    uniform: null,
    grid: [entry === 'backward_kv' ? keyParts * groups : groups, B * H, R],
    flops: 2 * products * R * N * C * ((T + 1) / 2),
    bytes,
  };
}

export function attentionForward(sizes: Sizes, layer: number): Dispatch {
  const { R, N, C, H } = sizes;
  return attention(sizes, layer, 'forward', 2, 4 * R * N * (4 * C + H));
}

/** Query gradient first: it also makes `delta`, which the key and value gradient reads. */
export function attentionBackward(sizes: Sizes, layer: number): Dispatch[] {
  const { R, N, C, H } = sizes;
  return [
    attention(sizes, layer, 'backward_q', 3, 4 * R * N * (6 * C + 2 * H)),
    attention(sizes, layer, 'backward_kv', 4, 4 * R * N * (6 * C + 2 * H)),
  ];
}
