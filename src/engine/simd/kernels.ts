// The kernels of assembly/ as typed functions on one memory. Numbers are addresses and strides in bytes, and counts;
// each kernel's file says what they mean.

import base64 from './assembly/index.ts?wasm';

type Address = number;

export interface Kernels {
  readonly memory: WebAssembly.Memory;
  adamw(
    parameters: Address,
    gradient: Address,
    firstMoment: Address,
    secondMoment: Address,
    count: number,
    ...factors: AdamwFactors
  ): void;
  squares(gradient: Address, count: number): number;
  attentionForward(...head: AttentionArguments): void;
  attentionBackward(...all: [...AttentionArguments, dy: Address, dqkv: Address, ldq: number]): void;
  attentionScratch(T: number, D: number): number;
  crossEntropy(logits: Address, targets: Address, rows: number, vocabulary: number, count: number): number;
  embeddingForward(tokens: Address, table: Address, x: Address, rows: number, width: number): void;
  embeddingBackward(tokens: Address, dx: Address, table: Address, rows: number, width: number): void;
  addBiases(x: Address, a: Address, b: Address, rows: number, width: number): void;
  clear(place: Address, bytes: number): void;
  expAll(x: Address, count: number): void;
  log(x: number): number;
  geluForward(x: Address, ldx: number, slope: Address, lds: number, rows: number, columns: number): void;
  geluBackward(d: Address, ldd: number, slope: Address, lds: number, rows: number, columns: number): void;
  layernormForward(x: Address, xhat: Address, rstd: Address, rows: number, width: number): void;
  layernormBackward(d: Address, xhat: Address, rstd: Address, dx: Address, rows: number, width: number): void;
  foldBias(w: Address, rows: number, columns: number, shift: Address, bias: Address, out: Address): void;
  packRows(w: Address, ldw: number, rows: number, columns: number, gain: Address, panels: Address): void;
  packColumns(
    w: Address,
    ldw: number,
    rows: number,
    columns: number,
    gain: Address,
    panels: Address,
    stride: number,
  ): void;
  unfold(
    dw: Address,
    w: Address,
    rows: number,
    columns: number,
    dbias: Address,
    gain: Address,
    shift: Address,
    dgain: Address,
    dshift: Address,
  ): void;
  columnSums(x: Address, ldx: number, rows: number, columns: number, sums: Address): void;
  /** Multiply-adds in registers alone. */
  probe(turns: number): number;
  product(
    a: Address,
    lda: number,
    panels: Address,
    c: Address,
    ldc: number,
    from: Address,
    ldf: number,
    rows: number,
    depth: number,
    columns: number,
  ): void;
  weightGradient(
    a: Address,
    lda: number,
    b: Address,
    ldb: number,
    c: Address,
    ldc: number,
    rows: number,
    left: number,
    right: number,
  ): void;
}

export type AdamwFactors = [
  scale: number,
  beta1: number,
  rest1: number,
  beta2: number,
  rest2: number,
  correction2: number,
  epsilon: number,
  step: number,
  decay: number,
];

export type AttentionArguments = [
  qkv: Address,
  B: number,
  T: number,
  H: number,
  D: number,
  cosines: Address,
  sines: Address,
  y: Address,
  ldy: number,
  stats: Address,
  scratch: Address,
];

let compiled: Promise<object> | undefined;

/** A new instance with a memory of its own; compiled once for all. */
export async function instantiateKernels(): Promise<Kernels> {
  compiled ??= WebAssembly.compile(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  const { exports } = await WebAssembly.instantiate(await compiled);
  return exports as unknown as Kernels;
}
