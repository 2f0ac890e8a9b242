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

export function useHash(): Visit {
  const [at, setAt] = useState<Visit>(() => ({ hash: location.hash, visit: 0 }));
  useEffect(() => {
    const follow = () => setAt(({ visit }) => ({ hash: location.hash, visit: visit + 1 }));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return at;
}

/** Safari refuses more than about three changes of the address a second. */
const debounce = 300;

/**
 * Lets the address be what `make` gives, without a step for Back.
 * @param make a new function whenever another address may be right; null leaves the address alone
 */
export function useWrittenAddress(make: (() => Promise<string | null>) | null): void {
  useEffect(() => {
    if (!make) return;
    let wanted = true;
    const write = async () => {
      const address = await make();
      if (wanted && address !== null && address !== location.hash) history.replaceState(history.state, '', address);
    };
    const timer = setTimeout(() => void write(), debounce);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [make]);
}
