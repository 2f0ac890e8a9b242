// Every text of the bench page. Each number that a student would not know gets one sentence.

export const benchWords = {
  title: 'Bench',
  lead: 'How fast this machine trains, kernel by kernel, measured against what its graphics card can do at most. The command line measures the same: npm run bench.',
  quiet: 'Close other programs and tabs first. Nothing leaves this browser.',
  scale: 'Model size',
  runs: 'Runs trained together',
  all: 'all',
  run: 'Run the bench',
  stop: 'Stop',
  busy: 'A run is on in the Lab. The bench would slow it and measure half a machine: stop the run, or wait for its end.',
  software: 'On a software adapter size S takes about a minute and M many.',
  nothing: 'The bench measures WebGPU, so there is nothing to measure here.',
  looking: 'Looking for a graphics card…',
  stopped: 'Stopped. What was measured before stays below.',
  lost: 'The bench ended without an answer. Reload the page and run it again.',
  copy: 'Copy as JSON',
} as const;

export const ceilingWords = {
  title: 'What the adapter can do at most',
  fma: 'Multiply-adds from registers, with nothing read or written: no kernel can compute faster.',
  fmaLoop: 'The same in a plain loop, whose own cost counts. Shown for comparison.',
  copy: 'Copying 32 MB to another place, read and written bytes both counted. Small data stays in caches, so kernels can exceed it.',
} as const;

export const headlineWords = {
  title: 'What the engine makes of it (size S, one run)',
  step: 'of its best matrix product. The useful operations of a whole training step (matrix products and attention, nothing recomputed) a second, over the rate of the fastest product of the largest kind; both timed by turns, in samples of the same length.',
  matmul: 'of the ceiling. The rate of that product, over multiply-adds from registers.',
  missing: 'The two headline ratios are those of size S with one run: choose both to see them.',
} as const;

export const kernelColumns = [
  ['kernel', 'Its file in shaders/ and its entry point, all layers together.'],
  ['dispatches', 'How often a step starts it.'],
  ['ms', 'Milliseconds a step: the middle of five samples.'],
  ['least–most', 'The fastest and the slowest sample.'],
  ['share', 'Of the time of all kernels.'],
  ['GFLOP/s', 'Thousand million operations a second; a multiply-add is two.'],
  ['of fma', 'That, as a share of the multiply-add ceiling.'],
  ['MB', 'What it must read and write, once each.'],
  ['GB/s', 'Those bytes a second.'],
  ['of copy', 'That, as a share of the copy ceiling.'],
] as const;
