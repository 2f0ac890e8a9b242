// Dispatches of head.wgsl, from the normalised residual stream to logits.

import { tensorOffset } from '../../model';
import type { Dispatch } from '../dispatch';
import { deep, flat, multiply } from '../product';
import type { Sizes } from '../sizes';

const weightOf = ({ layout }: Sizes) => tensorOffset(layout, 'embed_out', null);

export function headForward(sizes: Sizes): Dispatch {
  const { N, C, V, P, F } = sizes;
  const weight = weightOf(sizes);
  return multiply(
    sizes,
    {
      ...{ name: 'head.forward', rows: N, columns: V, depth: C },
      left: deep('xhat.final', C),
      right: deep('folded', C, weight),
      initial: { buffer: 'folded', firsts: [P] },
      to: { buffer: 'logits', first: 0, line: V },
    },
    {
      ...{ label: 'head.forward', shader: 'head', entry: 'forward', constants: { N, C, V, F } },
      bindings: { 1: 'folded', 2: 'xhat.final', 3: 'logits' },
      ...{ uniform: [weight, P], moved: N * V },
    },
  );
}

export function headBackward(sizes: Sizes): Dispatch {
  const { N, C, V, P, F } = sizes;
  const weight = weightOf(sizes);
  return multiply(
    sizes,
    {
      ...{ name: 'head.backward', rows: N, columns: C, depth: V },
      left: deep('logits', V),
      right: flat('folded', C, weight),
      to: { buffer: 'dxhat', first: 0, line: C },
    },
    {
      ...{ label: 'head.backward', shader: 'head', entry: 'backward', constants: { N, C, V, F } },
      bindings: { 1: 'folded', 3: 'logits', 4: 'dxhat' },
      ...{ uniform: [weight, P], moved: N * C },
    },
  );
}
