// `bench`: what a training step costs on this machine, as tables for people or as JSON.

import { benchStep, type StepBench } from '../engine/bench';
import { openHost } from '../engine/device';
import { EngineError } from '../engine/engine';
import { paperAdamW } from '../engine/optimizer';
import { vocabulary } from '../experiment/cost';
import { scales } from '../experiment/scales';
import type { ScaleName } from '../experiment/spec';
import type { BenchCommand } from './arguments';
import { type Console, exitCode } from './console';
import { adapterCure, findGpu } from './device';
import { adapterName } from './engines';
import { isa } from './isa/isa';
import { aligned } from './table';

interface Bench extends StepBench {
  readonly scale: ScaleName;
  readonly runs: number;
}

export async function bench(command: BenchCommand, console: Console): Promise<number> {
  if (command.isa) return isa(command, command.isa, console);
  const { stdout, stderr, signal } = console;
  const { found } = await findGpu();
  if (!found) throw new EngineError('no-adapter', `No graphics adapter was found. ${adapterCure}`);
  const host = await openHost(found.gpu);
  stderr.write(`Adapter: ${adapterName(host.adapter)}.\n`);
  const results: Bench[] = [];
  for (const scale of command.scales) {
    for (const runs of command.runs) {
      if (signal.aborted) return exitCode.stopped;
      const { model, batch } = scales[scale];
      const shape = { model: { ...model, vocabulary }, runs, batch, optimizer: paperAdamW };
      const result = { scale, runs, ...(await benchStep(host, shape)) };
      results.push(result);
      if (!command.json) stdout.write(`${described(result)}\n\n`);
    }
  }
  if (command.json) stdout.write(`${JSON.stringify({ v: 1, adapter: host.adapter, results }, null, 2)}\n`);
  host.watch.close();
  host.device.destroy();
  return exitCode.done;
}

const digits = (value: number, most: number) => value.toFixed(value < 10 ? 2 : most);
const rate = (amount: number, milliseconds: number) => digits(amount / milliseconds / 1e6, 1);

function described(result: Bench): string {
  const { scale, runs, time, tokensPerSecond, dispatches, flops, bytes, memory, kernels } = result;
  const alone = kernels.reduce((sum, kernel) => sum + kernel.time.median, 0);
  const rows = [...kernels]
    .sort((a, b) => b.time.median - a.time.median)
    .map(({ kernel, ...of }) => [
      kernel,
      String(of.dispatches),
      digits(of.time.median, 1),
      `${digits(of.time.least, 1)}-${digits(of.time.most, 1)}`,
      `${Math.round((100 * of.time.median) / alone)} %`,
      rate(of.flops, of.time.median),
      rate(of.bytes, of.time.median),
      '',
    ]);
  const range = `${digits(time.least, 1)}-${digits(time.most, 1)}`;
  return [
    `${scale}, ${runs} ${runs === 1 ? 'run' : 'runs'}: ${digits(time.median, 1)} ms a step (${range}), ` +
      `${Math.round(tokensPerSecond).toLocaleString('en')} tokens/s, ${rate(flops, time.median)} GFLOP/s, ` +
      `${dispatches} dispatches, ${(bytes / 1e6).toFixed(0)} MB moved, ${(memory / 2 ** 20).toFixed(0)} MB held`,
    aligned([['kernel', 'dispatches', 'ms', 'least-most', 'share', 'GFLOP/s', 'GB/s', ''], ...rows]),
  ].join('\n');
}
