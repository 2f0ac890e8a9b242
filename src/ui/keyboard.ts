// Keys press buttons. A button says which key is its own, and the page's one listener presses the first that can be seen and
// used: where there is no such button, the key is the browser's. All of them can be switched off, which is remembered.

import { useEffect, useSyncExternalStore } from 'react';
import { settings } from './settings';

const listeners = new Set<() => void>();
let keysOn = settings.read('keys') ?? true;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether single keys do anything. */
export function useKeysOn(): [boolean, (on: boolean) => void] {
  const set = (on: boolean) => {
    keysOn = on;
    settings.write('keys', on);
    for (const listener of listeners) listener();
  };
  return [useSyncExternalStore(subscribe, () => keysOn), set];
}

interface Keyed {
  readonly title?: string;
  readonly 'aria-keyshortcuts'?: string;
}

/** What a button says of its key, or of several with spaces between, to whoever points at it, to a screen reader and to the listener. */
export function useKeyed(): (key: string, help?: string) => Keyed {
  const [on] = useKeysOn();
  return (key, help) => {
    if (!on) return help ? { title: help } : {};
    return { title: help ? `${help}, key ${key.replace(' ', ' or ')}` : `Key ${key}`, 'aria-keyshortcuts': key };
  };
}

/** What has the focus and needs the key itself; space is every control's own, and scrolls every box that scrolls. */
const ownSpace = 'a, button, input, select, textarea, summary, [tabindex]';
/** Nothing is typed into these. */
const untyped = ['radio', 'checkbox', 'range', 'button', 'file'];

/** True for a field that is typed into. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !untyped.includes(target.type);
  return target instanceof Element && target.closest('select, textarea') !== null;
}

function takesKey(target: EventTarget | null, key: string): boolean {
  return (key === ' ' && target instanceof Element && target.closest(ownSpace) !== null) || isTyping(target);
}

function buttonOf(key: string): HTMLButtonElement | undefined {
  const name = key === ' ' ? 'Space' : key === 'Escape' ? key : key.toUpperCase();
  const all = document.querySelectorAll<HTMLButtonElement>(`button[aria-keyshortcuts~="${CSS.escape(name)}"]`);
  return [...all].find((button) => !button.disabled && button.checkVisibility());
}

/** Listens for the whole page. */
export function useKeys(): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.repeat || ([...key].length > 1 && key !== 'Escape') || takesKey(target, key)) return;
      // A dialog covers the page.
      if (document.querySelector('dialog[open]')) return;
      const button = buttonOf(key);
      if (!button) return;
      event.preventDefault();
      button.click();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}
