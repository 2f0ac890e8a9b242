// Finds AMD's driver and builds the layer that lets it run without its hardware, or says which packages are missing.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../engine/engine';
import source from './layer.c?raw';
import manifest from './layer.json?raw';

const driverFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];

/** @param problem what is missing, the beginning of a sentence */
export function missing(problem: string): EngineError {
  return new EngineError(
    'no-adapter',
    `${problem}: bench --isa needs Linux with a C compiler, the headers of Vulkan and AMD's driver in Mesa 25 or later ` +
      '(on Debian: "apt install gcc libvulkan-dev", and on Debian 12 "apt install -t bookworm-backports ' +
      'mesa-vulkan-drivers").',
  );
}

/** The driver file of RADV; throws EngineError where there is none, or an old one. */
export function findRadv(folders: readonly string[] = driverFolders): string {
  const files = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /\/radeon_icd[^/]*\.json$/.test(path));
  const [found] = files;
  if (found === undefined) throw missing("AMD's Vulkan driver (radeon_icd.json) was not found");
  const recent = files.find((path) => isRecent(path));
  if (recent === undefined) throw missing(`AMD's Vulkan driver ${found} is too old`);
  return recent;
}

/** Mesa 25 offers Vulkan 1.4. */
function isRecent(driver: string): boolean {
  const [major = 0, minor = 0] = String(JSON.parse(readFileSync(driver, 'utf8')).ICD?.api_version)
    .split('.')
    .map(Number);
  return major > 1 || (major === 1 && minor >= 4);
}

/**
 * Compiles the layer into `folder`.
 * @returns what the Vulkan loader must find in the environment to use it
 */
export function buildLayer(folder: string, compiler = 'gcc'): Record<string, string> {
  const { layer } = JSON.parse(manifest);
  const out = join(folder, layer.library_path);
  const options = ['-x', 'c', '-std=c11', '-O1', '-shared', '-fPIC', '-fvisibility=hidden', '-o', out, '-'];
  const { error, status, stderr } = spawnSync(compiler, options, { input: source, encoding: 'utf8' });
  if (error) throw missing(`The C compiler ${compiler} does not start`);
  if (/vulkan\/\w+\.h: No such file/.test(stderr)) throw missing("Vulkan's headers were not found");
  if (status !== 0) throw new EngineError('no-adapter', `The Vulkan layer of bench --isa does not compile:\n${stderr}`);
  writeFileSync(join(folder, 'layer.json'), manifest);
  return { VK_LAYER_PATH: folder, VK_INSTANCE_LAYERS: layer.name };
}
