// The clock: how many tokens a second a trainer takes, as the median of repeated samples with their spread. A sample
// ends when the loss of its last step has been read back, which is the only proof that its work was done.

const SAMPLES = 5;
/** A sample repeats the step until it takes about this long. */
const SAMPLE_MS = 1000;
const MOST_REPEATS = 256;
/** Steps before the clock starts: compilation, first allocations. */
const WARM_UP = 4;
/** Where a step takes longer than this, fewer of them have to do. */
const SLOW_MS = 5000;
const SLOW_SAMPLES = 3;
const SLOW_WARM_UP = 2;

/**
 * @typedef {object} Measurement
 * @property {number} steps timed
 * @property {number} samples
 * @property {{ median: number, least: number, most: number }} msPerStep
 * @property {{ median: number, least: number, most: number }} tokensPerSecond
 * @property {{ first: number, last: number }} loss of the repeated batch, nats a token
 */

/**
 * @param {import('./shape.mjs').Trainer} trainer
 * @param {number} tokens of one step
 * @returns {Promise<Measurement>}
 */
export async function measure(trainer, tokens) {
  const first = await trainer.train(1);
  let last = first;
  const time = async (/** @type {number} */ steps) => {
    const begin = performance.now();
    last = await trainer.train(steps);
    return (performance.now() - begin) / steps;
  };
  let once = await time(1);
  const slow = once > SLOW_MS;
  for (let taken = 2; taken < (slow ? SLOW_WARM_UP : WARM_UP); taken++) once = await time(1);
  const repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round(SAMPLE_MS / once)));
  const wanted = slow ? SLOW_SAMPLES : SAMPLES;
  /** @type {number[]} */
  const samples = [];
  for (let i = 0; i < wanted; i++) samples.push(await time(repeats));
  if (!(last < first)) throw new Error(`The loss did not fall: ${first} at first, ${last} at last.`);
  const ms = spread(samples);
  return {
    steps: wanted * repeats,
    samples: wanted,
    msPerStep: ms,
    tokensPerSecond: {
      median: (1000 * tokens) / ms.median,
      least: (1000 * tokens) / ms.most,
      most: (1000 * tokens) / ms.least,
    },
    loss: { first, last },
  };
}

/** @param {number[]} samples an odd number of them */
function spread(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), least: at(0), most: at(1) };
}
