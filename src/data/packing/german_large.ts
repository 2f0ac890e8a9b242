// Large German, only when asked for at build time: all of de-corpus, filtered. Its English originals come from mixed
// sources whose rights are not all known, so it is for one's own machine and never part of a published site.

import { normalizeText } from '../normalize';
import { deCorpusSentences } from './german';
import { deCorpusNotice } from './notices';
import type { Recipe } from './recipe';

/** Shorter lines are mostly titles, names and interjections. */
const shortest = 32;
const markup = /https?:|www\.|\S@\S+\.|\d{6,}|[<>{}|\\=]|\[\[|&[a-z]+;/i;
const strange = /[^\n -~äöüÄÖÜßéèêàáçñóíôâ°§€£]/;
/** Words a class room can do without. */
const coarse =
  /\b(?:fick\w*|gefickt\w*|fotze\w*|schlampe\w*|hure\w*|nutte\w*|neger\w*|nigg\w*|porno\w*|sex\w*|penis\w*|vagina\w*|titten|arsch\w*|wichs\w*|kokain\w*|heroin|lsd|mdma|ketamin\w*|vergewaltig\w*|masturb\w*|orgasm\w*|schwuchtel\w*|kanak\w*)\b/i;
const germanWords = new Set(
  'aber als am an auch auf aus bei bin bis da dann das dass dein dem den der des die dir du durch ein eine einem einen einer eines er es für gegen haben hat hatte hier ich ihm ihn ihr im in ist ja kann kein man mehr mein mich mir mit nach nicht noch nur oder ohne sein sich sie sind so um und uns unter vom von vor war was wenn werden wie wir wird zu zum zur über'.split(
    ' ',
  ),
);

/** At least one word in twelve must be a common German one; what translation left in English has none. */
function isGerman(sentence: string): boolean {
  const words = sentence.toLowerCase().split(/[^a-zäöüß]+/);
  const common = words.filter((word) => germanWords.has(word)).length;
  return common * 12 >= words.length;
}

function isKept(sentence: string): boolean {
  const plain = !markup.test(sentence) && !strange.test(sentence) && !coarse.test(sentence);
  return sentence.length >= shortest && plain && isGerman(sentence);
}

export const germanLarge: Recipe = {
  name: 'german-large',
  title: 'German, large (not for publishing)',
  language: 'de',
  licence: 'MIT as declared; sources mixed',
  packages: ['de-corpus'],
  notice: ([sentences]) =>
    deCorpusNotice(
      sentences,
      'The originals come from assorted sources whose rights are not all known: keep this text on your own machine and do not publish it. It was filtered, but coarse or silly lines may remain.',
    ),
  extract([sentences]) {
    const cleaned = deCorpusSentences(sentences?.directory ?? '').map(normalizeText);
    return `${[...new Set(cleaned)].filter(isKept).join('\n')}\n`;
  },
};
