// Shows how far a run is: on a terminal one line that is rewritten, elsewhere a plain line now and then.

import type { TextOutput } from './console';

export interface ProgressState {
  readonly tokensDone: number;
  readonly tokensPlanned: number;
  readonly tokensPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** What is being trained, for example `d1: floor, rewarm (seed 1)`. */
  readonly stage: string;
}

export interface Progress {
  show(state: ProgressState): void;
  /** Prints a whole line above the bar. */
  line(text: string): void;
  /** Removes the bar. */
  end(): void;
}

const redrawMilliseconds = 100;
const plainLineMilliseconds = 30_000;
const eraseLine = '\r\x1b[K';

export function progressOn(output: TextOutput, now: () => number = () => performance.now()): Progress {
  return output.isTTY ? barOn(output, now) : linesOn(output, now);
}

function barOn(output: TextOutput, now: () => number): Progress {
  let bar = '';
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = () => output.write(`${eraseLine}${bar}`);
  return {
    show(state) {
      bar = barText(state, output.columns || 80);
      if (now() - drawn < redrawMilliseconds) return;
      drawn = now();
      draw();
    },
    line(text) {
      output.write(`${bar === '' ? '' : eraseLine}${text}\n`);
      if (bar !== '') draw();
    },
    end() {
      if (bar !== '') output.write(eraseLine);
      bar = '';
    },
  };
}

function linesOn(output: TextOutput, now: () => number): Progress {
  let shown = Number.NEGATIVE_INFINITY;
  let tenth = -1;
  let stage = '';
  return {
    show(state) {
      const nowTenth = Math.floor((10 * state.tokensDone) / Math.max(1, state.tokensPlanned));
      if (nowTenth === tenth && state.stage === stage && now() - shown < plainLineMilliseconds) return;
      shown = now();
      tenth = nowTenth;
      stage = state.stage;
      output.write(`${summary(state)}\n`);
    },
    line(text) {
      output.write(`${text}\n`);
    },
    end() {},
  };
}

/** `[######······]  43 %  12,300 tokens/s  1 min 20 s left  d1: rewarm (seed 1)`, cut to the terminal's width. */
function barText(state: ProgressState, columns: number): string {
  const cells = 20;
  const full = Math.min(cells, Math.floor((cells * state.tokensDone) / Math.max(1, state.tokensPlanned)));
  return `[${'#'.repeat(full)}${'·'.repeat(cells - full)}] ${summary(state)}`.slice(0, Math.max(20, columns - 1));
}

function summary({ tokensDone, tokensPlanned, tokensPerSecond, secondsLeft, stage }: ProgressState): string {
  const percent = Math.floor((100 * tokensDone) / Math.max(1, tokensPlanned));
  const speed = tokensPerSecond === null ? '' : `  ${Math.round(tokensPerSecond).toLocaleString('en')} tokens/s`;
  const left = secondsLeft === null ? '' : `  ${duration(secondsLeft)} left`;
  return `${String(percent).padStart(3)} %${speed}${left}  ${stage}`;
}

/** `45 s`, `1 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
