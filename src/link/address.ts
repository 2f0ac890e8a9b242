// What a chat program, a mail or a person makes of an address, undone: encoded once or twice, cut into lines, with a mark
// of punctuation stuck to its end. Only what such an address can mean is read out of it.

/** Letters that programs leave at the end of an address that stands in a sentence or in brackets. */
const stuck = /[\s.,;:!?)\]}>"'’”»*_~`|\\/]+$/;

/** The part after `#` of an address, as it was sent; of text without `#` all of it. */
export const sentHash = (text: string): string => plainHash(text).replace(stuck, '').replaceAll('&amp;', '&');

function plainHash(text: string): string {
  const plain = decodedTwice(text.replaceAll(/[\s\u200b-\u200d\u2060\ufeff]+|=\r?\n/g, ''));
  return `#${plain.slice(plain.indexOf('#') + 1)}`;
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

/** What an address carries in letters, by the page that reads it. */
const carries = { view: 'r', lab: 'c' } as const;
type Carrying = keyof typeof carries;

/**
 * The letters in an address of that page or in a text that holds one; null where there are none. One
 * that a sentence might end with may be their last, and whoever opens them knows where they end.
 */
function lettersIn(page: Carrying, text: string): string | null {
  const address = new RegExp(`#/?${page}/?\\?(?:[^#]*[&;])?${carries[page]}=(\\d*\\.?[\\w-]*)`);
  return address.exec(plainHash(text))?.[1] ?? null;
}

/** Those of results, as `resultsLink` wrote them. */
export const resultsIn = (text: string) => lettersIn('view', text);
/** Those of a recipe, as `recipeLink` wrote them. */
export const recipeIn = (text: string) => lettersIn('lab', text);

/** What such an address asks for beside its letters. */
export function askedIn(page: Carrying, text: string): string {
  const [, query = ''] = sentHash(text).split(/\?(.*)/s);
  const pieces = query.split('&').filter((piece) => piece !== '' && !piece.startsWith(`${carries[page]}=`));
  return pieces.join('&');
}

export const viewAddress = (letters: string) => `#/view?r=${letters}`;
export const labAddress = (letters: string) => `#/lab?c=${letters}`;

/** Longest address that stands on a drawing. */
const printed = 200;

/** The address to print beside results: of a page that shows the same, where that is short, or else of the site alone. */
export function printedAddress(address: string): string {
  const shows = /#\/(fig\/|view\?)/.test(address) && address.length <= printed;
  return shows ? address : address.replace(/#.*$/s, '');
}

/** Where an address of so many characters arrives whole: nearly everywhere, in some programs, or only as a file. */
export function carriedBy(length: number): 'most' | 'some' | 'none' {
  return length <= 2000 ? 'most' : length <= 8000 ? 'some' : 'none';
}
