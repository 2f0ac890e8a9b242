// Parts of the page that are fetched when they are first wanted. A request can fail, and a file is gone when a newer version of
// the page was put online. React and some browsers remember that for ever; here it is forgotten and asked for again.

import { type ComponentType, createElement, lazy } from 'react';

/** A part of the page could not be fetched. */
export class PartFault extends Error {
  override readonly name = 'PartFault';
}

/** Numbers the addresses under which files are asked for again. */
let attempts = 0;

/** Where the file lies, which Chromium and Firefox put into their message. */
function addressIn(error: unknown): string | null {
  const address = /https?:\/\/\S+/.exec(error instanceof Error ? error.message : '')?.[0];
  return address?.startsWith(`${location.origin}/`) ? address : null;
}

/** What `load` imports, asked for twice; rejects with `PartFault`. */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const address = addressIn(error);
    attempts += 1;
    // Browsers that remember a failure know the file by its address.
    const again: Promise<T> = address ? import(/* @vite-ignore */ `${address}?again=${attempts}`) : load();
    return again.catch(() => {
      throw new PartFault('A part of the page could not be fetched.', { cause: error });
    });
  }
}

const failed = new Set<() => void>();

/** What could not be fetched is asked for again when it is drawn next. */
export function forgetFailures(): void {
  for (const renew of failed) renew();
  failed.clear();
}

/** A component out of a file of its own; throws `PartFault` into the nearest boundary. */
export function fetchedPart<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  const ask = () =>
    lazy(() =>
      fetched(load).catch((error: unknown) => {
        failed.add(renew);
        throw error;
      }),
    );
  let part: ComponentType<P> = ask();
  const renew = () => {
    part = ask();
  };
  return (props) => createElement(part, props);
}
