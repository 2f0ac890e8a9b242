// `bench`: what a training step costs on this machine, as tables for people or as JSON.

import { type BenchReport, type BenchResult, chosenWords, rateOf, triedWords } from '../engine/bench/report';
import { runBench } from '../engine/bench/run';
import { EngineError } from '../engine/engine';
import { openHost } from '../engine/webgpu';
import { benchCase } from '../train/shape';
import type { BenchCommand } from './commands';
import { type Console, exitCode } from './console';
import { adapterCure, findGpu } from './device';
import { adapterWords } from './engines';
import { isa } from './isa/isa';
import { aligned } from './table';
import { cacheFolder, fileTunings } from './tunings';

export async function bench(command: BenchCommand, console: Console): Promise<number> {
  if (command.isa) return isa(command, command.isa, console);
  const { stdout, stderr, signal } = console;
  const { found } = await findGpu();
  if (!found) throw new EngineError('no-adapter', `No graphics adapter was found. ${adapterCure}`);
  const host = await openHost(found.gpu, { tunings: fileTunings(cacheFolder()) });
  stderr.write(`Adapter: ${adapterWords(host.adapter)}.\n`);
  const cases = command.scales.flatMap((scale) => command.runs.map((runs) => benchCase(scale, runs)));
  let shown = -1;
  const show = (report: BenchReport) => {
    if (shown < 0) stdout.write(`${ceilingLines(report)}\n\n`);
    else stdout.write(`${described(report, report.results[shown])}\n\n`);
    shown += 1;
  };
  const report = await runBench(host, cases, { signal, ...(command.json ? {} : { report: show }) });
  host.watch.close();
  host.device.destroy();
  if (!report) return exitCode.stopped;
  stdout.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : `${headlineLines(report)}\n`);
  return exitCode.done;
}

const digits = (value: number, most: number) => value.toFixed(value < 10 ? 2 : most);
const rate = (amount: number, milliseconds: number) => digits(rateOf(amount, milliseconds), 1);
const percent = (share: number) => `${Math.round(100 * share)} %`;

function ceilingLines({ ceilings, timedBy }: BenchReport): string {
  const { fma, fmaLoop, copy } = ceilings;
  const clock = timedBy === 'timestamps' ? "the device's own clock (timestamp-query)" : 'repeated submissions';
  return (
    `Ceilings: ${digits(fma, 1)} GFLOP/s of multiply-adds from registers (${digits(fmaLoop, 1)} in a plain loop), ` +
    `${digits(copy, 1)} GB/s copying.\nKernels are timed by ${clock}, steps from start to read-back.`
  );
}

/** One line for the step, one for the forms, then a table of kernels, the dearest first. */
function described({ ceilings }: Pick<BenchReport, 'ceilings'>, result: BenchResult | undefined): string {
  if (!result) return '';
  const { scale, runs, time, tokensPerSecond, dispatches, flops, bytes, memory, kernels } = result;
  const alone = kernels.reduce((sum, kernel) => sum + kernel.time.median, 0);
  const rows = [...kernels]
    .sort((a, b) => b.time.median - a.time.median)
    .map(({ kernel, ...of }) => [
      kernel,
      String(of.dispatches),
      digits(of.time.median, 1),
      `${digits(of.time.least, 1)}-${digits(of.time.most, 1)}`,
      percent(of.time.median / alone),
      rate(of.flops, of.time.median),
      percent(rateOf(of.flops, of.time.median) / ceilings.fma),
      (of.bytes / 1e6).toFixed(1),
      rate(of.bytes, of.time.median),
      percent(rateOf(of.bytes, of.time.median) / ceilings.copy),
      '',
    ]);
  const range = `${digits(time.least, 1)}-${digits(time.most, 1)}`;
  const heading = [
    'kernel',
    'dispatches',
    'ms',
    'least-most',
    'share',
    'GFLOP/s',
    'of fma',
    'MB',
    'GB/s',
    'of copy',
    '',
  ];
  return [
    `${scale}, ${runs} ${runs === 1 ? 'run' : 'runs'}: ${digits(time.median, 1)} ms a step (${range}), ` +
      `${Math.round(tokensPerSecond).toLocaleString('en')} tokens/s, ${rate(flops, time.median)} GFLOP/s, ` +
      `${dispatches} dispatches, ${(bytes / 1e6).toFixed(0)} MB moved, ${(memory / 2 ** 20).toFixed(0)} MB held`,
    `kernels: ${chosenWords(result)}`,
    aligned([heading, ...rows]),
    ...triedWords(result.tried).map(([kernel, forms]) => `tried for ${kernel}: ${forms}`),
  ].join('\n');
}

function headlineLines({ headline }: BenchReport): string {
  if (!headline) return 'The two headline ratios are those of scale S with one run, which was not measured.';
  const { bestMatmul, stepRate, stepShareOfMatmul, matmulShareOfCeiling } = headline;
  return (
    `S, 1 run: the step does ${digits(stepRate, 1)} useful GFLOP/s, ${percent(stepShareOfMatmul)} of its best matrix ` +
    `product (${bestMatmul.kernel}, ${digits(bestMatmul.rate, 1)}); that is ${percent(matmulShareOfCeiling)} of the ceiling.`
  );
}
