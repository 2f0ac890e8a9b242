// What this adapter can do at most, measured: multiply-adds from registers, and bytes from one large buffer to another.
// Each probe's numbers are checked before its time counts.

import copySource from '../../../shaders/bench/copy.wgsl?raw';
import fmaSource from '../../../shaders/bench/fma.wgsl?raw';
import { EngineError } from '../engine';
import type { LockstepHost } from '../gpu/lockstep';
import { type Playable, readBack, submit } from '../gpu/run';
import type { KernelTimer, Timing } from './time';

/** A form of a probe and its rate: GFLOP/s, a multiply-add counting two, or GB/s, a byte read and written counting two. */
export interface ProbeRate {
  readonly form: string;
  readonly rate: number;
  readonly time: Timing;
}

export interface Ceilings {
  /** GFLOP/s of the fastest form. */
  readonly fma: number;
  /** GFLOP/s of a plain loop, for comparison: no ceiling where its own cost counts. */
  readonly fmaLoop: number;
  /** GB/s of the fastest form. */
  readonly copy: number;
  readonly forms: readonly ProbeRate[];
}

interface FmaForm {
  readonly entry: string;
  readonly chains: number;
  /** Multiply-adds of each chain in a trip. */
  readonly turns: number;
}

export const fmaForms: readonly FmaForm[] = [
  { entry: 'loop_8', chains: 8, turns: 1 },
  { entry: 'written_16x4', chains: 16, turns: 4 },
  { entry: 'written_8x16', chains: 8, turns: 16 },
];

/** Entry points of copy.wgsl and how many vectors of four floats a workgroup copies. */
export const copyForms = { one: 64, four: 256 } as const;

const THREADS = 64 * 1024;
/** Bytes of each of the two buffers: more than caches hold, within every device's limits. */
const COPY_BYTES = 32 * 2 ** 20;
/** A dispatch of the multiply-add probe lasts about this long, so that starting it does not count. */
const DISPATCH_MS = 10;
/** Trips of a round, as in fma.wgsl. */
const TRIPS = 32;
const MOST_ROUNDS = 4096;
/** Unit roundoff of float32. */
const EPS = 2 ** -24;

type ProbeHost = Pick<LockstepHost, 'device' | 'watch'>;

interface Probe extends Playable {
  readonly input: GPUBuffer;
  readonly output: GPUBuffer;
  readonly uniform: GPUBuffer | null;
}

async function openProbe(
  { device, watch }: ProbeHost,
  code: string,
  entry: string,
  bytes: { readonly input: Float32Array<ArrayBuffer>; readonly output: number; readonly uniform: boolean },
  groups: number,
): Promise<Probe> {
  const module = device.createShaderModule({ label: entry, code });
  const compute = { module, entryPoint: entry };
  const pipeline = await watch.guard(device.createComputePipelineAsync({ label: entry, layout: 'auto', compute }));
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const input = device.createBuffer({ label: 'probe input', size: bytes.input.byteLength, usage });
  const output = device.createBuffer({ label: 'probe output', size: bytes.output, usage });
  device.queue.writeBuffer(input, 0, bytes.input);
  const uniform = bytes.uniform
    ? device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST })
    : null;
  const buffers = uniform ? [uniform, input, output] : [input, output];
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  return { pipeline, group, dispatch: { grid: [groups, 1, 1] }, input, output, uniform };
}

function closeProbe({ input, output, uniform }: Probe): void {
  for (const buffer of [input, output, uniform]) buffer?.destroy();
}

/** Plays a probe once and reads floats of its output from `offset` bytes on. */
async function results({ device, watch }: ProbeHost, probe: Probe, offset: number, floats: number) {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const back = device.createBuffer({ size: 4 * floats, usage });
  const after = [{ from: probe.output, fromOffset: offset, to: back, toOffset: 0, size: 4 * floats }];
  submit(device, [{ before: [], dispatches: [probe], after }]);
  const values = await readBack(watch, back, floats);
  back.destroy();
  return values;
}

/** (threads) of x, a, b: contractions towards a fixed point, so that no number of trips overflows. */
function fmaInput(): Float32Array<ArrayBuffer> {
  const input = new Float32Array(4 * THREADS);
  for (let t = 0; t < THREADS; t++) {
    const a = 0.99 + (t % 97) / 1e4;
    input.set([(t % 31) / 31, a, 1 - a], 4 * t);
  }
  return input;
}

