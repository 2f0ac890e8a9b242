// Picks the form of each kernel by trying it on this very adapter: first its numbers against the CPU twin's, then, where
// there is a choice, its time. Takes about a second at most for measuring; what is then left takes the form that won among
// its like, which still has to show right numbers.

import { type AdapterReport, EngineError, type LockstepShape } from '../engine';
import {
  type AttentionForm,
  type KernelForms,
  type ProductForm,
  type ProductName,
  plainForms,
  productNames,
  type Tried,
  type Tuning,
} from '../forms/forms';
import { bufferWords } from '../gpu/buffers';
import { availableAttention, availableProducts } from '../gpu/capable';
import { grantBuffers } from '../gpu/grant';
import type { LockstepHost } from '../gpu/lockstep';
import { type Captured, capture } from '../gpu/pipeline';
import { readBack, submit } from '../gpu/run';
import { type Sizes, sizesOf } from '../gpu/sizes';
import { contents } from './trial_inputs';
import { type KnownResult, type Trial, trialsOf } from './trials';

export interface TunedHost extends LockstepHost {
  readonly adapter: AdapterReport;
}

/** Trying stops after this long. What is compiled in advance is not counted: nearly all of it trains later. */
const BUDGET_MS = 1000;
/** A measurement repeats the kernel until it takes about this long. */
const SAMPLE_MS = 8;
const MOST_REPEATS = 32;
/** The least of so many is taken: other work on the machine only ever adds. */
const SAMPLES = 3;
/** A later form must take less than this share of the time of the best before it: it takes longer to compile. */
const CLEARLY = 0.9;

type Form = ProductForm | AttentionForm;

/**
 * Forms worth trying, the likeliest first. On software adapters, where waiting for the compiler is what a first start is,
 * the first that is right will do: the plain form is several times slower than subgroups, workgroup memory many times.
 */
function candidates({ device, adapter }: TunedHost, name: Trial['name']): Form[] {
  // The widest, which is listed last.
  const shared = (forms: readonly Form[]) => forms.filter((form) => form.startsWith('subgroups')).slice(-1);
  if (name === 'attention') {
    const forms = availableAttention(device);
    return adapter.isFallback ? [...shared(forms), 'registers'] : ['registers', 'registers split', ...shared(forms)];
  }
  const forms = availableProducts(device);
  if (adapter.isFallback) return [...shared(forms), 'registers 8x8'];
  return ['tiles 64x64', 'tiles 32x32', 'registers 8x8', ...shared(forms)];
}

function withForm(name: Trial['name'], form: Form): KernelForms {
  if (name === 'attention') return { ...plainForms, attention: form as AttentionForm };
  return { ...plainForms, products: { ...plainForms.products, [name]: form as ProductForm } };
}

/** Measures and chooses. Rejects with EngineError when no form of a kernel gives right numbers, or the device is lost. */
export async function tune(host: TunedHost, shape: LockstepShape, key: string): Promise<Tuning> {
  const begin = host.clock();
  const sizes = sizesOf({ ...shape, runs: 1 });
  const bench = new TrialBench(host, sizes);
  const trials = trialsOf(sizes, bench.content);
  // What wins for the largest products is what the others of the same pass begin with.
  const largest = host.adapter.isFallback ? [] : trials.filter(({ name }) => name.startsWith('in_proj'));
  const choice: Choice = { tried: [], chosen: new Map(), spent: 0 };
  try {
    await tryAll(host, bench, largest, 2, choice);
    const others = trials.filter((trial) => !largest.includes(trial));
    await tryAll(host, bench, others, 1, choice);
  } finally {
    bench.destroy();
  }
  return {
    v: 1,
    key,
    kernels: choiceOf((name) => choice.chosen.get(name)),
    tried: choice.tried,
    milliseconds: host.clock() - begin,
  };
}

/** In the one order that a choice has wherever it is read back: equal choices are equal as text. */
function choiceOf(form: (name: Trial['name']) => Form | undefined): KernelForms {
  const chosen = Object.fromEntries(productNames.map((name) => [name, form(name)])) as Record<ProductName, ProductForm>;
  return { attention: form('attention') as AttentionForm, products: chosen };
}

