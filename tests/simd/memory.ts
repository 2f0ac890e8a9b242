// A kernel instance with a memory that tests lay out as they like, canaries everywhere they wrote nothing.

import { instantiateKernels, type Kernels } from '../../src/engine/simd/kernels';
import { CANARY } from '../kernels/play';

export interface Memory {
  readonly kernels: Kernels;
  /** Address of a copy of `values`. */
  put(values: ArrayLike<number>): number;
  /** Address of room for so many numbers, canaries in it. */
  room(count: number): number;
  /** A copy of numbers from an address on. */
  get(address: number, count: number): Float32Array;
  /** Address of bytes. */
  putBytes(bytes: Uint8Array): number;
}

export async function openMemory(): Promise<Memory> {
  const kernels = await instantiateKernels();
  kernels.memory.grow(512);
  const floats = new Float32Array(kernels.memory.buffer).fill(CANARY);
  let end = 1024;
  const room = (count: number) => {
    const at = end;
    // Not on a cache line: no kernel may need that.
    end = 16 * Math.ceil((at + 4 * count + 80) / 16);
    return at;
  };
  const put = (values: ArrayLike<number>) => {
    const at = room(values.length);
    floats.set(values, at / 4);
    return at;
  };
  const putBytes = (bytes: Uint8Array) => {
    const at = room(Math.ceil(bytes.length / 4));
    new Uint8Array(kernels.memory.buffer).set(bytes, at);
    return at;
  };
  return { kernels, room, put, putBytes, get: (at, count) => floats.slice(at / 4, at / 4 + count) };
}
