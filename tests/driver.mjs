// Finds what the tests need beyond npm: a Chromium, and on Linux a Vulkan driver for Dawn and wgpu.
// SwiftShader, which ships inside Chromium, is the default: it is always there when Chromium is, and then
// Node, Deno and the browser compute on the same driver. REWARM_TEST_DRIVER chooses another one.

import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const executables = ['chromium', 'chromium-browser', 'google-chrome'];
const vulkanFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
const chromiumFolders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
/** Lavapipe of Mesa 24 or later; Dawn refuses older ones. Mesa 24.0 reports Vulkan 1.3.274. */
const oldestLavapipe = [1, 3, 274];

export const installCommand = 'apt-get update && apt-get install -y --no-install-recommends chromium libvulkan1';

/** @returns {string | null} path of a Chromium or Chrome */
export function findChromium() {
  const wanted = process.env['CHROMIUM'];
  if (wanted) return existsSync(wanted) ? wanted : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const name of executables) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found) return found;
  }
  return null;
}

/** @returns {string | null} path of SwiftShader's driver file */
function findSwiftShader() {
  const chromium = findChromium();
  const folders = chromium ? [dirname(realpathSync(chromium)), ...chromiumFolders] : chromiumFolders;
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((path) => existsSync(path)) ?? null;
}

/** @param {string} file a Vulkan driver file */
function isRecentEnough(file) {
  const version = String(JSON.parse(readFileSync(file, 'utf8')).ICD.api_version)
    .split('.')
    .map(Number);
  for (const [place, oldest] of oldestLavapipe.entries()) {
    const here = version[place] ?? 0;
    if (here !== oldest) return here > oldest;
  }
  return true;
}

/** @returns {string | null} path of lavapipe's driver file */
function findLavapipe() {
  for (const folder of vulkanFolders.filter((path) => existsSync(path))) {
    const name = readdirSync(folder).find((file) => /^lvp_icd.*\.json$/.test(file));
    if (name && isRecentEnough(join(folder, name))) return join(folder, name);
  }
  return null;
}

/**
 * The Vulkan driver file for the GPU tests; null where the machine's own driver is to be used (macOS and
 * Windows have one without Vulkan) and undefined where none was found.
 * @returns {string | null | undefined}
 */
export function findDriver() {
  const given = process.env['VK_ICD_FILENAMES'];
  if (given) return given;
  const wanted = process.env['REWARM_TEST_DRIVER'];
  if (wanted === 'lavapipe') return findLavapipe() ?? undefined;
  if (wanted === 'swiftshader') return findSwiftShader() ?? undefined;
  if (wanted === 'system' || process.platform !== 'linux') return null;
  return findSwiftShader() ?? findLavapipe() ?? undefined;
}

/** Points Vulkan at the driver of the tests; to be called before the first adapter is asked for. */
export function useDriver() {
  const driver = findDriver();
  if (driver) process.env['VK_ICD_FILENAMES'] = driver;
  return driver;
}