/** What is known so far. */
interface Choice {
  readonly tried: Tried[];
  readonly chosen: Map<Trial['name'], Form>;
  /** Milliseconds spent on trying, compilation in advance not counted. */
  spent: number;
}

/** @param compiled forms of each that will be tried in any case */
async function tryAll(
  host: TunedHost,
  bench: TrialBench,
  trials: readonly Trial[],
  compiled: number,
  choice: Choice,
): Promise<void> {
  const order = ({ name }: Trial) => likeliest(candidates(host, name), choice.chosen, name);
  const compiling = bench.precompile(trials, (trial) => order(trial).slice(0, compiled));
  // While the compiler works.
  const cases = trials.map((trial) => ({ trial, known: trial.known() }));
  await compiling;
  for (const { trial, known } of cases) {
    const results: Tried[] = [];
    for (const form of order(trial)) {
      const timed = !host.adapter.isFallback && choice.spent < BUDGET_MS;
      if (!timed && results.some(({ fault }) => fault === null)) break;
      const from = host.clock();
      results.push(await bench.attempt(trial, form, known, timed));
      choice.spent += host.clock() - from;
    }
    const best = fastest(results);
    if (!best) throw new EngineError('shader', faultOf(trial.name, results));
    choice.chosen.set(trial.name, best.form);
    choice.tried.push(...results);
  }
}

/** What won for a kernel of the same pass, or at all, goes first, so that it is what is used when time runs out. */
function likeliest(forms: readonly Form[], chosen: ReadonlyMap<Trial['name'], Form>, name: Trial['name']): Form[] {
  const pass = name.split('.')[1];
  const winners = [...chosen].filter(([, form]) => forms.includes(form));
  const winner = (winners.find(([other]) => other.split('.')[1] === pass) ?? winners[0])?.[1];
  return winner && forms.includes(winner) ? [winner, ...forms.filter((form) => form !== winner)] : [...forms];
}

function fastest(results: readonly Tried[]): Tried | undefined {
  const right = results.filter(({ fault }) => fault === null);
  const time = ({ milliseconds }: Tried) => milliseconds ?? Number.POSITIVE_INFINITY;
  return right.reduce<Tried | undefined>(
    (best, one) => (best && !(time(one) < CLEARLY * time(best)) ? best : one),
    undefined,
  );
}

function faultOf(name: string, results: readonly Tried[]): string {
  const reasons = results.map(({ form, fault }) => `${form}: ${fault}`).join(' ');
  return `No form of ${name} works on this adapter, so it cannot be trained on. ${reasons}`;
}

/** Buffers of one run, and the trials played on them. */
class TrialBench {
  /** Inputs by name. */
  readonly content: (buffer: string) => Float32Array<ArrayBuffer>;
  readonly #host: LockstepHost;
  readonly #words: ReadonlyMap<string, number>;
  readonly #buffers = new Map<string, { readonly buffer: GPUBuffer }>();
  readonly #owned: GPUBuffer[] = [];

