// Names for the pieces of a run's flat buffer (P), as the model reads them. The same views of a flat gradient
// are where the backward pass writes, so a view is always a window on the buffer, never a copy.

import { type ModelShape, parameterLayout } from '../model';

/** A linear layer with its own bias. */
export interface LinearViews {
  /** (M,K), rows of a combined matrix. */
  readonly weight: Float64Array;
  /** (M) */
  readonly bias: Float64Array;
}

export interface BlockViews {
  /** (C) each. */
  readonly ln1Weight: Float64Array;
  readonly ln1Bias: Float64Array;
  readonly ln2Weight: Float64Array;
  readonly ln2Bias: Float64Array;
  /** M = C, rows [0, C), [C, 2C) and [2C, 3C) of `in_proj`. */
  readonly query: LinearViews;
  readonly key: LinearViews;
  readonly value: LinearViews;
  /** M = 4C, rows [3C, 7C) of `in_proj`. */
  readonly up: LinearViews;
  /** (C,5C), columns [attention C | MLP down 4C]. */
  readonly outWeight: Float64Array;
  /** (C) each; the block adds both. */
  readonly attentionBias: Float64Array;
  readonly mlpBias: Float64Array;
}

export interface ParameterViews {
  /** (V,C) */
  readonly embedIn: Float64Array;
  /** (V,C) */
  readonly embedOut: Float64Array;
  readonly blocks: readonly BlockViews[];
  /** (C) each. */
  readonly finalWeight: Float64Array;
  readonly finalBias: Float64Array;
}

/** Views on `flat` (P), laid out by `parameterLayout`. */
export function parameterViews(model: ModelShape, flat: Float64Array): ParameterViews {
  const places = new Map<string, Float64Array>();
  for (const { name, layer, offset, shape } of parameterLayout(model).tensors) {
    const length = shape.reduce((a, b) => a * b, 1);
    places.set(`${layer}/${name}`, flat.subarray(offset, offset + length));
  }
  const find = (layer: number | null, name: string): Float64Array => {
    const view = places.get(`${layer}/${name}`);
    if (view === undefined) throw new Error(`The parameter layout has no tensor ${name} in layer ${layer}.`);
    return view;
  };
  return {
    embedIn: find(null, 'embed_in'),
    embedOut: find(null, 'embed_out'),
    blocks: Array.from({ length: model.layers }, (_, l) => blockViews(model.width, (name) => find(l, name))),
    finalWeight: find(null, 'final_ln.weight'),
    finalBias: find(null, 'final_ln.bias'),
  };
}

function blockViews(C: number, find: (name: string) => Float64Array): BlockViews {
  const rows = (begin: number, end: number): LinearViews => ({
    weight: find('in_proj.weight').subarray(begin * C, end * C),
    bias: find('in_proj.bias').subarray(begin, end),
  });
  return {
    ln1Weight: find('ln1.weight'),
    ln1Bias: find('ln1.bias'),
    ln2Weight: find('ln2.weight'),
    ln2Bias: find('ln2.bias'),
    query: rows(0, C),
    key: rows(C, 2 * C),
    value: rows(2 * C, 3 * C),
    up: rows(3 * C, 7 * C),
    outWeight: find('out_proj.weight'),
    attentionBias: find('attention.bias'),
    mlpBias: find('mlp.bias'),
  };
}
