/** How the page is built, served while developing, and tested. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy } from './.ci/vite/content-security-policy.ts';
import { offline } from './.ci/vite/offline.ts';

export default defineConfig({
  // The page may be hosted in any folder of any host.
  base: './',
  plugins: [react(), contentSecurityPolicy(), offline()],
  resolve: {
    alias: [
      // monaco-worker-manager (under monaco-yaml) still imports a path that monaco 0.56 moved.
      { find: /^monaco-editor\/esm\/vs\/(.+)$/, replacement: 'monaco-editor/$1' },
    ],
  },
  worker: { format: 'es' },
  // Found while loading, these would make the development server reload and kill the YAML worker.
  optimizeDeps: { include: ['monaco-yaml', 'monaco-yaml/yaml.worker.js'] },
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    // A data: font is forbidden by the page's policy.
    assetsInlineLimit: 0,
    // The editor is large and loaded late; what may grow is held by the budgets of .ci/size-limit.mjs.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        // What changes rarely keeps its file, and so its place in the visitor's cache, when the page itself changes.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ },
            {
              name: 'graph',
              test: /node_modules[\\/](?:@xyflow|d3-[a-z]+|classcat|zustand|use-sync-external-store)[\\/]/,
            },
          ],
        },
      },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', '.ci/**/*.test.ts'],
    exclude: ['**/node_modules/**', '.ci/rules/fixture/**'],
    environment: 'node',
    setupFiles: ['src/lib/testing/fixed-chance.ts'],
    // Tests say what holds, not how fast: a busy machine fails none.
    testTimeout: 60_000,
  },
});
