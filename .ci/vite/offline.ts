/**
 * Lets the built page work without a network once it has been loaded: a service worker that keeps every file of the
 * build, and the script that registers it. Both are written after the bundle, because they name its files.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

const WORKER_FILE = 'sw.js';
const REGISTER_FILE = 'register.js';
/** Alphabets that the interface has no words in: fetched when a manifest does. */
const RARE_FONT = /(?:cyrillic|greek|vietnamese)[^/]*\.woff2?$/;

/**
 * Adds `sw.js` and `register.js` to a build, and the page's script element for the latter.
 *
 * @returns a Vite plugin, active in builds only
 */
export function offline(): Plugin {
  let publicDir = '';
  return {
    name: 'ordinal:offline',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [{ tag: 'script', attrs: { type: 'module', src: `./${REGISTER_FILE}` }, injectTo: 'head' }],
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        this.emitFile({ type: 'asset', fileName: REGISTER_FILE, source: registerSource() });
        const contents = new Map([...bundleContents(bundle), ...folderContents(publicDir)]);
        contents.set(REGISTER_FILE, registerSource());
        this.emitFile({ type: 'asset', fileName: WORKER_FILE, source: workerSource(contents) });
      },
    },
  };
}

function bundleContents(bundle: Bundle): [string, string | Uint8Array][] {
  return Object.values(bundle).map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]);
}

/** Vite copies the public folder past the bundle, so its files are read from where they stand. */
function folderContents(folder: string): [string, Uint8Array][] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
  return names.map((name) => [path.relative(folder, name).split(path.sep).join('/'), readFileSync(name)]);
}

function registerSource(): string {
  return `// Registers the service worker after the page has loaded, so that filling its cache does not compete with the first paint.
const policy = globalThis.trustedTypes?.createPolicy('ordinal-offline', { createScriptURL: (url) => url });
const url = new URL('./${WORKER_FILE}', import.meta.url).href;
const register = () => navigator.serviceWorker.register(policy ? policy.createScriptURL(url) : url).catch(() => {});
if ('serviceWorker' in navigator) {
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
`;
}

/**
 * The page itself comes from the network while there is one, so a new version is seen at the next load; its files have
 * their content's hash in their names and come from the cache. A worker waits until no page of the older version is open:
 * only then is the older version's cache of no more use.
 */
function workerSource(contents: ReadonlyMap<string, string | Uint8Array>): string {
  const names = [...contents.keys()].filter((name) => !name.endsWith('.map') && !RARE_FONT.test(name)).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(contents.get(name) ?? '');
  const files = ['./', ...names.filter((name) => name !== 'index.html').map((name) => `./${name}`)];
  return `const CACHE = 'ordinal-${hash.digest('hex').slice(0, 16)}';
const FILES = ${JSON.stringify(files)};
const NETWORK_WAIT_MS = 3000;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((keys) => Promise.all(keys.filter((key) => key.startsWith('ordinal-') && key !== CACHE).map((key) => caches.delete(key))))
      .then(() => clients.claim()),
  );
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.mode === 'navigate' ? page(request) : file(request));
});

async function page(request) {
  const kept = await (await caches.open(CACHE)).match('./');
  const fresh = fetch(request);
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, NETWORK_WAIT_MS, kept));
  return Promise.race([fresh, late]).then((response) => (response.ok ? response : kept), () => kept);
}

async function file(request) {
  return (await (await caches.open(CACHE)).match(request)) ?? fetch(request);
}
`;
}
