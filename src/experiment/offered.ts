// What a person may choose from where any number would do: few values, so that choices meet and stages are shared.

/** In the Lab: shares of each batch in percent, how many seeds, and shares of the scale's tokens. */
export const ownOffer = {
  replay: [0, 0.5, 1, 5, 10, 25, 50],
  seeds: [1, 3, 5],
  budgets: [0.25, 0.5, 1],
} as const;

/** For all figures; seeds follow each other from the first. */
export const studyOffer = {
  seeds: [1, 2, 3, 5],
  firstSeed: { min: 1, max: 9999 },
  budgets: [0.1, 0.25, 0.5, 1],
} as const;
