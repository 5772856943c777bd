import { describe, expect, it } from 'vitest';
import { parseManifest } from './index.ts';

const wordsOf = (text: string): string | undefined => parseManifest('a.yaml', text).error?.message;
const valuesOf = (text: string): readonly unknown[] =>
  parseManifest('a.yaml', text).documents.map(({ value }) => value);
const yamlError = (words: string): string => `error converting YAML to JSON: yaml: ${words}`;

describe('a file of YAML', () => {
  it('KCTL-8 ends where a line begins with --- and goes on with what is no comment', () => {
    const manifest = parseManifest('a.yaml', 'a: 1\n---\nb: 2\n--- c\nd: 3\n');
    expect(manifest.documents.map(({ value }) => value)).toEqual([{ a: 1 }]);
    expect(manifest.error).toMatchObject({
      message: 'invalid Yaml document separator: c',
      from: { line: 4, column: 1 },
    });
    expect(wordsOf('a: |\n  x\n-----BEGIN KEY-----\n')).toBe('invalid Yaml document separator: --BEGIN KEY-----');
    expect(valuesOf('--- # c\na: 1\n---# d\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('may begin with a mark of byte order, also behind a separator', () => {
    expect(valuesOf('\ufeffa: 1\nb: 2\n---\n\ufeffc: 3\nd: 4\n')).toEqual([
      { a: 1, b: 2 },
      { c: 3, d: 4 },
    ]);
  });

  it('takes such a mark for a character everywhere else', () => {
    expect(valuesOf('a: x\ufeffy\n')).toEqual([{ a: 'x\ufeffy' }]);
  });

  it('has a last line like all others, whether a line feed ends it or not', () => {
    expect(valuesOf('a: |\n  x')).toEqual([{ a: 'x\n' }]);
    expect(wordsOf('a: 1\nb: "x')).toBe(yamlError('line 3: found unexpected end of stream'));
  });

  it('has no key in empty brackets, unlike in full ones', () => {
    expect(wordsOf('a:\n  []: x\n')).toBe(yamlError('line 1: did not find expected key'));
    expect(wordsOf('a:\n  [b]: x\n')).toBe(yamlError('invalid map key: []interface {}{"b"}'));
  });

  it('tells a key without text with its value, and maps with sorted keys', () => {
    expect(wordsOf('~: {b: 1, a: x}\n')).toBe(
      'error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: map[interface {}]interface {}{"a":"x", "b":1}',
    );
  });

  it('keeps numbers out of range as text, and infinite keys', () => {
    expect(valuesOf('a: 1e999\n.inf: b\n')).toEqual([{ a: '1e999', '.inf': 'b' }]);
  });

  it('merges maps and lists of maps, but no alias of a list', () => {
    expect(valuesOf('x: &x {a: 1}\nz: {<<: [*x, {a: 2, b: 3}]}\n')).toEqual([{ x: { a: 1 }, z: { a: 1, b: 3 } }]);
    expect(wordsOf('x: &x [{a: 1}]\nz: {<<: *x}\n')).toBe(
      yamlError('map merge requires map or sequence of maps as the value'),
    );
  });

  it('is refused where nearly all of it comes out of aliases', () => {
    const items = Array.from({ length: 200 }, () => 'x').join(',');
    const aliases = Array.from({ length: 200 }, () => '*a').join(',');
    expect(wordsOf(`a: &a [${items}]\nb: [${aliases}]\n`)).toBe(yamlError('document contains excessive aliasing'));
  });
});
