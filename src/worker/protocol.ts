// What crosses the border between the page and the worker: commands one way, events the other, all plain values.

import type { BenchReport } from '../engine/bench/report';
import type { BenchProgress } from '../engine/bench/run';
import type { AdapterReport, EngineFault } from '../engine/engine';
import type { StageRecord } from '../experiment/evidence/record';
import type { Repeat } from '../experiment/repeats';
import type { Experiment, ScaleName } from '../experiment/spec';
import type { TrainEvent } from '../train/events';

export type LabCommand =
  /** Finds out what this machine can do; answered with `machine`. */
  | { readonly kind: 'detect' }
  /** Times a few steps of the experiment; answered with `measured`. */
  | { readonly kind: 'measure'; readonly experiment: Experiment }
  /** Tells what is kept of the experiments, all that the page shows now, as `kept` events; answered with `ok`. */
  | { readonly kind: 'recall'; readonly experiments: readonly Experiment[] }
  /** Trains the experiment; answered with `ended` when it is over, whatever the reason. `stepwise`: one step, then pause. */
  | { readonly kind: 'start'; readonly experiment: Experiment; readonly stepwise: boolean }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** One training step, then pause. */
  | { readonly kind: 'step' }
  | { readonly kind: 'stop' }
  /** Measures the adapter; answered with `benched`. Refused while a run is on; a run that starts ends it. */
  | { readonly kind: 'bench'; readonly cases: readonly BenchChoice[] }
  | { readonly kind: 'stop-bench' }
  /** The weights at the end of a kept stage, for other programs; answered with `files` or `refused`. */
  | {
      readonly kind: 'checkpoint';
      readonly experiment: Experiment;
      /** Id of its plan node. */
      readonly node: string;
    }
  /** Keeps weights to start from, out of a safetensors file; answered with `weights` or `refused`. */
  | {
      readonly kind: 'open-weights';
      /** The file's, for people. */
      readonly name: string;
      readonly file: Uint8Array;
      /** The text of config.json; null without it. */
      readonly config: string | null;
    }
  /** Has kept stages of the experiment continue the prompts: one `written` event each, answered with `sampled`. */
  | {
      readonly kind: 'sample';
      readonly experiment: Experiment;
      /** Ids of plan nodes. */
      readonly nodes: readonly string[];
      readonly prompts: readonly string[];
    };

/** A model's size and how many runs train together. */
export interface BenchChoice {
  readonly scale: ScaleName;
  readonly runs: number;
}

export type BenchEnd = 'finished' | 'stopped' | 'failed';

export type RunEnd = 'finished' | 'stopped' | 'failed';

export type LabReply =
  | { readonly kind: 'ok' }
  | { readonly kind: 'machine'; readonly machine: Machine }
  | Measured
  | { readonly kind: 'ended'; readonly end: RunEnd }
  /** `message`: why it failed. What was measured before came as events. */
  | { readonly kind: 'benched'; readonly end: BenchEnd; readonly message: string | null }
  /** Known by their sum, and the size of model that they are of. */
  | { readonly kind: 'weights'; readonly sha256: string; readonly scale: ScaleName }
  | { readonly kind: 'files'; readonly files: readonly NamedFile[] }
  /** `message`: why, in a sentence. */
  | { readonly kind: 'refused'; readonly message: string }
  /** `message`: what could not be written and why; null when everything was. */
  | { readonly kind: 'sampled'; readonly message: string | null };

export interface NamedFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer> | string;
}

/** What the untrained part of an experiment costs here; null where that is not known. */
export interface Measured {
  readonly kind: 'measured';
  readonly seconds: number | null;
  /** Device memory. */
  readonly bytes: number | null;
  /** Share of the time that goes into measuring losses. */
  readonly evaluationShare: number | null;
  /** Runs that train at once where memory does not allow all that could; null where it does. */
  readonly together: { readonly runs: number; readonly of: number } | null;
  /** Text that a stage reads more than once. */
  readonly repeats: readonly Repeat[];
  /** Ids of the experiment's plan nodes that are kept and need no training. */
  readonly kept: readonly string[];
}

/** Why the WebGPU engine is not used; null when it is. */
export type Obstacle = 'insecure' | 'no-webgpu' | 'no-adapter' | 'shader' | 'limits' | 'other';

/** What the browser tells the page of the device it runs on, which WebGPU does not. */
export interface Device {
  /** True where fingers point: a phone or a tablet, which ends a tab that holds too much. */
  readonly handheld: boolean;
  /** Memory in gigabytes, where the browser says it. */
  readonly gigabytes: number | null;
}

/** Bytes that training may hold. */
export interface Memory {
  readonly bytes: number;
  /** What it was chosen by. */
  readonly device: Device;
  /** Bytes that a single run of each size takes. */
  readonly needs: Readonly<Record<ScaleName, number>>;
}

export interface Machine {
  readonly adapter: AdapterReport;
  readonly obstacle: Obstacle | null;
  /** The engine's own words about the obstacle, for the report. */
  readonly detail: string | null;
  /** What the adapter allows, by the names of the WebGPU specification; empty without an adapter. */
  readonly limits: Readonly<Record<string, number>>;
  readonly memory: Memory;
}

export type Fault = EngineFault | 'data' | 'experiment' | 'storage' | 'worker' | 'internal';

export type LabEvent =
  | { readonly kind: 'train'; readonly event: TrainEvent }
  | { readonly kind: 'machine'; readonly machine: Machine }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'bench-progress'; readonly progress: BenchProgress }
  | { readonly kind: 'bench-report'; readonly report: BenchReport }
  /** Stages that were trained before, whole. */
  | { readonly kind: 'kept'; readonly records: readonly StageRecord[] }
  /** What one stage continues each prompt with. */
  | { readonly kind: 'written'; readonly node: string; readonly texts: readonly string[] }
  /** Something a person should read. `fatal`: the run cannot go on. */
  | { readonly kind: 'fault'; readonly fault: Fault; readonly message: string; readonly fatal: boolean };

export type LabListener = (events: readonly LabEvent[]) => void;

/** The worker as the page's stores know it. */
export interface LabPort {
  listen(listener: LabListener): void;
  /** Rejects only when the worker is gone, with a sentence that can be shown. */
  command(command: LabCommand): Promise<LabReply>;
}

/** What comlink exposes; the listener is the only thing that crosses as a proxy. */
export interface LabWorker {
  /** @param base address under which the page's files lie */
  connect(base: string, device: Device, listener: LabListener): void;
  command(command: LabCommand): Promise<LabReply>;
}
