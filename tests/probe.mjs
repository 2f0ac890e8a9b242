// Exits with 0 when Dawn finds an adapter on the driver of the tests.

import { create } from 'webgpu';
import { useDriver } from './driver.mjs';

useDriver();
// On globalThis because a collected instance crashes the process.
globalThis.rewarmProbe = create([]);
const adapter = await globalThis.rewarmProbe.requestAdapter();
process.exit(adapter ? 0 : 1);
