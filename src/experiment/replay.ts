// Compute-equivalent replay (Ibrahim et al. 2024, section 4.2): of every stage a fixed share of the sequences comes
// from old data, and the total stays the same. Sequence i is a replayed one iff floor((i+1)x) > floor(ix): the share
// is exact over any length, constant in time and needs no random number.

export interface SequenceSource {
  /** True: read from the replay corpus. */
  readonly replay: boolean;
  /** How many sequences of the stage came from the same corpus before this one. */
  readonly index: number;
}

/** Where sequence `i` (counted over the whole stage from 0) comes from, when `fraction` of them are replayed. */
export function sequenceSource(i: number, fraction: number): SequenceSource {
  const before = replayedBefore(i, fraction);
  const replay = replayedBefore(i + 1, fraction) > before;
  return { replay, index: replay ? before : i - before };
}

/** How many of the first `count` sequences are replayed ones. */
export function replayedBefore(count: number, fraction: number): number {
  // 0.29 * 100 is 28.999999999999996: a product misses the whole number it stands for by at most two roundings
  // (2^-52 relative). Four times that is given back; it cannot reach a whole number that the fraction does not mean,
  // because a fraction with six decimals misses by 1e-6 or more and counts stay below 2^30.
  const product = count * fraction;
  return Math.floor(product + product * 2 ** -50);
}
