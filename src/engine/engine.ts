// What an engine is: something that trains R runs of one decoder in lockstep. Three exist: WebGPU (gpu/), WebAssembly
// SIMD (simd/) and the reference in JavaScript (reference/). Callers cannot tell them apart but by speed. An engine knows no experiment, no text, no browser page and no storage.

import type { KernelForms, Tuning } from './forms/forms';
import type { ModelShape } from './model';
import type { AdamW } from './optimizer';

/** What the machine offers, in words that can be shown and saved with a run. */
export interface AdapterReport {
  readonly kind: 'webgpu' | 'simd' | 'reference';
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True for software adapters (SwiftShader, llvmpipe). */
  readonly isFallback: boolean;
}

/** `NVIDIA GeForce RTX 3060`, `llvmpipe`: what a person would call it. */
export function adapterName({ kind, vendor, architecture, description }: AdapterReport): string {
  return description || [vendor, architecture].filter(Boolean).join(' ') || kind;
}

export interface LockstepShape {
  readonly model: ModelShape;
  /** R, runs trained together. */
  readonly runs: number;
  /** B, sequences a batch, of each run. */
  readonly batch: number;
  readonly optimizer: AdamW;
  /** The forms of the kernels, where they are to be those of an earlier run; else the engine chooses. */
  readonly kernels?: KernelForms;
}

/** Everything that determines what a run does next. P floats each. */
export interface RunState {
  readonly parameters: Float32Array;
  /** AdamW first moment. */
  readonly firstMoment: Float32Array;
  /** AdamW second moment. */
  readonly secondMoment: Float32Array;
  /** Optimizer steps taken since the moments were zero. */
  readonly step: number;
}

/** One training step of all R runs. */
export interface StepInput {
  /** (R, B, T+1) token windows: inputs are [0, T), targets [1, T+1). */
  readonly windows: Uint8Array;
  /** (R) learning rate of each run. */
  readonly learningRates: Float64Array;
}

export interface StepOutput {
  /** (R) mean cross-entropy of the batch, nats a token, before the update. Not finite: that run made no update. */
  readonly losses: Float64Array;
  /** (R) global gradient norm before clipping. */
  readonly gradientNorms: Float64Array;
}

/** R runs of one shape on one device. All memory is allocated when it is opened. One call at a time: they share buffers. */
export interface Lockstep {
  readonly shape: LockstepShape;
  /** The forms of the kernels, to be recorded with what is trained; null where there is only one. */
  readonly kernels: KernelForms | null;
  /** Bytes of memory held, of the device where it has its own. */
  readonly bytes: number;
  /** Replaces the state of one run. */
  write(run: number, state: RunState): void;
  /** Copies the state of one run; waits for submitted steps. Rejects with `EngineError` when the device is lost. */
  read(run: number): Promise<RunState>;
  /** Takes the steps in order; resolves when their losses have been read back, which is the proof that they ran. */
  train(steps: readonly StepInput[]): Promise<StepOutput[]>;
  /**
   * Loss of every window under every run's weights.
   * @param windows (n, T+1) tokens, any n >= 1
   * @returns (R, n) mean cross-entropy of each window, nats a token
   */
  evaluate(windows: Uint8Array): Promise<Float64Array>;
  /**
   * Logits at one position of each sequence, for sampling text.
   * @param windows (n, T) tokens, n <= B; later tokens do not matter to earlier positions
   * @param position (n) the row wanted in each sequence
   * @returns (n, V) logits of run `run`
   */
  logits(run: number, windows: Uint8Array, position: readonly number[]): Promise<Float32Array>;
  destroy(): void;
}

export interface Engine {
  readonly adapter: AdapterReport;
  /** Compiles and allocates; `progress` hears compiled and total pipelines. Rejects with `EngineError`. */
  open(shape: LockstepShape, progress?: (done: number, total: number) => void): Promise<Lockstep>;
  /** What was measured to choose the kernels of a shape, measured now if need be; null where there is no choice. */
  tuning(shape: LockstepShape, again?: boolean): Promise<Tuning | null>;
  /** Resolves with a sentence when the device is lost; never for one that computes on the processor. */
  readonly lost: Promise<string>;
  destroy(): void;
}

export type EngineFault =
  | 'no-webgpu'
  | 'no-adapter'
  | 'device-lost'
  | 'out-of-memory'
  | 'shader'
  | 'limits'
  | 'stalled';

/** A fault of the machine, not of the experiment; `message` is a plain sentence that can be shown. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly fault: EngineFault;
  constructor(fault: EngineFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
