// Small bindings to the browser: size of an element, a media query, the address after # and what the page writes there.

import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of the element's content box, from one observer. */
export function useSize<T extends HTMLElement>(): [RefObject<T | null>, Size] {
  const element = useRef<T | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}

export interface Visit {
  /** The part of the address after `#`, as it was last gone to; what the page itself writes there changes nothing. */
  readonly hash: string;
  /** Counts; the same address may be gone to again. */
  readonly visit: number;
}

/** The last visit, and the address now: that which was gone to, or what was written since. */
let last: Visit = { hash: location.hash, visit: 0 };
let shown = last.hash;

export function useHash(): Visit {
  const [at, setAt] = useState(last);
  useEffect(() => {
    const follow = () => {
      shown = location.hash;
      last = { hash: shown, visit: last.visit + 1 };
      setAt(last);
    };
    addEventListener('hashchange', follow);
    // Gone to before anybody listened.
    if (location.hash !== shown) follow();
    return () => removeEventListener('hashchange', follow);
  }, []);
  return at;
}

/** Safari refuses more than about three changes of the address a second. */
const debounce = 300;

/** True where the page itself has written this address, of choices that it remembers: those may be newer than what it says. */
export function isOwnAddress(): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'own' in state && state.own === true;
}

/**
 * Lets the address be what `make` gives, without a step for Back.
 * @param make a new function whenever another address may be right; null leaves the address alone
 * @param own whether what it says is remembered
 * @param at the visit that it is the address of
 */
export function useWrittenAddress(make: (() => Promise<string | null>) | null, own: boolean, at: Visit): void {
  useEffect(() => {
    if (!make) return;
    let wanted = true;
    const write = async () => {
      const address = await make();
      // Who has just gone elsewhere, which the page hears and draws a moment later, is not brought back.
      if (!wanted || address === null || at !== last || location.hash !== shown) return;
      if (address === shown && isOwnAddress() === own) return;
      history.replaceState({ own }, '', address);
      shown = location.hash;
    };
    const timer = setTimeout(() => void write(), debounce);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [make, own, at]);
}
