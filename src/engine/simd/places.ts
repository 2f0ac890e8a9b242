// Where everything lies in the memory of an instance: R states, and one set of all that a pass needs, because runs are
// computed one after another. Addresses in bytes. Rows go up to the next multiple of four: see assembly/product.ts.

import type { LockstepShape } from '../engine';
import { headSize, type ParameterLayout, parameterLayout, tensorOffset } from '../model';

export interface Sizes {
  readonly B: number;
  readonly T: number;
  readonly C: number;
  readonly H: number;
  readonly D: number;
  readonly L: number;
  readonly V: number;
  readonly P: number;
}

/** A matrix's panels, for the pass forward and the pass back. */
interface LayerPanels {
  readonly qkv: number;
  readonly up: number;
  readonly out: number;
  readonly attentionBack: number;
  readonly downBack: number;
  readonly inBack: number;
  /** (7C) biases with the LayerNorms' shifts in them. */
  readonly bias: number;
}

/** What a layer keeps for the pass back. */
interface LayerRows {
  readonly xhat: number;
  readonly rstd: number;
  readonly qkv: number;
  readonly mix: number;
  readonly slope: number;
  readonly stats: number;
}

export interface Places {
  readonly sizes: Sizes;
  readonly layout: ParameterLayout;
  readonly runs: readonly { readonly parameters: number; readonly first: number; readonly second: number }[];
  readonly gradient: number;
  readonly panels: readonly LayerPanels[];
  readonly headPanels: number;
  readonly headBack: number;
  readonly headBias: number;
  readonly layers: readonly LayerRows[];
  readonly final: { readonly xhat: number; readonly rstd: number };
  readonly x: number;
  readonly dx: number;
  readonly dxhat: number;
  readonly da: number;
  readonly dy: number;
  readonly logits: number;
  readonly headSums: number;
  readonly zeros: number;
  readonly ones: number;
  readonly cosines: number;
  readonly sines: number;
  readonly scratch: number;
  readonly tokens: number;
  readonly targets: number;
  /** Bytes to the end. */
  readonly end: number;
}

export function sizesOf({ model, batch }: LockstepShape): Sizes {
  const { vocabulary: V, context: T, width: C, layers: L, heads: H } = model;
  return { B: batch, T, C, H, D: headSize(model), L, V, P: parameterLayout(model).size };
}

const up8 = (n: number) => 8 * Math.ceil(n / 8);

/** First address of the tensor `name` in a flat buffer that begins at `buffer`. */
export function tensorAt(layout: ParameterLayout, buffer: number, name: string, layer: number | null): number {
  return buffer + 4 * tensorOffset(layout, name, layer);
}

/** @param base first free address, `scratchBytes` of attention */
export function placesOf(shape: LockstepShape, base: number, scratchBytes: number): Places {
  const sizes = sizesOf(shape);
  const { B, T, C, H, D, L, V, P } = sizes;
  let end = base;
  /** `count` floats from the beginning of a cache line on, and one line behind them, where an edge may be read. */
  const take = (count: number): number => {
    const at = 64 * Math.ceil(end / 64);
    end = at + 4 * count + 64;
    return at;
  };
  const rows = 4 * Math.ceil((B * T) / 4);
  const ofRows = (columns: number) => take(rows * columns);
  const each = <Value>(count: number, make: () => Value) => Array.from({ length: count }, make);
  return {
    sizes,
    layout: parameterLayout(shape.model),
    runs: each(shape.runs, () => ({ parameters: take(P), first: take(P), second: take(P) })),
    gradient: take(P),
    panels: each(L, () => ({
      qkv: take(up8(3 * C) * C),
      up: take(4 * C * C),
      out: take(up8(C) * 5 * C),
      attentionBack: take(up8(C) * C),
      downBack: take(4 * C * C),
      inBack: take(up8(C) * 7 * C),
      bias: take(7 * C),
    })),
    headPanels: take(up8(V) * C),
    headBack: take(up8(C) * V),
    headBias: take(V),
    layers: each(L, () => ({
      xhat: ofRows(C),
      rstd: ofRows(1),
      qkv: ofRows(3 * C),
      mix: ofRows(5 * C),
      slope: ofRows(4 * C),
      stats: ofRows(2 * H),
    })),
    final: { xhat: ofRows(C), rstd: ofRows(1) },
    x: ofRows(C),
    dx: ofRows(C),
    dxhat: ofRows(C),
    da: ofRows(C),
    dy: ofRows(7 * C),
    logits: ofRows(V),
    headSums: take(V),
    zeros: take(up8(Math.max(5 * C, V))),
    ones: take(up8(Math.max(7 * C, V))),
    cosines: take(T * D),
    sines: take(T * D),
    scratch: take(scratchBytes / 4),
    tokens: take(Math.ceil((B * T) / 4)),
    targets: take(Math.ceil((B * T) / 4)),
    end,
  };
}
