// What is said of files that were dropped together, of which one is shown at most.

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
