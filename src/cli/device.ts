// Finds a WebGPU adapter for Node: first with the machine's own drivers, then with a software driver in a
// well-known place. The Vulkan loader reads its environment when an instance is made, so a driver is chosen by
// setting VK_ICD_FILENAMES just before.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

declare global {
  // Dawn's instances must stay reachable: once one is collected, the next call on its objects crashes the process.
  var rewarmGpus: GPU[] | undefined;
}

export interface FoundGpu {
  readonly gpu: GPU;
  /** The Vulkan driver file that was chosen, or null for the machine's own choice. */
  readonly driver: string | null;
}

export interface GpuSearch {
  readonly found: FoundGpu | null;
  /** Why nothing was found, one short sentence an attempt. */
  readonly attempts: readonly string[];
}

/** Folders of Vulkan driver files, and of a Chromium that brings SwiftShader with it. */
const driverFolders: readonly (readonly [folder: string, file: RegExp])[] = [
  ['/usr/share/vulkan/icd.d', /^lvp_icd.*\.json$/],
  ['/etc/vulkan/icd.d', /^lvp_icd.*\.json$/],
  ['/usr/local/share/vulkan/icd.d', /^lvp_icd.*\.json$/],
  ['/usr/lib/chromium', /^vk_swiftshader_icd\.json$/],
  ['/usr/lib/chromium-browser', /^vk_swiftshader_icd\.json$/],
  ['/usr/lib64/chromium-browser', /^vk_swiftshader_icd\.json$/],
  ['/opt/google/chrome', /^vk_swiftshader_icd\.json$/],
];

const driverVariable = 'VK_ICD_FILENAMES';

/** What to do where no adapter is found. */
export const adapterCure =
  process.platform === 'linux'
    ? 'Install a Vulkan driver: your graphics card\'s own, or the software one ("apt install mesa-vulkan-drivers").'
    : "Update your graphics card's driver.";

export async function findGpu(): Promise<GpuSearch> {
  const attempts: string[] = [];
  let create: (options: string[]) => GPU;
  try {
    const dawn = await import('webgpu');
    Object.assign(globalThis, dawn.globals);
    create = dawn.create;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { found: null, attempts: [`The npm package "webgpu" does not work on this machine: ${reason}`] };
  }
  for (const driver of candidateDrivers()) {
    if (driver !== null) process.env[driverVariable] = driver;
    const gpu = create([]);
    globalThis.rewarmGpus = [...(globalThis.rewarmGpus ?? []), gpu];
    const adapter = await gpu.requestAdapter().catch(() => null);
    if (adapter) return { found: { gpu, driver }, attempts };
    attempts.push(`No adapter with ${driver ?? chosenDriver() ?? "the machine's own drivers"}.`);
  }
  return { found: null, attempts };
}

/** The driver file that the user chose. */
function chosenDriver(): string | undefined {
  return process.env[driverVariable] ?? process.env['VK_DRIVER_FILES'];
}

/** Null stands for what the machine offers by itself; a driver that the user chose is the only candidate. */
function candidateDrivers(): (string | null)[] {
  if (chosenDriver() !== undefined || process.platform !== 'linux') return [null];
  const software = driverFolders
    .filter(([folder]) => existsSync(folder))
    .flatMap(([folder, file]) =>
      readdirSync(folder)
        .filter((name) => file.test(name))
        .map((name) => join(folder, name)),
    );
  return [null, ...software];
}
