// Text that was pasted, with one link of results in it or many: a list out of a chat, a mail that broke lines, one address.

import type { Sent } from '../experiment/pool';
import { resultsIn } from './address';
import { LinkError, openResultsLink } from './results';

export interface Pasted {
  readonly sent: readonly Sent[];
  /** Why the others could not be opened: whole sentences. */
  readonly refused: readonly string[];
}

/** Where the part of an address after `#` begins, encoded or not. */
const hash = String.raw`(?:#|%(?:25)*23)(?:\/|%(?:25)*2f)?`;
const linkStart = new RegExp(String.raw`${hash}view(?:\?|%(?:25)*3f)`, 'gi');
const pageStart = new RegExp(String.raw`${hash}(?:view|fig|lab)\b`, 'i');
/** An address's beginning, from the last space, bracket or quotation mark on. */
const addressStart = /[^\s<>()[\]"']*$/;
/** The letters of a link before it on the same line. */
const linkEnd = /^.*[\w-]{30,}\S*/;
/** More pieces than a mail makes of the longest link that it takes. */
const most = { pieces: 200, name: 40, links: 100 } as const;

const isResults = (text: string) => text.search(linkStart) >= 0;

/** Whether it is an address of the lab, or holds one. */
export const isAddress = (text: string) => pageStart.test(text);

/** The piece of a line that says whose link follows: `Ada: https://…`. Null where there is none. */
function nameBefore(text: string): string | null {
  const line = text.replace(addressStart, '').split('\n').at(-1)?.replace(linkEnd, '') ?? '';
  const name = line.replace(/^[\s*•–>-]+|[\s:=,–<(["'-]+$/g, '');
  return name === '' || name.length > most.name ? null : name;
}

/** What follows one beginning, up to the next: as much of it as makes a link. @throws LinkError */
function openFirst(text: string) {
  const pieces = text.split(/\s+/).slice(0, most.pieces);
  let refusal: unknown = null;
  for (const count of pieces.keys()) {
    // Whatever a program put behind an address, it is no letter of a link.
    const letters = resultsIn(pieces.slice(0, count + 1).join(''))?.replace(/[^\w.-].*$/s, '');
    try {
      if (letters) return openResultsLink(letters);
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      // That the first piece was refused says most: it is what was meant, or where a break begins.
      refusal ??= error;
    }
  }
  throw refusal ?? new LinkError('This address holds no results. It may have been cut off: ask for it again.');
}

/** Lines of a list that name somebody and hold another address of the lab, or one word that is none. */
function withoutResults(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, who = '', what = ''] = /^\s*[-*•]?\s*([^:/#]{1,40}?)\s*[:–]\s+<?(\S+?)>?\s*$/.exec(line) ?? [];
    if (who === '' || isResults(what)) return [];
    return isAddress(what) ? `${who}: that is the address of another page, not results.` : `${who}: there is no link.`;
  });
}

/** @param name of a link that nobody's name stands before, by its number */
export function openPasted(text: string, name: (number: number) => string): Pasted {
  const starts = [...text.matchAll(linkStart)].map(({ index }) => index).slice(0, most.links);
  const sent: Sent[] = [];
  const refused: string[] = [];
  for (const [i, start] of starts.entries()) {
    const before = text.slice(starts[i - 1] ?? 0, start);
    const own = nameBefore(before);
    try {
      sent.push({ name: own ?? name(i + 1), results: openFirst(text.slice(start, starts[i + 1])) });
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      refused.push(own === null ? error.message : `${own}: ${error.message}`);
    }
  }
  return { sent, refused: starts.length > 0 ? [...refused, ...withoutResults(text)] : refused };
}
