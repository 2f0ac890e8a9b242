// The loop around a step of the libraries that are built on tfjs.

/** @typedef {{ data: () => Promise<ArrayLike<number>>, dispose: () => void }} Loss a tensor of one number */

/**
 * @param {() => Loss} step takes one training step and returns its loss, which nobody has waited for
 * @param {number} waitEvery steps between two waits for a loss
 * @returns {import('./shape.mjs').Trainer['train']}
 */
export function repeated(step, waitEvery) {
  return async (steps) => {
    let last = Number.NaN;
    for (let i = 1; i <= steps; i++) {
      const loss = step();
      if (i % waitEvery === 0 || i === steps) last = (await loss.data())[0] ?? Number.NaN;
      loss.dispose();
    }
    return last;
  };
}
