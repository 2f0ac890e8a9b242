// The Vite plugin that compiles the kernels of assembly/ to WebAssembly where they are imported, as base64: one text for
// the page, its workers, Node and the tests, without another file to fetch. The compiler is AssemblyScript's.

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** No relaxed instruction, nothing imported from the host, no allocator, no checks: sums in the order that is written. */
const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='];

let compiled: { readonly entry: string; readonly base64: Promise<string> } | undefined;

async function compile(entry: string): Promise<string> {
  const { main } = await import('assemblyscript/asc');
  const files = new Map<string, Uint8Array | string>();
  const baseDir = dirname(entry);
  const { error, stderr } = await main(['index.ts', '--baseDir', baseDir, ...flags, '--outFile', 'kernels.wasm'], {
    writeFile: (name, contents) => {
      files.set(name, contents);
    },
  });
  const wasm = files.get('kernels.wasm');
  if (error || !(wasm instanceof Uint8Array)) throw new Error(`The kernels in ${baseDir} do not compile:\n${stderr}`);
  return Buffer.from(wasm).toString('base64');
}

export function compileKernels(): Plugin {
  return {
    name: 'rewarm:compile-kernels',
    load: {
      filter: { id: /simd\/assembly\/index\.ts\?wasm$/ },
      async handler(id) {
        const entry = id.replace('?wasm', '');
        for (const name of readdirSync(dirname(entry))) this.addWatchFile(join(dirname(entry), name));
        if (this.meta.watchMode || compiled?.entry !== entry) compiled = { entry, base64: compile(entry) };
        return { code: `export default '${await compiled.base64}';`, map: null };
      },
    },
  };
}
