import { describe, expect, it } from 'vitest';
import { parseManifest } from '../index.ts';

const wordsOf = (text: string): string | undefined => parseManifest('a.json', text).error?.message;
const valuesOf = (text: string): readonly unknown[] =>
  parseManifest('a.json', text).documents.map(({ value }) => value);

describe('JSON', () => {
  it('KCTL-8 is read as a stream: one object behind the other, with or without a separator', () => {
    expect(valuesOf('{"a":1}{"a":2}\n {"a":3}')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(valuesOf('{"a":1}\n---\na: 2\n')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each([
    ['{"a":[1] "b":2}', `json: offset 10: invalid character '"' after object key:value pair`],
    ['{"a" 1}', "json: offset 6: invalid character '1' after object key"],
    ['{"a":[1 2', "json: offset 9: invalid character '2' after array element"],
    ['{,}', "json: offset 2: invalid character ',' looking for beginning of object key string"],
    ['{"a":"\\x"}', "json: offset 8: invalid character 'x' in string escape code"],
    ['{"a":"\\u12G4"}', "json: offset 11: invalid character 'G' in \\u hexadecimal character escape"],
    ['{“a”: [}', "json: offset 2: invalid character 'â' looking for beginning of object key string"],
    ['{"é":,]', "json: offset 7: invalid character ',' looking for beginning of value"],
    ['{"a":', 'unexpected EOF'],
    ['{{ x }}\na: b\n', "json: offset 2: invalid character '{' looking for beginning of object key string"],
  ])('KCTL-8 is refused in the words of Go: %s', (text, words) => {
    expect(wordsOf(text)).toBe(words);
  });

  it('tells in a plain sentence what is missing, and where', () => {
    const { problems } = parseManifest('a.json', '{"a": [1,\n 2 3]]}');
    expect(problems[0]).toMatchObject({
      from: { line: 2, column: 4 },
      message: "A comma or a “]” is missing (json: offset 14: invalid character '3' after array element)",
    });
  });

  it('KCTL-8 falls back to YAML, which forgives a comma too many and single quotes', () => {
    expect(valuesOf('{"a": [1, 2,],}\n')).toEqual([{ a: [1, 2] }]);
    expect(valuesOf("{'a': 'b'}\n")).toEqual([{ a: 'b' }]);
  });

  it('KCTL-8 is JSON beyond doubt after two objects, so that what follows is no YAML any more', () => {
    expect(wordsOf('{"a":1}{"a":2}\nfoo: bar\n')).toBe("invalid character 'o' in literal false (expecting 'a')");
    expect(valuesOf('{"a":1}{"a":2}\nfoo: bar\n')).toHaveLength(2);
  });

  it('knows escapes that YAML does not, and tabs', () => {
    expect(valuesOf('{\n\t"a": "\\/\\ud83d\\ude00"\n}')).toEqual([{ a: '/😀' }]);
  });

  it('knows the place of every field, also in the second object', () => {
    const [, second] = parseManifest('a.json', '{"a":1}\n{"a":\n  {"b": [true]}}').documents;
    expect(second?.positionOf('a.b[0]').from).toEqual({ line: 3, column: 10 });
  });
});
