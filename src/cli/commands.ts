// What the command line can be asked for, as plain values: arguments.ts makes them, and each verb's file carries one out.

import type { FigureId } from '../experiment/figures';
import type { ScaleName } from '../experiment/spec';
import type { ShapeName } from '../neox/shapes';
import type { FamilyName } from './isa/families';

export const engineChoices = ['auto', 'webgpu', 'cpu', 'reference'] as const;
export type EngineChoice = (typeof engineChoices)[number];
/** Where on an arm's path: before the first step, after its first stage, after its last. */
export type CheckpointPlace = 'init' | 'base' | 'final';

export interface RunCommand {
  readonly verb: 'run';
  /** A preset's name, a path or a link. */
  readonly experiment: string;
  readonly scale: ScaleName | null;
  readonly seeds: readonly number[] | null;
  readonly steps: number | null;
  /** Path of a file of weights to start from. */
  readonly weights: string | null;
  readonly out: string | null;
  readonly engine: EngineChoice;
}

export interface FigureCommand {
  readonly verb: 'figure';
  readonly figure: FigureId;
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  /** Share of the scale's steps. */
  readonly budget: number;
  /** Parts to train, by key; null for all that the figure has. */
  readonly parts: readonly string[] | null;
  /** Arms to train, by id; null for all. */
  readonly arms: readonly string[] | null;
  readonly out: string | null;
  readonly checkpoints: string;
  readonly engine: EngineChoice;
}

/** Which weights of a folder that `run` wrote. */
export interface CheckpointChoice {
  readonly folder: string;
  readonly arm: string;
  readonly seed: number;
  readonly at: CheckpointPlace;
}

/** Every file that follows from results. */
export interface ExportResultsCommand {
  readonly verb: 'export-results';
  /** A folder with results, a file of them, or a link. */
  readonly place: string;
  readonly to: string;
}

export interface ExportCommand extends CheckpointChoice {
  readonly verb: 'export';
  readonly to: string;
  readonly audit: boolean;
}

export interface ShowCommand {
  readonly verb: 'show';
  /** A folder with results, or a file of them. */
  readonly place: string;
  /** Folder for table and drawing; null to print only. */
  readonly to: string | null;
}

export interface LinkCommand extends Pick<RunCommand, 'scale' | 'seeds' | 'steps'> {
  readonly verb: 'link';
  /** A preset's name, the path of an experiment or of results, or a link. */
  readonly place: string;
  /** Address of a copy of the page. */
  readonly site: string;
}

export interface NeoxCommand {
  readonly verb: 'neox';
  /** A preset's name, the path of an experiment or of results, or a link. */
  readonly place: string;
  readonly to: string;
  readonly shape: ShapeName;
}

export interface SampleCommand extends CheckpointChoice {
  readonly verb: 'sample';
  readonly prompt: string;
  /** Bytes to write after the prompt. */
  readonly length: number;
  readonly temperature: number;
  readonly sampleSeed: number;
  readonly engine: EngineChoice;
}

export interface BenchCommand {
  readonly verb: 'bench';
  readonly scales: readonly ScaleName[];
  /** Runs in lockstep. */
  readonly runs: readonly number[];
  /** Graphics cards to compile for, instead of timing; null to time. */
  readonly isa: readonly FamilyName[] | null;
  readonly json: boolean;
}

export type Command =
  /** Help or the version. */
  | { readonly verb: 'print'; readonly text: string }
  | RunCommand
  | FigureCommand
  | ShowCommand
  | LinkCommand
  | NeoxCommand
  | ExportCommand
  | ExportResultsCommand
  | SampleCommand
  | BenchCommand;
