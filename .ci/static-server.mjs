/**
 * Serves a folder as plain static hosting does: files with a type and a tag, 404 for the rest, no headers that would
 * make the page safer than it is elsewhere. For `npm start` and the end-to-end tests.
 *
 *   node .ci/static-server.mjs FOLDER PORT [PREFIX]
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
/** Ports that browsers refuse to open, from the range tried here. */
const REFUSED_PORTS = [4190];

/**
 * Starts serving on the loopback interface.
 *
 * @param {{ folder: string, port: number, prefix?: string, triesMax?: number }} options - prefix is the path that the
 *   folder appears under, with slashes at both ends; with triesMax, the next ports are tried when one is taken
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} rejected when no port is free
 */
export async function serve({ folder, port, prefix = '/', triesMax = 1 }) {
  const server = createServer((request, response) => {
    answer(folder, prefix, request.url ?? '/', request.headers['if-none-match']).then(
      ({ status, headers, body }) => {
        response.writeHead(status, headers);
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => {
        response.writeHead(500);
        response.end();
      },
    );
  });
  const taken = await listen(server, port, triesMax);
  return {
    url: `http://127.0.0.1:${taken}${prefix}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/**
 * @param {string} folder
 * @param {string} prefix
 * @param {string} url
 * @param {string | undefined} knownTag
 * @returns {Promise<{ status: number, headers?: Record<string, string>, body?: Buffer | string }>}
 */
async function answer(folder, prefix, url, knownTag) {
  const pathname = decodedPath(url);
  if (pathname === undefined || pathname.includes('\0')) return { status: 400 };
  if (!pathname.startsWith(prefix)) return { status: 404, body: 'Not found' };
  const inside = pathname.slice(prefix.length);
  const file = path.join(folder, inside.endsWith('/') || inside === '' ? `${inside}index.html` : inside);
  if (path.relative(folder, file).startsWith('..')) return { status: 404, body: 'Not found' };
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return { status: 404, body: 'Not found' };
  const body = await readFile(file);
  const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  const headers = {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'cache-control': 'max-age=0, must-revalidate',
    etag: tag,
  };
  return knownTag === tag ? { status: 304, headers } : { status: 200, headers, body };
}

/**
 * @param {string} url
 * @returns {string | undefined} undefined when the percent signs make no sense
 */
function decodedPath(url) {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {number} triesMax
 * @returns {Promise<number>} the port that was free
 */
function listen(server, port, triesMax) {
  return new Promise((resolve, reject) => {
    const next = () => (triesMax > 1 ? resolve(listen(server, port + 1, triesMax - 1)) : undefined);
    if (REFUSED_PORTS.includes(port) && triesMax > 1) {
      next();
      return;
    }
    /** @param {NodeJS.ErrnoException} error */
    const fail = (error) => {
      if (error.code === 'EADDRINUSE' && triesMax > 1) next();
      else reject(error);
    };
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      resolve(port);
    });
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder = 'dist', port = '4173', prefix] = process.argv.slice(2);
  const { url } = await serve({ folder, port: Number(port), ...(prefix ? { prefix } : {}) });
  console.log(url);
}
