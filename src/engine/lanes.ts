// How many threads share a row in kernels that walk rows. One needs no barrier, which software adapters pay for most;
// several read neighbouring addresses and fill a graphics card. The tuner has measured which of the two this adapter is, by
// its products: these kernels themselves are not tried on it. The tests compare both numbers of threads with the twins.

import { type KernelChoice, productVariants } from './variants';

/** Threads a row: several where the widest product runs best on workgroup memory. */
export function rowLanes({ products }: KernelChoice): number {
  return productVariants[products['in_proj.forward']].family === 'tiles' ? 8 : 1;
}
