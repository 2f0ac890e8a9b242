// What is said of addresses: what they ask for that is not understood, and of a page that is shown in another way.

export const screenWords = {
  present: 'Present',
  leave: 'Leave',
  help: {
    whole: 'Large, for a projector: the question, the charts and what holds',
    present: 'The whole page again',
  },
  open: 'Open in Rewarm',
} as const;

export const addressWords = {
  unknown: 'There is no such page.',
  why: 'The address may be cut off or mistyped. What was trained is kept.',
  figures: 'All figures',
  lab: 'The Lab',
  query: 'The part after “?” in this address says nothing to this page and was left out.',
  leftOut: (what: readonly string[]) =>
    `Part of this address is not understood and was left out: ${what.slice(0, 3).join(', ')}${what.length > 3 ? ', …' : ''}`,
} as const;
