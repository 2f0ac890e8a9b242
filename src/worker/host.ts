// What the worker does with each command. Knows no comlink and no global, so that it can be tested in Node.

import type { TextData } from '../data/text';
import { type Engine, EngineError } from '../engine/engine';
import { faultySentence } from '../engine/tuning/store';
import { parseExperiment } from '../experiment/parse';
import { fileWeights, type Plan, plan } from '../experiment/plan';
import type { Experiment } from '../experiment/spec';
import type { BrowserStages } from '../storage/stages';
import { largestGroups } from '../train/estimate';
import { train } from '../train/loop';
import { lockstepShape } from '../train/shape';
import { bench } from './bench';
import { Driver } from './driver';
import { Estimates, unmeasured } from './estimates';
import { afterLoss, faultOf, lostAgain, sentence } from './faults';
import { filesReply } from './files';
import { type OpenMachine, openMachine, openReference, openWebGpu, type Surroundings } from './machine';
import type { BenchChoice, LabCommand, LabEvent, LabReply, Measured, RunEnd } from './protocol';
import { keptRecords, missingWeights } from './recall';
import { type SampleCommand, sample } from './sample';
import type { Fetch } from './served';
import { TextLibrary } from './text';
import { textFacts } from './text_facts';
import { Turns } from './turns';

export interface HostOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
  readonly stages: BrowserStages;
  /** Of this program. */
  readonly version: string;
  readonly push: (event: LabEvent) => void;
  readonly fetch: Fetch;
}

type Push = (event: LabEvent) => void;

/** What a run is made of. */
interface Material {
  readonly planned: Plan;
  readonly data: TextData;
}

/** Sizes that would take the processor hours. */
function isLarge({ experiment: { scale } }: Plan): boolean {
  return scale !== 'XS' && scale !== 'custom';
}

const tooLarge = `The processor can only train size XS. Choose XS, or reload the page to look for a graphics card again.`;

export class LabHost {
  readonly #options: HostOptions;
  readonly #text: TextLibrary;
  readonly #estimates = new Estimates();
  readonly #reported = new Set<string>();
  #opened: OpenMachine | null = null;
  #driver: Driver | null = null;
  #bench: AbortController | null = null;
  #sampling: AbortController | null = null;
  readonly #turns = new Turns();

  constructor(options: HostOptions) {
    this.#options = options;
    this.#text = new TextLibrary(options.base, options.fetch);
  }

  async command(command: LabCommand): Promise<LabReply> {
    switch (command.kind) {
      case 'detect':
        return this.#turns.next(async () => ({ kind: 'machine', machine: (await this.#machine()).machine }));
      case 'measure':
        return this.#turns.next(() => this.#measure(command.experiment));
      case 'recall':
        return this.#recall(command.experiments);
      case 'start':
        return this.#startRun(command.experiment, command.stepwise);
      case 'pause':
        this.#driver?.pause();
        return { kind: 'ok' };
      case 'resume':
        this.#driver?.resume();
        return { kind: 'ok' };
      case 'step':
        this.#driver?.step();
        return { kind: 'ok' };
      case 'stop':
        this.#driver?.stop();
        this.#driver = null;
        return { kind: 'ok' };
      case 'bench':
        return this.#startBench(command.cases);
      case 'stop-bench':
        this.#bench?.abort();
        return { kind: 'ok' };
      case 'checkpoint':
      case 'open-weights':
        return filesReply(command, this.#options.stages);
      case 'sample':
        return this.#sample(command);
      default:
        return command satisfies never;
    }
  }

  /** What is told until `signal` fires. */
  #pushUnless(signal: AbortSignal): Push {
    return (event) => signal.aborted || this.#options.push(event);
  }