  constructor(host: LockstepHost, sizes: Sizes) {
    this.#host = host;
    this.#words = bufferWords(sizes);
    this.content = contents(this.#words);
  }

  /** Compiles what will be tried in any case, all at once, so that every core of the machine has something to do. */
  async precompile(trials: readonly Trial[], forms: (trial: Trial) => Form[]): Promise<void> {
    const { device, cache } = this.#host;
    const dispatches = trials.flatMap((trial) =>
      forms(trial).flatMap((form) => trial.dispatches(withForm(trial.name, form))),
    );
    device.pushErrorScope('validation');
    // What fails is known again, with its reason, when it is tried.
    await Promise.allSettled(dispatches.map((dispatch) => cache.pipeline(dispatch)));
    await device.popErrorScope();
  }

  /** Tries one form: right numbers first, then, if there is time, how long it takes. */
  async attempt(trial: Trial, form: Form, known: readonly KnownResult[], measure: boolean): Promise<Tried> {
    const tried = { kernel: trial.name, form, milliseconds: null };
    const compiled = await this.#captured(trial, form);
    if (typeof compiled === 'string') return { ...tried, fault: compiled };
    const { device } = this.#host;
    for (const name of trial.inputs) device.queue.writeBuffer(this.#buffer(name), 0, this.content(name));
    submit(device, [{ before: [], dispatches: compiled, after: [] }]);
    const fault = await this.#compare(known);
    if (fault !== null || !measure) return { ...tried, fault };
    return { ...tried, milliseconds: await this.#time(compiled, known[0]?.buffer ?? 'x'), fault };
  }

  async #captured(trial: Trial, form: Form): Promise<readonly Captured[] | string> {
    const { device, cache } = this.#host;
    const dispatches = trial.dispatches(withForm(trial.name, form));
    await this.#hold(dispatches.flatMap(({ bindings }) => Object.values(bindings)));
    // A text that this adapter's compiler refuses must not count as a fault of the device.
    device.pushErrorScope('validation');
    try {
      const { captured, uniforms } = await capture(device, cache, dispatches, this.#buffers);
      this.#owned.push(uniforms);
      return captured;
    } catch (error) {
      if (error instanceof EngineError && error.fault === 'shader') return error.message;
      throw error;
    } finally {
      await device.popErrorScope();
    }
  }

  /** Makes the named buffers that there are not yet. */
  async #hold(names: readonly string[]): Promise<void> {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const missing = [...new Set(names)].filter((name) => !this.#buffers.has(name));
    const wanted = missing.map((label) => ({ label, size: 4 * (this.#words.get(label) ?? 0), usage }));
    for (const buffer of await grantBuffers(this.#host.device, wanted)) {
      this.#buffers.set(buffer.label, { buffer });
      this.#owned.push(buffer);
    }
  }

  #buffer(name: string): GPUBuffer {
    const known = this.#buffers.get(name);
    if (!known) throw new RangeError(`There is no buffer ${name}.`);
    return known.buffer;
  }

  /** The first result that is further from the twin's than rounding can take it, as a sentence. */
  async #compare(known: readonly KnownResult[]): Promise<string | null> {
    for (const name of new Set(known.map(({ buffer }) => buffer))) {
      const actual = await this.#read(name, this.#words.get(name) ?? 0);
      const wrong = known.find(
        ({ buffer, index, value, tolerance }) =>
          buffer === name && !(Math.abs((actual[index] ?? Number.NaN) - value) <= tolerance),
      );
      if (wrong) return `It gives ${actual[wrong.index]} where the CPU twin has ${wrong.value} (${name}).`;
    }
    return null;
  }

  async #read(name: string, floats: number): Promise<Float32Array> {
    const { device, watch } = this.#host;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const back = device.createBuffer({ label: `${name} back`, size: 4 * floats, usage });
    const copy = { from: this.#buffer(name), fromOffset: 0, to: back, toOffset: 0, size: 4 * floats };
    submit(device, [{ before: [copy], dispatches: [], after: [] }]);
    const values = await readBack(watch, back, floats);
    back.destroy();
    return values;
  }

  /** Milliseconds of all dispatches once: the best of the samples. */
  async #time(captured: readonly Captured[], result: string): Promise<number> {
    const { device, clock } = this.#host;
    const sample = async (count: number) => {
      const begin = clock();
      const dispatches = new Array<readonly Captured[]>(count).fill(captured).flat();
      submit(device, [{ before: [], dispatches, after: [] }]);
      await this.#read(result, 4);
      return (clock() - begin) / count;
    };
    const once = await sample(1);
    const repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round(SAMPLE_MS / once)));
    let best = repeats === 1 ? once : Number.POSITIVE_INFINITY;
    for (let i = 0; i < SAMPLES; i++) best = Math.min(best, await sample(repeats));
    return best;
  }

  destroy(): void {
    for (const buffer of this.#owned) buffer.destroy();
  }
}