/** One thread's result as its formula gives it, and how far float32 may be from it. */
export function fmaResult(
  { chains, turns }: Pick<FmaForm, 'chains' | 'turns'>,
  [x = 0, a = 0, b = 0]: ArrayLike<number> & Iterable<number>,
  trips: number,
): { readonly value: number; readonly tolerance: number } {
  const steps = trips * turns;
  const fixed = b / (1 - a);
  let value = 0;
  let size = 0;
  for (let c = 0; c < chains; c++) {
    const end = fixed + a ** steps * (x + c - fixed);
    value += end;
    // Every chain moves steadily from its start to the fixed point, so these bound all that is ever rounded.
    size += Math.abs(x + c) + Math.abs(fixed);
  }
  // A rounding a step, two where the adapter does not fuse, each shrunk by a in every later step; then the sum's.
  const roundings = 2 * Math.min(steps, 1 / (1 - a)) + chains + 1;
  return { value, tolerance: roundings * EPS * size };
}

function setRounds({ device }: ProbeHost, probe: Probe, rounds: number): void {
  if (probe.uniform) device.queue.writeBuffer(probe.uniform, 0, new Uint32Array([rounds, 0, 0, 0]));
}

/** @throws EngineError when the adapter computes something else than it is asked to */
async function checkFma(host: ProbeHost, probe: Probe, form: FmaForm, input: Float32Array): Promise<void> {
  setRounds(host, probe, 1);
  const values = await results(host, probe, 0, 256);
  for (const [t, found] of values.entries()) {
    const { value, tolerance } = fmaResult(form, input.subarray(4 * t, 4 * t + 3), TRIPS);
    if (Math.abs(found - value) <= tolerance) continue;
    throw new EngineError('shader', `The probe ${form.entry} gives ${found} on this adapter where ${value} is right.`);
  }
}

async function timeFma(host: ProbeHost, timer: KernelTimer, form: FmaForm): Promise<ProbeRate> {
  const input = fmaInput();
  const sizes = { input, output: 4 * THREADS, uniform: true };
  const probe = await openProbe(host, fmaSource, form.entry, sizes, THREADS / 64);
  await checkFma(host, probe, form, input);
  const once = await timer.play([probe]);
  const rounds = Math.max(1, Math.min(MOST_ROUNDS, Math.round(DISPATCH_MS / once)));
  setRounds(host, probe, rounds);
  const time = await timer.time([probe]);
  closeProbe(probe);
  const flops = 2 * THREADS * form.chains * form.turns * TRIPS * rounds;
  return { form: `fma ${form.entry}`, rate: flops / time.median / 1e6, time };
}

async function timeCopy(host: ProbeHost, timer: KernelTimer, entry: keyof typeof copyForms): Promise<ProbeRate> {
  const input = Float32Array.from({ length: COPY_BYTES / 4 }, (_, i) => i % 8191);
  const sizes = { input, output: COPY_BYTES, uniform: false };
  const probe = await openProbe(host, copySource, entry, sizes, COPY_BYTES / 16 / copyForms[entry]);
  const last = await results(host, probe, COPY_BYTES - 4 * 1024, 1024);
  if (!last.every((value, i) => value === input[input.length - 1024 + i])) {
    throw new EngineError('shader', `The probe copy.${entry} does not copy on this adapter.`);
  }
  const time = await timer.time([probe]);
  closeProbe(probe);
  return { form: `copy ${entry}`, rate: (2 * COPY_BYTES) / time.median / 1e6, time };
}

/** @param step hears which probe is next, and may throw to end the measurement */
export async function measureCeilings(
  host: ProbeHost,
  timer: KernelTimer,
  step: (what: string) => void = () => {},
): Promise<Ceilings> {
  const fma: ProbeRate[] = [];
  for (const form of fmaForms) {
    step(`multiply-adds (${form.entry})`);
    fma.push(await timeFma(host, timer, form));
  }
  const copies: ProbeRate[] = [];
  for (const entry of Object.keys(copyForms) as (keyof typeof copyForms)[]) {
    step(`copying (${entry})`);
    copies.push(await timeCopy(host, timer, entry));
  }
  const best = (rates: readonly ProbeRate[]) => Math.max(...rates.map(({ rate }) => rate));
  return { fma: best(fma), fmaLoop: fma[0]!.rate, copy: best(copies), forms: [...fma, ...copies] };
}