  #startRun(experiment: Experiment, stepwise: boolean): Promise<LabReply> {
    const driver: Driver = new Driver(stepwise, (paused) => push({ kind: paused ? 'paused' : 'resumed' }));
    const { signal } = driver;
    const push = this.#pushUnless(signal);
    this.#driver = driver;
    this.#bench?.abort();
    this.#sampling?.abort();
    const material = this.#materialOf(experiment);
    // Awaited when the run's turn comes.
    material.catch(() => undefined);
    return this.#turns.nextUnless<LabReply>(signal, { kind: 'ended', end: 'stopped' }, async () => ({
      kind: 'ended',
      end: await this.#train(material, driver, push),
    }));
  }

  /** Never beside a run: both would be slower, and the figures those of half a machine. */
  async #startBench(cases: readonly BenchChoice[]): Promise<LabReply> {
    if (this.#driver) return { kind: 'benched', end: 'failed', message: 'A run is on. Stop it, or wait for its end.' };
    const abort = new AbortController();
    this.#bench?.abort();
    this.#bench = abort;
    const { signal } = abort;
    const stopped: LabReply = { kind: 'benched', end: 'stopped', message: null };
    return this.#turns.nextUnless(signal, stopped, () =>
      bench(this.#options.surroundings, cases, this.#pushUnless(signal), signal),
    );
  }

  /** Beside whatever the engine does, because it needs none. */
  async #recall(experiments: readonly Experiment[]): Promise<LabReply> {
    const { stages, push } = this.#options;
    try {
      const plans = experiments.map((experiment) => plan(parseExperiment(experiment)));
      stages.show(plans.flatMap(({ nodes }) => [...nodes.map(({ id }) => id), ...fileWeights(nodes)]));
      for (const planned of plans) {
        const records = await keptRecords(planned, this.#text, stages);
        if (records.length > 0) push({ kind: 'kept', records });
      }
    } catch (error) {
      push({ kind: 'fault', fault: faultOf(error), message: sentence(error), fatal: false });
    }
    return { kind: 'ok' };
  }

  /** A run that starts ends it. */
  async #sample(command: SampleCommand): Promise<LabReply> {
    if (this.#driver) return { kind: 'sampled', message: 'A run is on. Stop it, or wait for its end.' };
    const abort = new AbortController();
    this.#sampling?.abort();
    this.#sampling = abort;
    const { signal } = abort;
    const push = this.#pushUnless(signal);
    const stopped: LabReply = { kind: 'sampled', message: 'Writing was stopped, because a run has started.' };
    return this.#turns.nextUnless(signal, stopped, async () => {
      try {
        const { engine } = await this.#machine();
        return { kind: 'sampled', message: await sample(command, engine, this.#options.stages, push, signal) };
      } catch (error) {
        this.#giveUpAfter(error);
        return { kind: 'sampled', message: sentence(error) };
      }
    });
  }

  async #machine(): Promise<OpenMachine> {
    return this.#opened ?? this.#replace(await openMachine(this.#options.surroundings));
  }

  #replace(opened: OpenMachine): OpenMachine {
    this.#opened?.engine.destroy();
    this.#opened = opened;
    this.#estimates.forget(opened.machine.memory.bytes);
    this.#options.push({ kind: 'machine', machine: opened.machine });
    return opened;
  }

  async #measure(experiment: Experiment): Promise<LabReply> {
    let known: Pick<Measured, 'kept' | 'repeats'> = { kept: [], repeats: [] };
    try {
      const planned = plan(parseExperiment(experiment));
      // Without the list of texts nothing that is kept can be vouched for.
      const records = await keptRecords(planned, this.#text, this.#options.stages).catch(() => []);
      const { repeats, startSeconds } = await textFacts(planned, this.#text);
      const kept = new Set(records.map(({ node }) => node));
      known = { kept: [...kept], repeats };
      const { engine } = await this.#machine();
      if (engine.adapter.kind === 'reference' && isLarge(planned)) {
        return { kind: 'measured', ...unmeasured, ...known };
      }
      await this.#reportKernels(engine, planned);
      const impatient = () => this.#driver !== null;
      const estimate = await this.#estimates.of(planned, engine, kept, startSeconds, impatient);
      return { kind: 'measured', ...estimate, ...known };
    } catch (error) {
      if (error instanceof EngineError && error.fault === 'shader') {
        this.#replace(openReference('shader', error.message, this.#options.surroundings.device));
        return this.#measure(experiment);
      }
      this.#giveUpAfter(error);
      return { kind: 'measured', ...unmeasured, ...known };
    }
  }

  /** Says once which kernels compute wrongly here and are therefore not used. */
  async #reportKernels(engine: Engine, { nodes }: Plan): Promise<void> {
    for (const { node } of largestGroups({ nodes })) {
      const tuning = await engine.tuning(lockstepShape(node, 1));
      const message = tuning && faultySentence(tuning);
      if (!message || this.#reported.has(message)) continue;
      this.#reported.add(message);
      this.#options.push({ kind: 'fault', fault: 'shader', message, fatal: false });
    }
  }

  /** A device that has only refused a size is as good as before. */
  #giveUpAfter(error: unknown): void {
    if (error instanceof EngineError && error.fault !== 'limits' && error.fault !== 'out-of-memory')
      this.#forgetMachine();
  }

  #forgetMachine(): void {
    this.#opened?.engine.destroy();
    this.#opened = null;
  }

  /** The plan of an experiment and its text, which comes while the engine is still busy with what was asked before. */
  async #materialOf(experiment: Experiment): Promise<Material> {
    const parsed = parseExperiment(experiment);
    return { planned: plan(parsed), data: await this.#text.of(parsed) };
  }

  /** Trains; after a lost device once more on a new one, where finished stages are found again. */
  async #train(material: Promise<Material>, driver: Driver, push: Push): Promise<RunEnd> {
    try {
      const ready = await Promise.race([material, driver.stopped]);
      if (ready === null) return 'stopped';
      const { planned, data } = ready;
      const message = await missingWeights(planned, this.#options.stages);
      if (message) push({ kind: 'fault', fault: 'experiment', message, fatal: false });
      const attempt = (engine: Engine) =>
        driver.drive(
          train(planned, engine, data, {
            checkpoints: this.#options.stages,
            version: this.#options.version,
            signal: driver.signal,
            maxSteps: driver.maxSteps,
            maxRuns: this.#estimates.mostRuns,
          }),
          (event) => push({ kind: 'train', event }),
        );
      const { engine } = await this.#machine();
      if (engine.adapter.kind === 'reference' && isLarge(planned)) throw new EngineError('no-adapter', tooLarge);
      try {
        return await attempt(engine);
      } catch (error) {
        const next = await this.#recovered(error, planned.experiment, push);
        return await attempt(next).catch((again: unknown) => {
          throw lostAgain(again);
        });
      }
    } catch (error) {
      push({ kind: 'fault', fault: faultOf(error), message: sentence(error), fatal: true });
      this.#giveUpAfter(error);
      return 'failed';
    } finally {
      if (this.#driver === driver) this.#driver = null;
    }
  }

  /** An engine to go on with after `error`, or a rejection with what to do. */
  async #recovered(error: unknown, experiment: Experiment, push: Push): Promise<Engine> {
    if (!(error instanceof EngineError)) throw error;
    const { surroundings } = this.#options;
    if (error.fault === 'shader' && experiment.scale === 'XS') {
      return this.#replace(openReference('shader', error.message, surroundings.device)).engine;
    }
    if ((error.fault !== 'device-lost' && error.fault !== 'stalled') || !surroundings.gpu) throw error;
    push({
      kind: 'fault',
      fault: error.fault,
      message: `${error.message} Finished stages were kept; the stage that was running starts again.`,
      fatal: false,
    });
    this.#forgetMachine();
    const reopened = await openWebGpu(surroundings.gpu, surroundings).catch(() => null);
    if (reopened) return this.#replace(reopened).engine;
    throw new EngineError('device-lost', `The graphics card did not come back. ${afterLoss}`);
  }
}
