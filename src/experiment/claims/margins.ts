// Margins that several claims share, fixed before any run. Nats a token; a token here is a byte, and losses lie near 2 nats.

/**
 * A direction counts from here. Two runs of the paper that differ only by chance lie within 0.001 (its standard error) and
 * it prints two decimals, so half of the last one is the smallest difference that it could have meant.
 */
export const tolerance = 0.005;

/** Two losses are alike within this: 1 % of a loss of 2 nats. The paper calls differences of 0.01 to 0.02 none. */
export const alikeNats = 0.02;

/** A difference that is seen in the chart without looking for it: `visibly worse`, `much more`. */
export const visible = 0.02;

/**
 * Average loss may lie this far above retraining on everything: 2 % of the paper's average of 2.35, where its own gaps are
 * 0.02 (weak) and 0.00 (strong).
 */
export const gapToUnion = 0.05;

/** Losses of schedules are alike within this many percent. The paper says `similar`; 1 to 2 % is what its curves show. */
export const alikePercent = 2;

/** The share of old text that the paper settles on: 5 % (weak shift) and 25 % (strong). */
export const settledReplay = {
  weak: { arm: 'replay-5', label: '5 % replay' },
  strong: { arm: 'replay-25', label: '25 % replay' },
} as const;
