// The decoder's shape and the layout of its parameters in one flat buffer per run.
// Alphabet: R runs, B sequences, T context, C width, H heads, D head size, L layers, V vocabulary,
// N = B*T rows, P parameters.

/** A GPT-NeoX decoder (Black et al. 2022; Ibrahim et al. 2024, table 13), sizes in the field's letters. */
export interface ModelShape {
  /** V, number of tokens; a multiple of 4. */
  readonly vocabulary: number;
  /** T, tokens a sequence. */
  readonly context: number;
  /** C, width of the residual stream; a multiple of 4 and of `heads`. */
  readonly width: number;
  /** L, number of blocks. */
  readonly layers: number;
  /** H, attention heads; D = C / H, a multiple of 4. */
  readonly heads: number;
  /** Share of each head that is rotated, 0..1; `rotaryDimensions` gives the even number of dimensions. */
  readonly rotaryFraction: number;
}

export type Initializer = 'small' | 'wang' | 'zero' | 'one';

/** One named block of the flat parameter buffer. Row-major, `shape` as in PyTorch (out, in). */
export interface ParameterTensor {
  readonly name: string;
  /** Block index, or null for embeddings and the final LayerNorm. */
  readonly layer: number | null;
  /** First element, in floats; a multiple of 4. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
}

export interface ParameterLayout {
  /** P, floats per run. */
  readonly size: number;
  /** Matrices come first: elements [0, decayed) get weight decay, the rest (biases, LayerNorm) do not. */
  readonly decayed: number;
  readonly tensors: readonly ParameterTensor[];
}

/** D, size of a head. */
export function headSize(model: ModelShape): number {
  return model.width / model.heads;
}

/** Even number of leading dimensions of each head that rotary embedding turns. */
export function rotaryDimensions(model: ModelShape): number {
  return 2 * Math.round((headSize(model) * model.rotaryFraction) / 2);
}

/** Every reason why the engine cannot train this shape, in plain sentences; empty when it can. */
export function modelProblems(model: ModelShape): string[] {
  const problems: string[] = [];
  const whole: [string, number, number][] = [
    ['vocabulary', model.vocabulary, 4],
    ['context', model.context, 1],
    ['width', model.width, 4],
    ['layers', model.layers, 1],
    ['heads', model.heads, 1],
  ];
  for (const [name, value, multiple] of whole) {
    if (!Number.isInteger(value) || value < 1) problems.push(`${name} must be a whole number above 0, not ${value}.`);
    else if (value % multiple !== 0) problems.push(`${name} must be a multiple of ${multiple}, not ${value}.`);
  }
  if (problems.length > 0) return problems;
  const head = headSize(model);
  if (head % 4 !== 0 || head > 64) {
    problems.push(`width / heads must be a multiple of 4 and at most 64, not ${head}.`);
  }
  if (!(model.rotaryFraction >= 0 && model.rotaryFraction <= 1)) {
    problems.push(`rotaryFraction must lie between 0 and 1, not ${model.rotaryFraction}.`);
  }
  return problems;
}

/**
 * Where each tensor lives in a run's flat buffer of P floats.
 *
 * Products that read the same input are stored as one matrix so that each is one matmul:
 * `in_proj` (7C, C) = rows [query C | key C | value C | MLP up 4C], and `out_proj` (C, 5C) =
 * columns [attention C | MLP down 4C]. Rows of query, key and value are ordered head by head.
 * Inside the rotated part of a head, dimension pairs (i, i + rot/2) of GPT-NeoX are neighbours (2i, 2i+1);
 * export to and import from Hugging Face files undo this (src/train/safetensors).
 */
export function parameterLayout(model: ModelShape): ParameterLayout {
  const { vocabulary: V, width: C, layers: L } = model;
  const tensors: ParameterTensor[] = [];
  let offset = 0;
  const add = (name: string, layer: number | null, shape: readonly number[], initializer: Initializer) => {
    tensors.push({ name, layer, offset, shape, initializer });
    offset += shape.reduce((a, b) => a * b, 1);
  };
  add('embed_in', null, [V, C], 'small');
  for (let l = 0; l < L; l++) {
    add('in_proj.weight', l, [7 * C, C], 'small');
    add('out_proj.weight', l, [C, 5 * C], 'wang');
  }
  add('embed_out', null, [V, C], 'small');
  const decayed = offset;
  for (let l = 0; l < L; l++) {
    add('ln1.weight', l, [C], 'one');
    add('ln1.bias', l, [C], 'zero');
    add('ln2.weight', l, [C], 'one');
    add('ln2.bias', l, [C], 'zero');
    add('in_proj.bias', l, [7 * C], 'zero');
    add('attention.bias', l, [C], 'zero');
    add('mlp.bias', l, [C], 'zero');
  }
  add('final_ln.weight', null, [C], 'one');
  add('final_ln.bias', null, [C], 'zero');
  return { size: offset, decayed, tensors };
}

/** P, number of parameters of the model. */
export function parameterCount(model: ModelShape): number {
  return parameterLayout(model).size;
}

/** Standard deviation of an initializer: small-init sqrt(2/(5C)), wang-init 2/(L sqrt(C)) (GPT-NeoX init_functions). */
export function initialDeviation(initializer: 'small' | 'wang', model: ModelShape): number {
  return initializer === 'small' ? Math.sqrt(2 / (5 * model.width)) : 2 / (model.layers * Math.sqrt(model.width));
}

/** First float of a named tensor; the name must exist. */
export function tensorOffset(layout: ParameterLayout, name: string, layer: number | null): number {
  const tensor = layout.tensors.find((t) => t.name === name && t.layer === layer);
  if (!tensor) throw new RangeError(`No parameter ${name} in layer ${layer}.`);
  return tensor.offset;
}
