// Node's WebGPU looks for finished work once a turn of the event loop, and turns it without rest while anything is
// awaited: a core at full load, on which a software adapter would compute. So while the GPU is awaited there, each turn is
// held back: at first a moment, then in proportion to how long has been waited, so that short work is noticed at once and
// long work is seldom disturbed. Browsers are told of finished work by themselves; there nothing is done.

/** How long a turn is held back, in milliseconds: long beside a turn of 0.05. */
const LEAST_HOLD_MS = 0.5;
/** Short enough for whatever else the process does. */
const MOST_HOLD_MS = 4;
/** Of the time waited so far. */
const HOLD_SHARE = 1 / 16;

interface Loop {
  setImmediate?(turn: () => void): unknown;
  readonly process?: { readonly versions?: { readonly node?: string } };
}

const loop = globalThis as typeof globalThis & Loop;
const polls = loop.process?.versions?.node !== undefined && loop.setImmediate !== undefined;
/** Never changes, so that waiting for its change is sleeping. */
const asleep = polls ? new Int32Array(new SharedArrayBuffer(4)) : null;
let awaited = 0;
let turning = false;
/** When work was last begun to be awaited, or arrived. */
let since = 0;

function turn(): void {
  turning = asleep !== null && awaited > 0;
  if (!asleep || !turning) return;
  const share = HOLD_SHARE * (performance.now() - since);
  Atomics.wait(asleep, 0, 0, Math.min(MOST_HOLD_MS, Math.max(LEAST_HOLD_MS, share)));
  loop.setImmediate?.(turn);
}

/** Awaits work of the GPU without taking the core from it on which it may run. */
export async function patiently<T>(work: Promise<T>): Promise<T> {
  if (awaited === 0) since = performance.now();
  awaited += 1;
  if (polls && !turning) {
    turning = true;
    loop.setImmediate?.(turn);
  }
  try {
    return await work;
  } finally {
    awaited -= 1;
    since = performance.now();
  }
}
