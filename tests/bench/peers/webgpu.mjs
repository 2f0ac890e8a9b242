// WebGPU in Node the way a page finds it: at navigator.gpu. Every library gets the same adapter, whatever it asks for;
// what it was given is written down, and so is every fault of its device: a step that failed in part would look fast.

import { create, globals } from 'webgpu';

/** @typedef {{ vendor: string, architecture: string, device: string, description: string }} AdapterName */

/** @type {AdapterName[]} adapters handed out so far, in order */
export const handedOut = [];

/** @type {string[]} faults of devices that no library caught, in the words of WebGPU */
export const faults = [];

/** Dawn's instance must stay reachable: once it is collected, the next call on its objects crashes the process. */
const dawn = create([]);

/** @param {GPUAdapter} adapter */
function nameOf(adapter) {
  const { vendor, architecture, device, description } = adapter.info;
  return { vendor, architecture, device, description };
}

const gpu = {
  async requestAdapter() {
    const adapter = await dawn.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    handedOut.push(nameOf(adapter));
    const requestDevice = adapter.requestDevice.bind(adapter);
    const watched = async (/** @type {GPUDeviceDescriptor | undefined} */ descriptor) => {
      const device = await requestDevice(descriptor);
      device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message));
      return device;
    };
    return Object.defineProperty(adapter, 'requestDevice', { value: watched });
  },
  getPreferredCanvasFormat: () => 'bgra8unorm',
  wgslLanguageFeatures: new Set(),
};

/** To be called before a library that looks for WebGPU is imported. */
export function offerWebGpu() {
  Object.assign(globalThis, globals);
  const navigator = { gpu, userAgent: 'Node.js', hardwareConcurrency: 1 };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
}
