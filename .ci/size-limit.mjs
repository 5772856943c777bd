/**
 * What a visitor has to load, in compressed bytes. Before the first paint: the scripts and styles that index.html names.
 * Everything else, the editor first of all, comes later and has budgets of its own, so that growth is noticed.
 */
import { readFileSync } from 'node:fs';

const page = new URL('../dist/index.html', import.meta.url);
const references = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="(\.\/[^"]+\.(?:js|css))"/g)].map(
  (match) => `../dist/${match[1]}`,
);
const scripts = references.filter((file) => file.endsWith('.js'));
const styles = references.filter((file) => file.endsWith('.css'));

export default [
  { name: 'scripts before the first paint', path: scripts, limit: '180 kB', gzip: true },
  ...(styles.length > 0 ? [{ name: 'styles before the first paint', path: styles, limit: '20 kB', gzip: true }] : []),
  { name: 'all scripts, with the editor', path: '../dist/**/*.js', limit: '2100 kB', gzip: true },
];
