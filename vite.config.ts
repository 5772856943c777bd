/** How the page is built, served while developing, and tested. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  plugins: [react()],
  resolve: {
    alias: [
      // monaco-worker-manager (under monaco-yaml) still imports a path that monaco 0.56 moved.
      { find: /^monaco-editor\/esm\/vs\/(.+)$/, replacement: 'monaco-editor/$1' },
    ],
  },
  worker: { format: 'es' },
  // Found while loading, these would make the dev server reload and kill the YAML worker.
  optimizeDeps: { include: ['monaco-yaml', 'monaco-yaml/yaml.worker.js'] },
  build: { target: 'es2023', modulePreload: { polyfill: false } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', '.ci/**/*.test.ts'],
    environment: 'node',
  },
});
