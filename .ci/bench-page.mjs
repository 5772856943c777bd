/**
 * Figures of the built page in Chromium, measured and printed, asserted nowhere: how long each picture takes while a
 * large set is panned, zoomed, scrubbed and rolled out, and how soon a visit sees something.
 *
 *   npm run build && npm run bench:page
 *   npm run bench:page -- --pods 100,1000 --seconds 3
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { chromiumLaunch } from '../e2e/support/browsers.mjs';
import { ROOT, requireNode } from './lib/install.mjs';
import { serve } from './static-server.mjs';

requireNode();

const PORT = 4195;
const FRAME_MS = 1000 / 60;
const PODS_A_NODE = 110;
/** By then all pods of a Parallel set are ready; then its image changes. */
const ACT_MS = 60_000;

/** @param {string} name @param {string} usual */
const option = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
const sizes = option('pods', '10,100,1000,10000').split(',').map(Number);
const seconds = Number(option('seconds', '4'));
const folder = path.resolve(ROOT, option('dist', 'dist'));

const launch = chromiumLaunch();
if (!launch || !existsSync(path.join(folder, 'index.html'))) {
  console.error(launch ? `There is no page in ${folder}: run "npm run build".` : 'No Chromium found.');
  process.exit(1);
}

/** @param {number} replicas */
const manifestOf = (replicas) => `apiVersion: v1
kind: Service
metadata:
  name: nginx
spec:
  clusterIP: None
  selector:
    app: nginx
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: ${replicas}
  podManagementPolicy: Parallel
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 10%
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      terminationGracePeriodSeconds: 5
      containers:
        - name: nginx
          image: nginx:1.27
  volumeClaimTemplates:
    - metadata:
        name: www
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 1Gi
`;

/** @param {number} pods */
function sessionOf(pods) {
  const files = { 'web.yaml': manifestOf(pods) };
  const count = Math.max(3, Math.ceil(pods / (PODS_A_NODE - 10)));
  return {
    cluster: {
      seed: 1,
      gates: { MaxUnavailableStatefulSet: true },
      nodes: Array.from({ length: count }, (_, i) => ({
        name: `node-${i + 1}`,
        zone: `zone-${'abc'[i % 3]}`,
        cpu: '64',
        memory: '256Gi',
        pods: PODS_A_NODE,
      })),
      manifest: '',
      timing: {},
    },
    files,
    branches: [
      {
        id: 0,
        name: 'main',
        acts: [
          { atMs: 0, act: { type: 'kubectl', command: 'apply -f web.yaml', files } },
          { atMs: ACT_MS, act: { type: 'kubectl', command: 'set image sts/web nginx=nginx:1.28' } },
        ],
        reachedMs: ACT_MS,
      },
    ],
    at: { branch: 0, atMs: ACT_MS },
    view: { layout: 'identity' },
  };
}

/** @param {readonly number[]} times */
function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const dropped = times.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / FRAME_MS) - 1), 0);
  const share = dropped / Math.max(1, dropped + times.length);
  const cells = [at(0.5), at(0.95), sorted.at(-1) ?? 0].map((ms) => `${ms.toFixed(1).padStart(7)} ms`);
  return `${cells.join(' ')} ${(share * 100).toFixed(1).padStart(6)} %`;
}

/** What the page's own thread has worked so far, in milliseconds of the processor: other programs disturb it less. */
async function workMs(/** @type {import('@playwright/test').CDPSession} */ session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Notes how long each picture takes while something is done. @param {import('@playwright/test').Page} page @param {() => Promise<void>} act */
async function record(page, act) {
  await page.evaluate(() => {
    const times = /** @type {number[]} */ ([]);
    Object.assign(globalThis, { benchTimes: times, isBenchOn: true });
    let last = performance.now();
    const next = (/** @type {number} */ now) => {
      times.push(now - last);
      last = now;
      if (Reflect.get(globalThis, 'isBenchOn')) requestAnimationFrame(next);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(next);
    });
  });
  await act();
  return page.evaluate(() => {
    Object.assign(globalThis, { isBenchOn: false });
    return /** @type {number[]} */ (Reflect.get(globalThis, 'benchTimes'));
  });
}

