/**
 * `npm start`: from a fresh clone to the page in a browser. Installs what is missing, builds when the sources have
 * changed since the last build, and serves the result.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { install, ROOT, requireNode } from './lib/install.mjs';
import { serve } from './static-server.mjs';

const DIST = path.join(ROOT, 'dist');
const STAMP = path.join(ROOT, 'node_modules/.cache/ordinal/build');
/** Everything that a build is made from. */
const INPUTS = ['src', 'public', '.ci/vite', 'index.html', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];
const PORT_FIRST = 4173;
const PORTS_MAX = 100;

requireNode();
const failure = install(console.log) ?? build();
if (failure !== undefined) {
  console.error(failure);
  process.exit(1);
}
const { url } = await serve({ folder: DIST, port: PORT_FIRST, triesMax: PORTS_MAX });
console.log(`Ordinal is at ${url}  (Ctrl+C ends it)`);

/**
 * @returns {string | undefined} what the build said when it failed
 */
function build() {
  const sources = digest(INPUTS);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === `${sources} ${digest(['dist'])}`) return undefined;
  console.log('Building …');
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, encoding: 'utf8' });
  if (result.status !== 0) return `${result.stdout}${result.stderr}`;
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, `${sources} ${digest(['dist'])}`);
  return undefined;
}

/**
 * @param {string[]} names - files and folders of the project; absent ones count as empty
 * @returns {string} a hash of their names and contents
 */
function digest(names) {
  const hash = createHash('sha256');
  for (const name of names) {
    for (const file of filesUnder(path.join(ROOT, name))) {
      hash
        .update(`${path.relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} entry
 * @returns {string[]}
 */
function filesUnder(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry)
    .sort()
    .flatMap((name) => filesUnder(path.join(entry, name)));
}
