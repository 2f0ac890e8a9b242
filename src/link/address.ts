// What a chat program, a mail or a person makes of an address, undone: encoded once or twice, cut into lines, with a mark
// of punctuation stuck to its end. Only what such an address can mean is read out of it.

/** Letters that programs leave at the end of an address that stands in a sentence or in brackets. */
const stuck = /[\s.,;:!?)\]}>"'’”»*_~`|\\/]+$/;

/** The part after `#` of an address, as it was sent; of text without `#` all of it. */
export function sentHash(text: string): string {
  const plain = decodedTwice(text.replaceAll(/[\s\u200b-\u200d\u2060\ufeff]+|=\r?\n/g, ''));
  const hash = plain.slice(plain.indexOf('#') + 1);
  return `#${hash.replace(stuck, '').replaceAll('&amp;', '&')}`;
}

/** Undoes what `encodeURIComponent` does, up to twice; what it did not write stays. */
function decodedTwice(text: string): string {
  let plain = text;
  for (let i = 0; i < 2 && /%[0-9a-f]{2}/i.test(plain); i++) {
    plain = plain.replaceAll(/(?:%[0-9a-f]{2})+/gi, (codes) => {
      try {
        return decodeURIComponent(codes);
      } catch {
        return codes;
      }
    });
  }
  return plain;
}

/** The letters of results in an address or a text that holds one, as `resultsLink` wrote them; null where there are none. */
export function resultsIn(text: string): string | null {
  return /#\/view\?(?:[^#]*&)?r=([^&#]*)/.exec(sentHash(text))?.[1] ?? null;
}

export const viewAddress = (letters: string) => `#/view?r=${letters}`;

/** Where an address of so many characters arrives whole: nearly everywhere, in some programs, or only as a file. */
export function carriedBy(length: number): 'most' | 'some' | 'none' {
  return length <= 2000 ? 'most' : length <= 8000 ? 'some' : 'none';
}
