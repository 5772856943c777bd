/**
 * `npm test`: every check and test of the project, one after the other, on a machine that may have nothing but Node.
 * A stage that fails does not keep the later ones from running. The last line is `N passed, M failed`.
 *
 *   npm test                    everything
 *   npm test -- types unit      these stages alone
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, ROOT, requireNode } from './lib/install.mjs';

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} command - a package's executable and its arguments
 * @property {number} minutesMax
 * @property {(report: string) => string[]} [reportArguments] - makes a test runner write its counts to a file
 * @property {(report: string) => Count} [count] - reads them; a stage without counts as one
 * @property {() => string | undefined | Promise<string | undefined>} [prepare] - says why the stage cannot run
 * @property {() => Promise<Record<string, string>>} [environment]
 */

const REPORTS = mkdtempSync(path.join(tmpdir(), 'ordinal-test-'));

/** @type {Stage[]} */
const STAGES = [
  {
    name: 'lint',
    command: ['@biomejs/biome', 'ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=200', '.'],
    minutesMax: 3,
  },
  vitest('rules', ['.ci/rules/'], 3),
  { name: 'types', command: ['typescript:tsc', '--noEmit', '-p', '.'], minutesMax: 3 },
  { name: 'unused', command: ['knip', '--no-config-hints'], minutesMax: 3 },
  vitest('unit', ['--exclude', '.ci/**', '--exclude', 'src/conformance/**'], 6),
  vitest('conformance', ['src/conformance/'], 4),
  { name: 'build', command: ['vite', 'build'], minutesMax: 3, prepare: removeBuild },
  { name: 'size', command: ['size-limit', '--config', '.ci/size-limit.mjs'], minutesMax: 1 },
  {
    name: 'e2e',
    command: ['@playwright/test:playwright', 'test', '-c', 'e2e', '--reporter=list,json'],
    minutesMax: 14,
    prepare: findBrowser,
    environment: async () => ({ E2E_PORT: String(await freePort()), PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf('e2e') }),
    count: countPlaywright,
  },
];

requireNode();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}; there are ${STAGES.map((stage) => stage.name).join(', ')}.`);
  process.exit(2);
}

/** @type {Count} */
const total = { passed: 0, failed: 0 };
const failure = install(console.log);
if (failure !== undefined) {
  console.log(failure);
  total.failed = 1;
} else {
  for (const stage of STAGES) {
    if (wanted.length > 0 && !wanted.includes(stage.name)) continue;
    const { passed, failed } = await runStage(stage);
    total.passed += passed;
    total.failed += failed;
  }
}
rmSync(REPORTS, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * @param {Stage} stage
 * @returns {Promise<Count>}
 */
async function runStage(stage) {
  const startMs = Date.now();
  const obstacle = await stage.prepare?.();
  const { isGood, output } = obstacle === undefined ? await runCommand(stage) : { isGood: false, output: obstacle };
  const count = countOf(stage, isGood);
  const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
  const mark = count.failed === 0 ? '✓' : '✗';
  console.log(`${mark} ${stage.name.padEnd(12)} ${count.passed} passed, ${count.failed} failed  (${seconds} s)`);
  if (count.failed > 0) console.log(`${output.trimEnd().replace(/^/gm, '    ')}\n`);
  return count;
}

/**
 * @param {Stage} stage
 * @param {boolean} isGood - whether the command ended well
 * @returns {Count}
 */
function countOf(stage, isGood) {
  const one = { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
  const report = reportOf(stage.name);
  if (!stage.count || !existsSync(report)) return stage.count ? { passed: 0, failed: 1 } : one;
  const count = stage.count(report);
  // A runner may fail without a failing test, such as by finding none, and may not pass with none.
  const isUncounted = count.failed === 0 && (!isGood || count.passed === 0);
  return isUncounted ? { ...count, failed: 1 } : count;
}

/**
 * @param {Stage} stage
 * @returns {Promise<{ isGood: boolean, output: string }>}
 */
async function runCommand({ name, command, minutesMax, environment }) {
  const [executable = '', ...args] = command;
  const child = spawn(process.execPath, [binary(executable), ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...(await environment?.()) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const timer = setTimeout(() => {
    output += `\n${name} took more than ${minutesMax} minutes and was ended.\n`;
    if (child.pid === undefined) return;
    // With its own process group the command's children end as well.
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  }, minutesMax * 60_000);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.on('close', resolve);
  });
  clearTimeout(timer);
  return { isGood: code === 0, output };
}

/**
 * @param {string} executable - a package, or `package:name` when the executable is not called as the package is
 * @returns {string} its script
 */
function binary(executable) {
  const [name = '', called = name.replace(/.*\//, '')] = executable.split(':');
  const folder = path.join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[called]);
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {number} minutesMax
 * @returns {Stage}
 */
function vitest(name, args, minutesMax) {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(name)}`];
  return { name, command: ['vitest', 'run', ...args, ...report], minutesMax, count: countVitest };
}

/** @param {string} stage */
function reportOf(stage) {
  return path.join(REPORTS, `${stage}.json`);
}

/**
 * @param {string} report
 * @returns {Count}
 */
function countVitest(report) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.filter(
    /** @param {{ status: string, assertionResults: unknown[] }} file */
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/**
 * @param {string} report
 * @returns {Count}
 */
function countPlaywright(report) {
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

/** A build that fails must not leave an older one for the later stages to test. */
function removeBuild() {
  rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
  return undefined;
}

/**
 * Looks for a Chromium; on Debian, root can have one installed.
 *
 * @returns {Promise<string | undefined>} what to do when there is none
 */
async function findBrowser() {
  const { chromiumLaunch } = await import('../e2e/support/browsers.mjs');
  if (chromiumLaunch()) return undefined;
  const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  let output = '';
  if (canInstall) {
    console.log('Installing chromium (apt-get) …');
    for (const args of [['update'], ['install', '-y', 'chromium']]) {
      const result = spawnSync('apt-get', args, {
        encoding: 'utf8',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      output += `${result.stdout ?? ''}${result.stderr ?? ''}`;
    }
    if (chromiumLaunch()) return undefined;
  }
  return `${output}No Chromium to test with: run "npx playwright install chromium", or install chromium or Chrome, or set PW_CHROMIUM=/path/to/it.`;
}

/** @returns {Promise<number>} a port that nobody listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