/** Turns the wheel over the canvas once a picture. @param {import('@playwright/test').Page} page @param {boolean} isZoom */
const wheel = (page, isZoom) =>
  page.evaluate(
    ({ isZoom: ctrlKey, ms }) =>
      new Promise((resolve) => {
        const canvas = document.querySelector('[data-graph-grid] .react-flow__pane') ?? document.body;
        const box = canvas.getBoundingClientRect();
        const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
        const from = performance.now();
        const turn = () => {
          const t = performance.now() - from;
          const deltaY = Math.cos(t / 300) * (ctrlKey ? 30 : 24);
          const deltaX = ctrlKey ? 0 : Math.sin(t / 300) * 24;
          canvas.dispatchEvent(
            new WheelEvent('wheel', { ...at, deltaX, deltaY, ctrlKey, bubbles: true, cancelable: true }),
          );
          if (t < ms) requestAnimationFrame(turn);
          else resolve(undefined);
        };
        requestAnimationFrame(turn);
      }),
    { isZoom, ms: seconds * 1000 },
  );

/** Drags the playhead to and fro. @param {import('@playwright/test').Page} page */
async function scrub(page) {
  const box = await page.getByRole('slider', { name: 'Playhead' }).boundingBox();
  if (!box) throw new Error('the playhead is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const end = Date.now() + seconds * 1000;
  for (let i = 0; Date.now() < end; i += 1) await page.mouse.move(x - 150 + 140 * Math.cos(i / 15), y);
  await page.mouse.up();
}

/** @param {import('@playwright/test').Page} page @param {number} speed */
async function play(page, speed) {
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: `${speed}×`, exact: true }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForTimeout(seconds * 1000);
  const pause = page.getByRole('button', { name: 'Pause' });
  if (await pause.isVisible()) await pause.click();
}

const vite = await createServer({ root: ROOT, logLevel: 'error', server: { middlewareMode: true }, appType: 'custom' });
const { encodeLink } = await vite.ssrLoadModule('/src/share/index.ts');
const server = await serve({ folder, port: PORT, triesMax: 10 });
const browser = await chromium.launch(launch);

/** @param {string} hash */
async function open(hash) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  const from = Date.now();
  await page.goto(server.url + hash);
  await page.locator('[data-graph-grid] [role="row"]').first().waitFor({ state: 'attached', timeout: 300_000 });
  return { context, page, pictureMs: Date.now() - from };
}

const row = (/** @type {string} */ name, /** @type {string} */ words) => console.log(`${name.padEnd(34)} ${words}`);
try {
  const first = await open('');
  const paintMs = await first.page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
  row('first visit', `first paint ${paintMs.toFixed(0)} ms, first slots ${first.pictureMs} ms`);
  await first.context.close();
  row('', '    median        p95      worst  dropped  own work each');
  for (const pods of sizes) {
    const { context, page, pictureMs } = await open(encodeLink(sessionOf(pods), ''));
    row(`${pods} pods`, `first slots ${pictureMs} ms`);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.waitForTimeout(2_000);
    for (const [name, act] of /** @type {const} */ ([
      ['panning', () => wheel(page, false)],
      ['zooming', () => wheel(page, true)],
      ['scrubbing', () => scrub(page)],
      ['roll-out at 1×', () => play(page, 1)],
      ['roll-out at 16×', () => play(page, 16)],
      ['scrubbing over the roll-out', () => scrub(page)],
    ])) {
      const before = await workMs(session);
      const times = await record(page, act);
      const own = (((await workMs(session)) - before) / Math.max(1, times.length)).toFixed(1);
      row(`  ${name}`, `${figures(times)} ${own.padStart(7)} ms`);
      if (name === 'zooming') await page.getByRole('button', { name: /fit to view$/ }).click();
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
  await vite.close();
}
