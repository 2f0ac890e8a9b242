// Dispatches of attention.wgsl for block `layer`.

import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

function attention(sizes: Sizes, layer: number, entry: string, products: number, bytes: number): Dispatch {
  const { R, N, T, C, H, D } = sizes;
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
    entry,
    overrides: { N, T, C, H, D },
    bindings: bindings[entry] ?? {},
    uniform: null,
    grid: [Math.ceil((N * H) / 64), 1, R],
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
