// What the page says about the machine: why it cannot train, what it trains with, and how much that may hold.

import type { Device } from '../worker/protocol';

export const obstacleWords = {
  insecure: 'WebGPU needs https, and this page was opened over http.',
  'no-webgpu':
    'This browser has no WebGPU (Chrome and Edge from 113, Safari from 26, Firefox from 141 on Windows and 145 on Apple silicon have it).',
  'no-adapter': 'Your browser knows WebGPU but found no usable graphics card (driver, remote desktop, or blocklist).',
  shader: 'A shader did not compile on this graphics card.',
  limits: 'This graphics card allows too little memory at once.',
  other: 'WebGPU could not be started.',
} as const;

export const machineWords = {
  reference: 'The processor trains instead: size XS only, and slowly.',
  software: 'Only a software GPU was found. Training works but is slow; sizes above XS are left out.',
} as const;

/** Of a size that is left out: what one run takes, and what training may hold here. */
export const tooLargeWords = (scale: string, needs: string, budget: string) =>
  `${scale} needs ${needs}; this device is given ${budget}.`;

/** What training may hold, and why so much. */
export const memoryWords = {
  title: 'memory for training',
  because: ({ handheld, gigabytes }: Device) => {
    const kind = handheld ? 'phone or tablet' : 'computer';
    return gigabytes === null
      ? `for a ${kind} whose browser does not say its memory`
      : `${handheld ? 'an eighth' : 'half'} of the ${gigabytes} GB that the browser states, for a ${kind}`;
  },
} as const;
