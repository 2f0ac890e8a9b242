// What is said of files that were dropped together, of which one is shown at most, and of links that hold results.

export const togetherWords = {
  leftOut: (shown: string, others: number): string | null => {
    if (others === 0) return null;
    const which = others === 1 ? 'one other file was' : `${others} other files were`;
    return `${shown} is shown; ${which} left out: one is shown at a time.`;
  },
  /** @param refusals one sentence a file */
  noneOpened: (refusals: readonly string[]): string => {
    const rest = refusals.length - 3;
    return [...refusals.slice(0, 3), ...(rest > 0 ? [`Nor could ${rest} more be opened.`] : [])].join(' ');
  },
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
  private: 'Nothing is uploaded: the link is the data. So it cannot be changed or taken back once it is sent.',
  making: 'Making the link…',
  save: 'Save as a file',
  close: 'Close',
  failed: 'No link was made: a part of the page could not be fetched. Check the connection and try again, or reload.',
} as const;

export const linkWords = {
  name: 'a link',
  heading: 'Results from a link',
  none: 'This address holds no results. It may have been cut off: ask for it again, or for the file.',
  opening: 'Opening the link…',
  figures: 'All figures',
  rounded: 'Losses along the curves are rounded to 0.002 nats.',
} as const;
