/** Holds every import and every global of the sources against the table of layers. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { IMPURE_GLOBALS, LAYERS, type Layer } from './layers.ts';
import { type Import, readSyntax } from './syntax.ts';

/** What can be wrong with a file. */
export const VIOLATION_KINDS = [
  'unknown-layer',
  'forbidden-layer',
  'types-only',
  'not-by-index',
  'own-layer-by-name',
  'resolves-to-nothing',
  'forbidden-package',
  'node-in-page',
  'test-code-in-page',
  'impure',
] as const;

/** One fault, at a place to click on. */
export interface Violation {
  readonly kind: (typeof VIOLATION_KINDS)[number];
  readonly place: string;
  readonly message: string;
}

/** The outcome of a check. The files are told because a check that saw none has found nothing. */
export interface LayerReport {
  readonly files: readonly string[];
  readonly violations: readonly Violation[];
}

interface SourceFile {
  readonly folder: string;
  readonly name: string;
  readonly layerName: string;
  readonly layer: Layer;
  readonly isTest: boolean;
}

type Finding = Pick<Violation, 'kind' | 'message'>;

const ENDINGS = ['', '.ts', '.tsx', '/index.ts'];

/**
 * Checks all TypeScript files of a source folder.
 *
 * @param folder - the folder whose children are the layers
 * @returns the files seen and what is wrong with them
 * @throws when a file cannot be parsed
 */
export function checkLayers(folder: string): LayerReport {
  const files = sourceFiles(folder);
  return { files, violations: files.flatMap((name) => checkFile(folder, name)) };
}

/**
 * Lists the TypeScript files under a folder.
 *
 * @param folder - where to look
 * @returns their names relative to the folder, with slashes, in order
 */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .sort();
}

/**
 * Says whether a file is there for tests only, which may look everywhere.
 *
 * @param name - the file's name relative to the source folder
 */
export function isTestFile(name: string): boolean {
  return /\.test\.tsx?$/.test(name) || name.split('/').includes('testing');
}

function checkFile(folder: string, name: string): Violation[] {
  const layerName = name.split('/')[0] ?? name;
  const layer = LAYERS[layerName];
  if (!layer) return [{ kind: 'unknown-layer', place: name, message: `no layer is named ${layerName}` }];
  const file: SourceFile = { folder, name, layerName, layer, isTest: isTestFile(name) };
  const { imports, uses } = readSyntax(name, readFileSync(path.join(folder, name), 'utf8'));
  const found: Violation[] = [];
  for (const one of imports) {
    const finding = checkImport(file, one);
    if (finding) found.push({ ...finding, place: `${name}:${one.line}` });
  }
  if (!layer.isPure || file.isTest) return found;
  for (const { name: used, line } of uses) {
    if (!IMPURE_GLOBALS.has(used) && used !== 'Math.random' && used !== 'async') continue;
    found.push({ kind: 'impure', place: `${name}:${line}`, message: `${layerName} is pure and may not use ${used}` });
  }
  return found;
}

function checkImport(file: SourceFile, one: Import): Finding | undefined {
  const specifier = one.specifier.replace(/\?.*$/, '');
  if (specifier.startsWith('#')) return checkLayerImport(file, specifier, one.isTypeOnly);
  if (specifier.startsWith('.')) return checkRelativeImport(file, specifier);
  return checkPackageImport(file, specifier);
}

function checkLayerImport(file: SourceFile, specifier: string, isTypeOnly: boolean): Finding | undefined {
  const [name = '', ...deeper] = specifier.slice(1).split('/');
  const { layer, layerName, isTest } = file;
  if (!LAYERS[name]) return { kind: 'unknown-layer', message: `${specifier} is no layer` };
  if (deeper.length > 0) {
    const isTesting = deeper.length === 1 && deeper[0] === 'testing';
    if (!isTesting) return { kind: 'not-by-index', message: `${specifier}: a layer is entered by its index.ts` };
    if (!isTest && !layer.isTool) return { kind: 'test-code-in-page', message: `${specifier} is for tests` };
  } else if (name === layerName) {
    return { kind: 'own-layer-by-name', message: `${specifier}: inside a layer, imports are relative` };
  }
  if (isTest || name === 'lib' || name === layerName || layer.values.includes(name)) return undefined;
  if (!layer.types.includes(name)) return { kind: 'forbidden-layer', message: `${layerName} may not know ${name}` };
  return isTypeOnly ? undefined : { kind: 'types-only', message: `${layerName} may import types of ${name} alone` };
}

function checkRelativeImport(file: SourceFile, specifier: string): Finding | undefined {
  const target = path.posix.join(path.posix.dirname(file.name), specifier);
  const isInside = file.layerName === file.name ? !target.includes('/') : target.startsWith(`${file.layerName}/`);
  if (!isInside) return { kind: 'not-by-index', message: `${specifier} leaves the layer; write #layer` };
  if (specifier.includes('*')) return undefined;
  const resolved = ENDINGS.map((ending) => target + ending).find((name) => isFile(path.join(file.folder, name)));
  if (resolved === undefined) return { kind: 'resolves-to-nothing', message: `${specifier} is no file` };
  if (isTestFile(resolved) && !file.isTest && !file.layer.isTool) {
    return { kind: 'test-code-in-page', message: `${specifier} is for tests` };
  }
  return undefined;
}

function checkPackageImport(file: SourceFile, specifier: string): Finding | undefined {
  const { layer, layerName, isTest } = file;
  if (isTest || layer.isTool) return undefined;
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return { kind: 'node-in-page', message: `${specifier} is not there in a browser` };
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (layer.packages.includes(name) || layer.packages.includes(specifier)) return undefined;
  return { kind: 'forbidden-package', message: `${layerName} may not import ${specifier}` };
}

function isFile(name: string): boolean {
  return existsSync(name) && statSync(name).isFile();
}
