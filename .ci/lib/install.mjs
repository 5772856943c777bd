/**
 * Installs the npm packages that the lockfile names when they are not there. It is what the other scripts begin with,
 * so it uses Node alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NODE_MIN = [20, 19];

/**
 * Ends the process with a sentence when Node is older than the build tools can do with.
 */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = NODE_MIN;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return;
  console.error(`Ordinal needs Node ${NODE_MIN.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Says whether node_modules holds each package of package-lock.json in the version named there. Optional packages may
 * be absent: they are for other platforms.
 *
 * @returns {boolean} false also when there is no node_modules at all
 */
function isInstalled() {
  const record = path.join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesOf(path.join(ROOT, 'package-lock.json'));
  const present = packagesOf(record);
  return Object.entries(wanted).every(
    ([folder, entry]) => folder === '' || entry.optional || present[folder]?.version === entry.version,
  );
}

/**
 * Runs `npm ci` unless everything is there.
 *
 * @param {(line: string) => void} say - where to tell that it takes a moment
 * @returns {string | undefined} what npm said when it failed
 */
export function install(say) {
  if (isInstalled()) return undefined;
  say('Installing packages (npm ci) …');
  const onWindows = process.platform === 'win32';
  const result = spawnSync(onWindows ? 'npm.cmd' : 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: onWindows,
  });
  return result.status === 0 ? undefined : `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>} the packages of a lockfile by their folder
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
