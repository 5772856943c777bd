/**
 * Who may know whom. This table is the only place that says so: the check beside it reads it, and the test runs the
 * check over every file under src.
 */

/** What the files of one layer may use. Every layer may use lib besides. */
export interface Layer {
  /** Layers whose values and types it may import. */
  readonly values: readonly string[];
  /** Layers that it may import types of, and nothing that runs. */
  readonly types: readonly string[];
  /** npm packages that it may import. */
  readonly packages: readonly string[];
  /** Same input, same output: no clock, no chance, no promises, nothing of a browser or of Node. */
  readonly isPure: boolean;
  /** Runs on Node for developers and is no part of the page, so it may use Node and what the tests use. */
  readonly isTool: boolean;
}

const PURE_LAYERS = ['kube', 'engine', 'manifest', 'kubectl', 'timeline', 'share', 'scene'];

/** The layers by the name of their folder; a file directly under src is a layer of its own. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  lib: layer({ isPure: true }),
  kube: layer({ isPure: true }),
  engine: layer({ values: ['kube'], isPure: true }),
  manifest: layer({ values: ['kube'] }),
  kubectl: layer({ values: ['kube', 'manifest'], types: ['engine'], isPure: true }),
  timeline: layer({ values: ['kube', 'engine'], isPure: true }),
  share: layer({ types: ['timeline'], packages: ['fflate'] }),
  scene: layer({ values: ['kube', 'engine'], types: ['timeline'], isPure: true }),
  conformance: layer({ values: ['kube', 'engine', 'kubectl', 'manifest'], isTool: true }),
  bench: layer({ values: [...PURE_LAYERS, 'conformance'], isTool: true }),
  bridge: layer({ values: ['kube', 'engine', 'manifest', 'kubectl', 'timeline', 'share', 'scene'] }),
  state: layer({ values: PURE_LAYERS, types: ['bridge'], packages: ['zustand'] }),
  ui: layer({
    values: ['state', 'scene', 'manifest'],
    types: [...PURE_LAYERS, 'bridge'],
    packages: [
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
      '@xyflow/react',
      'monaco-editor',
      'monaco-yaml',
      'react',
      'react-dom',
      'zustand',
    ],
  }),
  'main.tsx': layer({ values: ['bridge', 'state', 'ui'], packages: ['react', 'react-dom'] }),
};

/** Globals that make a result depend on more than the arguments. `Math.random` and `async` are looked for as well. */
export const IMPURE_GLOBALS: ReadonlySet<string> = new Set([
  'Date',
  'Promise',
  'Worker',
  'XMLHttpRequest',
  'caches',
  'cancelAnimationFrame',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'document',
  'eval',
  'fetch',
  'globalThis',
  'history',
  'indexedDB',
  'localStorage',
  'location',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'requestAnimationFrame',
  'self',
  'sessionStorage',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
]);

function layer(parts: Partial<Layer>): Layer {
  return { values: [], types: [], packages: [], isPure: false, isTool: false, ...parts };
}
