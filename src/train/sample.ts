// Text written by a model: each byte drawn from its predictions, by random numbers that depend on the seed, the prompt's
// place and the byte's place alone.

import { random32 } from '../data/random';
import type { Lockstep } from '../engine/engine';

export interface SampleOptions {
  readonly seed: number;
  /** 1 draws from the predictions as they are, less prefers likely bytes, 0 always takes the likeliest. */
  readonly temperature: number;
  /** Ends the writing before the next byte. */
  readonly signal?: AbortSignal;
}

/** A prompt must have something to go on: an empty one starts after a line break. */
const lineBreak = 10;

/** @returns what each prompt is continued with, `length` bytes each, without the prompt */
export async function sampleText(
  lockstep: Pick<Lockstep, 'shape' | 'logits'>,
  run: number,
  prompts: readonly Uint8Array[],
  length: number,
  options: SampleOptions,
): Promise<Uint8Array[]> {
  const { batch, model } = lockstep.shape;
  const written: Uint8Array[] = [];
  for (let first = 0; first < prompts.length; first += batch) {
    const texts = prompts.slice(first, first + batch).map((prompt) => [...(prompt.length > 0 ? prompt : [lineBreak])]);
    for (let i = 0; i < length; i++) {
      options.signal?.throwIfAborted();
      const windows = new Uint8Array(texts.length * model.context);
      // A window sees the last T bytes; rotary positions are relative, so sliding it changes nothing else.
      const seen = texts.map((text) => text.slice(-model.context));
      for (const [t, text] of seen.entries()) windows.set(text, t * model.context);
      const logits = await lockstep.logits(
        run,
        windows,
        seen.map((text) => text.length - 1),
      );
      for (const [t, text] of texts.entries()) {
        const own = logits.subarray(t * model.vocabulary, (t + 1) * model.vocabulary);
        text.push(draw(own, options.temperature, random32(options.seed, 'sample', first + t, i) / 4294967296));
      }
    }
    for (const text of texts) written.push(Uint8Array.from(text.slice(text.length - length)));
  }
  return written;
}

/** Index whose share of the probabilities, laid end to end, holds `point` (0..1). */
function draw(logits: Float32Array, temperature: number, point: number): number {
  const top = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (temperature <= 0) return logits.indexOf(top);
  const weights = Float64Array.from(logits, (logit) => Math.exp((logit - top) / temperature));
  let left = point * weights.reduce((a, b) => a + b, 0);
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i] ?? 0;
    if (left < 0) return i;
  }
  return logits.indexOf(top);
}
