/** The layers of the sources, and proof that the check of them finds what it looks for. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkLayers, VIOLATION_KINDS } from './check-layers.ts';
import { LAYERS } from './layers.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FIXTURE = path.join(import.meta.dirname, 'fixture/src');

const planted = checkLayers(FIXTURE);
const sources = checkLayers(path.join(ROOT, 'src'));

/** Reads a comment such as `// expect: impure x2, types-only x1` at the head of a planted file. */
function expectedFaults(name: string): string[] {
  const [, text] = /^\/\/ expect: (.+)/.exec(readFileSync(path.join(FIXTURE, name), 'utf8')) ?? [];
  return (text ?? '').split(', ').filter(Boolean).sort();
}

function foundFaults(name: string): string[] {
  const counts = new Map<string, number>();
  for (const { kind, place } of planted.violations) {
    if (place.replace(/:\d+$/, '') === name) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${kind} x${count}`).sort();
}

test.each(planted.files)('the check finds what is planted in %s, and no more', (name) => {
  expect(foundFaults(name)).toEqual(expectedFaults(name));
});

test('every kind of fault is planted somewhere', () => {
  expect(new Set(planted.violations.map(({ kind }) => kind))).toEqual(new Set(VIOLATION_KINDS));
});

test('the sources keep to their layers', () => {
  expect(sources.violations).toEqual([]);
  expect(sources.files).toContain('main.tsx');
  expect(sources.files.length).toBeGreaterThan(10);
});

test.each(Object.keys(LAYERS).filter((name) => !name.includes('.')))('the layer %s is there and has files', (name) => {
  expect(sources.files.some((file) => file.startsWith(`${name}/`))).toBe(true);
});

test('each name in package.json imports leads to the index.ts of a layer', () => {
  const { imports } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    imports: Record<string, string>;
  };
  expect(Object.keys(imports)).not.toEqual([]);
  for (const [name, target] of Object.entries(imports)) {
    const layer = name.slice(1).replace(/\/testing$/, '');
    expect(Object.keys(LAYERS)).toContain(layer);
    expect(target).toBe(`./src/${name.slice(1)}/index.ts`);
    expect(existsSync(path.join(ROOT, target)), target).toBe(true);
  }
});

test('the lockfile names no registry host, so that any mirror will do', () => {
  expect(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "http/);
});
