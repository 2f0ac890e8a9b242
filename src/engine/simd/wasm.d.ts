// What compiling/plugin.ts makes of the kernels' source: WebAssembly as base64. And the part of WebAssembly that is used here,
// which the types of Node leave out; with those of a browser it merges.

declare module '*?wasm' {
  const base64: string;
  export default base64;
}

declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  function compile(bytes: Uint8Array<ArrayBuffer>): Promise<object>;
  function instantiate(module: object): Promise<Instance>;
}
