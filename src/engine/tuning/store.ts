// Which forms of the kernels an adapter runs: a value that is measured once (tuner.ts), kept, and recorded with what was
// trained. It depends on the adapter and the software that drives it, on the text of the kernels and on the shape
// of a run, never on R.

import type { AdapterReport, LockstepShape } from '../engine';
import {
  attentionForms,
  type ProductName,
  parseForms,
  productForms,
  productNames,
  type Tried,
  type Tuning,
} from '../forms/forms';
import { shaderSource, shaderTexts } from '../gpu/shaders';

/** Keeps tunings from one start to the next. What it returns is checked; what it loses is measured again. */
export interface TuningStore {
  /** App and browser or runtime with their versions, as far as they are known: what another measured is not used. */
  readonly software: string;
  get(key: string): Promise<unknown>;
  put(tuning: Tuning): Promise<void>;
}

/** FNV-1a of every kernel's text: tunings of other texts are not used. */
function textsFingerprint(): string {
  let hash = 0x811c9dc5;
  for (const text of shaderTexts) {
    const source = shaderSource(text);
    for (let i = 0; i < source.length; i++) hash = Math.imul(hash ^ source.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

let fingerprint: string | undefined;

/** @param software see `TuningStore` */
export function tuningKey(adapter: AdapterReport, { model, batch }: LockstepShape, software: string): string {
  fingerprint ??= textsFingerprint();
  const { vendor, architecture, description } = adapter;
  const { width, layers, heads, context, vocabulary } = model;
  const shape = `C${width} L${layers} H${heads} T${context} V${vocabulary} B${batch}`;
  return `${[vendor, architecture, description].join('/')} ${software} ${fingerprint} ${shape}`;
}

/** What a person should know of forms that were dropped, or null. */
export function faultySentence({ tried }: Tuning): string | null {
  const faulty = tried.filter(({ fault }) => fault !== null);
  if (faulty.length === 0) return null;
  const names = faulty.map(({ kernel, form }) => `${kernel} (${form})`).join(', ');
  return `Some kernels do not compute rightly on this graphics card and are not used: ${names}. Others took their place.`;
}

/** A tuning from a store, or null when it is not one for `key`. */
export function parseTuning(value: unknown, key: string): Tuning | null {
  if (typeof value !== 'object' || value === null) return null;
  const { v, key: held, kernels, tried, milliseconds } = value as Partial<Record<string, unknown>>;
  const choice = parseForms(kernels);
  if (v !== 1 || held !== key || choice === null || !Array.isArray(tried) || typeof milliseconds !== 'number')
    return null;
  return { v: 1, key, kernels: choice, tried: tried.flatMap((one) => parseTried(one) ?? []), milliseconds };
}

function parseTried(value: unknown): Tried | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kernel, form, milliseconds, fault } = value as Partial<Record<string, unknown>>;
  if (kernel !== 'attention' && !productNames.includes(kernel as ProductName)) return null;
  if (!Object.hasOwn(productForms, String(form)) && !Object.hasOwn(attentionForms, String(form))) return null;
  return {
    kernel: kernel as Tried['kernel'],
    form: form as Tried['form'],
    milliseconds: typeof milliseconds === 'number' ? milliseconds : null,
    fault: typeof fault === 'string' ? fault : null,
  };
}
