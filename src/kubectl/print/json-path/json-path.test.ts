import { describe, expect, it } from 'vitest';
import { jsonPathText, pathText, readJsonPath, readRelaxedPath } from './index.ts';

const LIST = {
  items: [
    {
      metadata: { name: 'a', labels: { 'x.y/z': '1' } },
      n: 1,
      ok: true,
      tags: ['p', 'q'],
      status: { phase: 'Running' },
    },
    { metadata: { name: 'b' }, n: 2, ok: false, tags: [], status: { phase: 'Pending' } },
    { metadata: { name: 'c' }, n: 3, tags: null },
  ],
  kind: 'List',
};
const text = (template: string): string => jsonPathText(readJsonPath(template), LIST);

describe('jsonpath', () => {
  it('picks fields, elements, slices and unions', () => {
    expect(text('{.items[0].metadata.name} {.items[-1].n}')).toBe('a 3');
    expect(text('{.items[*].metadata.name}{"\\n"}')).toBe('a b c\n');
    expect(text('{.items[0:2].n}|{.items[::2].n}|{.items[1:].n}')).toBe('1 2|1 3|2 3');
    expect(text('{.items[0,2].n}')).toBe('1 3');
    expect(text("{.items[0]['metadata.name','n']}")).toBe('a 1');
    expect(text("{.items[0].metadata.labels.x\\.y/z}{.items[0].metadata.labels['x\\.y/z']}")).toBe('11');
    expect(text('{.items[0].tags}{.items[0].status}')).toBe('["p","q"]{"phase":"Running"}');
    expect(text('{..name}')).toBe('a b c');
    expect(text('{$.kind}{@.kind}{.nope}')).toBe('ListList');
  });

  it('filters by what is there and by comparisons', () => {
    expect(text('{.items[?(@.metadata.name=="b")].n}')).toBe('2');
    expect(text("{.items[?(@.status.phase!='Running')].metadata.name}")).toBe('b');
    expect(text('{.items[?(@.n>=2)].n}')).toBe('2 3');
    expect(text('{.items[?(@.ok==true)].n}')).toBe('1');
    expect(text('{.items[?(@.status)].n}')).toBe('1 2');
  });

  it('ranges, also within ranges', () => {
    expect(text('{range .items[*]}{.metadata.name}={range .tags[*]}<{@}>{end};{end}!')).toBe('a=<p><q>;b=;c=;!');
    expect(text('{range .nope[*]}{.x}{end}z')).toBe('z');
  });

  it('gives lists of values as JSON', () => {
    expect(jsonPathText(readJsonPath('{.items[*].n}'), LIST, true)).toBe('[\n    1,\n    2,\n    3\n]\n');
  });

  it('says what is wrong in kubectl words', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['{.items', 'error parsing jsonpath {.items, unclosed action'],
      ['{.items[0}', 'error parsing jsonpath {.items[0}, unterminated array'],
      ['{.items[a]}', 'error parsing jsonpath {.items[a]}, invalid array index a'],
      ['{"a}', 'error parsing jsonpath {"a}, unterminated quoted string'],
      ['{.items[?(@.a=="b"]}', 'error parsing jsonpath {.items[?(@.a=="b"]}, unterminated filter'],
      ['{nope}', 'error executing jsonpath "{nope}": Error executing template: unrecognized identifier nope. Printing'],
      ['{end}', 'not in range, nothing to end'],
      ['{.items[7].n}', 'array index out of bounds: index 7, length 3'],
      ['{.kind[0]}', 'string is not array or slice'],
      ['{.items[?(@.n=="x")]}', 'incompatible types for comparison'],
    ];
    for (const [template, message] of cases) expect(() => text(template), template).toThrow(message);
  });

  it('is bounded', () => {
    expect(() => text(`{${'..'.repeat(3)}}`)).toThrow('invalid multiple recursive descent');
    expect(() => text(`{${'.items[*]'.repeat(2000)}}`)).toThrow('too long');
    expect(() => text(`{.a[?(${'(@.a[?('.repeat(100)}`)).toThrow();
  });
});

it('columns take paths in any dress and print values as Go does', () => {
  expect(['kind', '.kind', '{kind}', '{.kind}'].map((path) => pathText(readRelaxedPath(path), LIST))).toEqual(
    Array(4).fill('List'),
  );
  expect(pathText(readRelaxedPath('.items[0].status'), LIST)).toBe('map[phase:Running]');
  expect(pathText(readRelaxedPath('items[*].tags'), LIST)).toBe('[p q],[],<nil>');
  expect(pathText(readRelaxedPath('.nope'), LIST)).toBe('<none>');
  expect(() => readRelaxedPath('{a}{b}')).toThrow('unexpected path string, expected a');
});
