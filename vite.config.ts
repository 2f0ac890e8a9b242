import { defineConfig, type Plugin } from 'vite';
import { packCorpora } from './src/data/packing/plugin.ts';
import { compileKernels } from './src/engine/simd/compiling/plugin.ts';

/**
 * WGSL without its comments in what a visitor downloads, but for those that say what to include (src/engine/gpu/shaders.ts);
 * lines stay where they are, so that errors name the right one.
 */
function bareShaders(): Plugin {
  return {
    name: 'bare-shaders',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /\.wgsl\?raw$/ },
      handler: (code) => ({ code: code.replaceAll(/ *\/\/(?! (?:uses|forms) {4}).*?(?=\\n)/g, ''), map: null }),
    },
  };
}

/** What the built page may fetch and run: its own files. It stands in the page, because many hosts set no headers. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** Left out of the page that `npm start` serves, which changes while it is open. */
function contentPolicy(): Plugin {
  return {
    name: 'content-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policy.join('; ') },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

export default defineConfig(({ command }) => {
  // The command alone decides which React is taken, not what the surroundings call themselves: a shell may have NODE_ENV
  // set, the tests' runner has, and so may a file .env, which is therefore not read.
  process.env['NODE_ENV'] = command === 'build' ? 'production' : 'development';
  return {
    plugins: [packCorpora(), compileKernels(), bareShaders(), contentPolicy()],
    envDir: false,
    // Relative addresses, so that the built site works under any path.
    base: './',
    worker: { format: 'es', plugins: () => [compileKernels(), bareShaders()] },
    build: {
      target: 'es2023',
      // In one file that the page begins with: of a sheet that comes later Vite forgets that it could not be fetched.
      cssCodeSplit: false,
      // tests/size.mjs holds the budget.
      chunkSizeWarningLimit: 750,
      // React libraries mark themselves for server rendering, which there is none of.
      rolldownOptions: { checks: { moduleLevelDirective: false, bundlerTimings: false } },
    },
  };
});
