/**
 * Runs a TypeScript file of the project on a Node that cannot read TypeScript: bundles it into node_modules/.cache and
 * imports the result. What the script prints is all that stands on standard output.
 *
 *   node .ci/run-ts.mjs src/some/script.ts [ARGUMENTS]
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, ROOT, requireNode } from './lib/install.mjs';

requireNode();
const [script, ...args] = process.argv.slice(2);
if (!script || !existsSync(path.join(ROOT, script))) {
  console.error(script ? `There is no ${script}.` : 'usage: run-ts.mjs SCRIPT [ARGUMENTS]');
  process.exit(2);
}
const failure = install(console.error);
if (failure !== undefined) {
  console.error(failure);
  process.exit(1);
}

const entry = path.join(ROOT, script);
// Named for the process, so that two runs at once do not read each other's half-written file.
const name = `${path.basename(script, '.ts')}-${process.pid}`;
const folder = path.join(ROOT, 'node_modules/.cache/ordinal', name);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const { build } = await import('vite');
await build({
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: entry,
    outDir: folder,
    emptyOutDir: true,
    copyPublicDir: false,
    minify: false,
    target: 'node20',
    sourcemap: 'inline',
    rolldownOptions: { output: { entryFileNames: 'script.mjs', codeSplitting: false } },
  },
});

process.setSourceMapsEnabled(true);
process.argv = [process.argv[0] ?? 'node', entry, ...args];
// npm starts scripts in the project's folder, but file names are meant from where the user stands.
if (process.env.npm_lifecycle_script?.includes('run-ts.mjs') && process.env.INIT_CWD)
  process.chdir(process.env.INIT_CWD);
await import(pathToFileURL(path.join(folder, 'script.mjs')).href);
