// What is said of files and links that were opened together, and of links that hold results.

export const togetherWords = {
  leftOut: (name: string, apart: string) => `${name} was left out: it ${apart}.`,
  /** @param sentences one a file or link; null where there are none */
  refused: (sentences: readonly string[]): string | null => {
    const rest = sentences.length - 3;
    return [...sentences.slice(0, 3), ...(rest > 0 ? [`Nor could ${rest} more be opened.`] : [])].join(' ') || null;
  },
  pasted: 'What was pasted',
  name: 'pasted text',
  link: (number: number) => (number === 1 ? 'a link' : `link ${number}`),
  otherPage:
    'That is the address of a page of the lab, and holds no results. Ask for the link that Share makes of results.',
  zipped: 'is packed: unpack it, and open what is in it',
  noLink:
    'There is no link of the lab in what was pasted. Paste the whole address, or the content of a file of results.',
  /** An address of the lab, or a file's content. */
  looksLike: /(?:#|%(?:25)*23)(?:\/|%(?:25)*2f)(?:view|fig|lab)|^\s*\{/i,
} as const;

export const shareWords = {
  share: 'Share',
  shareHelp: 'A link that holds these settings, or also what the charts show; nothing is uploaded',
  title: 'Share',
  whats: { legend: 'What the link holds', recipe: 'Recipe', result: 'Result' },
  what: {
    recipe: 'The settings alone: whoever opens the link sees the same choices and runs them.',
    result:
      'The settings and the curves of all runs, with losses rounded to 0.002 nats. It opens in any browser, and nothing is trained there.',
  },
  look: 'Include how it is looked at',
  copy: 'Copy the link',
  address: 'The link',
  carried: {
    most: 'short enough for most messengers.',
    some: 'some messengers cut it; mail takes it.',
    none: 'too long for most messengers. Save the results as a file and send that.',
  },
  qr: 'QR code',
  qrLabel: 'The link as a QR code',
  embed: 'Code for another page',
  copyEmbed: 'Copy the code',
  fromWeights:
    'Runs start from weights of a file, which no link holds: whoever is to train them needs model.safetensors and config.json, too.',
  private: 'Nothing is uploaded: the link is the data. So it cannot be changed or taken back once it is sent.',
  making: 'Making the link…',
  save: 'Save as a file',
  close: 'Close',
  failed: 'No link was made: a part of the page could not be fetched. Check the connection and try again, or reload.',
} as const;

export const linkWords = {
  name: 'a link',
  heading: 'Results from a link',
  recipe: 'An experiment from a link',
  none: 'This address holds no results. It may have been cut off: ask for it again, or for the file.',
  opening: 'Opening the link…',
  figures: 'All figures',
  rounded: 'Losses along the curves are rounded to 0.002 nats.',
} as const;

export const exportButton = {
  name: 'Export',
  help: 'What these charts show as a file: drawings, numbers, settings, weights',
} as const;

export const weightsWords = {
  refused: (name: string, why: string) => `Nothing starts from ${name}. ${why}`,
  tooLarge: 'It is far larger than any model here.',
  unread: 'It could not be read.',
  alone: 'is no part of the weights, which go to the Lab alone',
} as const;
