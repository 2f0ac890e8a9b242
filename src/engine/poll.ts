// Node's WebGPU looks for finished work once a turn of the event loop, and turns it without rest while anything is
// awaited: a core at full load, on which a software adapter would compute. So while the GPU is awaited there, each turn is
// held back a moment. Browsers are told of finished work by themselves; there nothing is done.

/** How long a turn is held back, in milliseconds: small beside a submission, long beside a turn. */
const HOLD_MS = 0.5;

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

function turn(): void {
  turning = asleep !== null && awaited > 0;
  if (!asleep || !turning) return;
  Atomics.wait(asleep, 0, 0, HOLD_MS);
  loop.setImmediate?.(turn);
}

/** Awaits work of the GPU without taking the core from it on which it may run. */
export async function patiently<T>(work: Promise<T>): Promise<T> {
  awaited += 1;
  if (polls && !turning) {
    turning = true;
    loop.setImmediate?.(turn);
  }
  try {
    return await work;
  } finally {
    awaited -= 1;
  }
}
