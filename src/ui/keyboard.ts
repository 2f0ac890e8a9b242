// Keys for the verbs of the page; silent while a person types, in a dialog, or with a modifier held.

import { useEffect } from 'react';

export type KeyVerbs = Readonly<Record<string, () => void>>;

function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open]') || target.isContentEditable) return true;
  // Nothing is typed into a choice or a slider.
  if (target instanceof HTMLInputElement) return !['radio', 'range'].includes(target.type) || key === ' ';
  const button = target.closest('button, a, select, textarea, summary');
  return button !== null && (key === ' ' || button.tagName === 'SELECT' || button.tagName === 'TEXTAREA');
}

/** Calls the verb of a key: `' '`, `s`, `?` ... */
export function useKeys(verbs: KeyVerbs): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const key = event.key.toLowerCase();
      const verb = verbs[key];
      if (!verb || takesKeys(event.target, key)) return;
      event.preventDefault();
      verb();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [verbs]);
}
