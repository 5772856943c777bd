// What a manifest reads as, and what is told of one that cannot be read.
import { describe, expect, it, test } from 'vitest';
import { LIMITS, limitError, parseManifest } from './index.ts';

const jsonOf = (text: string): unknown => parseManifest('a.yaml', text).documents[0]?.value;
const wordsOf = (text: string): string | undefined =>
  parseManifest('a.yaml', text).error?.message.replace(/^error converting YAML to JSON: yaml: /, '');

describe('scalars', () => {
  it.each([
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['~', null],
    ['', null],
    ['0755', 493],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['08', 8],
    ['1e3', 1000],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['1:30', '1:30'],
    ['2026-01-01', '2026-01-01'],
    ['1.27', 1.27],
    ['1.27.0', '1.27.0'],
    ['500m', '500m'],
    ["'yes'", 'yes'],
    ['"1"', '1'],
    ['!!str 12', '12'],
    ['!!int "12"', 12],
    ['!local x', 'x'],
    ['truely', 'truely'],
  ])('KCTL-8 reads %s as Kubernetes reads YAML 1.1', (text, expected) => {
    expect(jsonOf(`a: ${text}\n`)).toEqual({ a: expected });
  });

  it('KCTL-8 makes texts of keys, whatever they look like', () => {
    expect(jsonOf('on: 1\n2: b\n1.5: c\n')).toEqual({ true: 1, '2': 'b', '1.5': 'c' });
  });
});

describe('structure', () => {
  it('KCTL-8 folds, keeps and chomps lines as YAML prescribes', () => {
    expect(jsonOf('a: |\n  x\n   y\n\nb: >-\n  one\n  two\n\n  three\nc: |+\n  z\n\n')).toEqual({
      a: 'x\n y\n',
      b: 'one two\nthree',
      c: 'z\n\n',
    });
    expect(jsonOf("a: \"x\n  y\\\n  z\\u00e9\"\nb: 'it''s'\n")).toEqual({ a: 'x yzé', b: "it's" });
  });

  it('KCTL-8 takes lists at the indentation of their key, flow collections and one-pair mappings', () => {
    expect(jsonOf('a:\n- 1\n- {b: c, d}\n- [x, u: z]\ne: []\n')).toEqual({
      a: [1, { b: 'c', d: null }, ['x', { u: 'z' }]],
      e: [],
    });
  });

  it('KCTL-8 writes aliases out, merges in order and lets the last of two equal keys win', () => {
    expect(jsonOf('base: &b {x: 1, u: 1}\nover:\n  <<: *b\n  u: 2\nz: 1\nz: 2\n')).toEqual({
      base: { x: 1, u: 1 },
      over: { x: 1, u: 2 },
      z: 2,
    });
  });

  it('KCTL-8 knows the line breaks of YAML 1.1', () => {
    expect(jsonOf('a: 1\u2028b: 2\r\nc: 3\rd: 4\n')).toEqual({ a: 1, b: 2, c: 3, d: 4 });
  });

  it('keeps a key such as __proto__ as data', () => {
    const value = jsonOf('__proto__: {polluted: 1}\n') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('documents', () => {
  it('KCTL-8 cuts files at lines that begin with three dashes, and passes over empty documents', () => {
    const { documents } = parseManifest('a.yaml', '# note\n---\n---  # two\na: 1\n---\n\n---\nb: "---"\n');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: '---' }]);
  });

  it('KCTL-8 goes no further than the first document that is broken', () => {
    const manifest = parseManifest('a.yaml', 'a: 1\n---\nb: c: d\n---\ne: 1\n');
    expect(manifest.documents.map(({ value }) => value)).toEqual([{ a: 1 }]);
    expect(manifest.error?.from.line).toBe(3);
    expect(manifest.problems).toHaveLength(1);
  });

  it('reads JSON as well', () => {
    expect(jsonOf('{\n\t"a": [1, true, null, "x"]\n}')).toEqual({ a: [1, true, null, 'x'] });
  });
});

describe('faults', () => {
  it.each([
    ['a:\n    - name: x\n        image: y\n', 'line 3: mapping values are not allowed in this context'],
    ['a: b: c\n', 'mapping values are not allowed in this context'],
    ['a:\n  b: 1\n c: 2\n', 'line 2: did not find expected key'],
    ['a:\n\tb: 1\n', 'line 2: found character that cannot start any token'],
    ['a: @x\n', 'found character that cannot start any token'],
    ['a: "x\n', 'line 2: found unexpected end of stream'],
    ['a: "\\q"\n', 'found unknown escape character'],
    ['a: [1, 2\nb: 3\n', "line 1: did not find expected ',' or ']'"],
    ['a: *x\n', "unknown anchor 'x' referenced"],
    ['a: &x [*x]\n', "anchor 'x' value contains itself"],
    ['a: {{ b }}\n', 'invalid map key: map[interface {}]interface {}{"b":interface {}(nil)}'],
    ['a: 1\nb\nc: 2\n', "line 3: could not find expected ':'"],
    ['a: |x\n', 'did not find expected comment or line break'],
    ['a: \u0001\n', 'control characters are not allowed'],
    ['...\na: 1\n', 'did not find expected node content'],
    ['a: - b\n', 'block sequence entries are not allowed in this context'],
    ['a: !!int x\n', 'cannot decode !!str `x` as a !!int'],
  ])("KCTL-8 tells of %j in kubectl's words", (text, words) => {
    expect(wordsOf(text)).toBe(words);
  });

  it('KCTL-8 tells what JSON cannot hold', () => {
    expect(parseManifest('a.yaml', 'a: .nan\n').error?.message).toBe(
      'error converting YAML to JSON: json: unsupported value: NaN',
    );
  });
});

describe('places', () => {
  const text = `apiVersion: v1
metadata:
  annotations:
    example.com/a.b: x
spec:
  template:
    spec:
      containers:
      - name: one
        image: nginx
      - name: two
`;
  const [document] = parseManifest('a.yaml', `# first\n---\n${text}`).documents;

  test.each([
    ['spec.template.spec.containers[0].image', 12, 9, 21],
    ['spec.template.spec.containers[1]', 13, 9, 18],
    ['spec.template.spec.containers[1].image', 13, 9, 18],
    ['metadata.annotations[example.com/a.b]', 6, 5, 23],
    ['metadata.annotations.example.com/a.b', 6, 5, 23],
    ['spec.replicas', 7, 1, 5],
    ['', 3, 1, 15],
  ])('KCTL-11 finds %s, or its nearest parent', (path, line, column, end) => {
    expect(document?.positionOf(path)).toEqual({ from: { line, column }, to: { line, column: end } });
  });
});

describe('Secrets', () => {
  it('KCTL-9 drops the values of Secrets, in Lists and in applied copies too', () => {
    const secret = (indent: string): string =>
      [
        'apiVersion: v1',
        'kind: Secret',
        'metadata:',
        '  name: s',
        '  annotations:',
        '    a: b',
        '    kubectl.kubernetes.io/last-applied-configuration: hunter2',
        'data:',
        '  p: aHVudGVyMg==',
        'stringData:',
        '  q: hunter2',
        '  pin: 1234',
      ]
        .map((line) => indent + line)
        .join('\n');
    const empty = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', annotations: { a: 'b' } },
      data: { p: '' },
      stringData: { q: '', pin: 0 },
    };
    expect(jsonOf(secret(''))).toEqual(empty);
    const list = `apiVersion: v1\nkind: List\nitems:\n-\n${secret('  ')}\n`;
    expect(jsonOf(list)).toEqual({ apiVersion: 'v1', kind: 'List', items: [empty] });
    expect(JSON.stringify(parseManifest('a.yaml', list).documents)).not.toMatch(/hunter2|aHVudGVyMg|1234/);
  });

  it('KCTL-9 keeps wrong base64 wrong at the same byte', () => {
    const value = jsonOf('apiVersion: v1\nkind: Secret\ndata:\n  p: "abc$"\n') as { data: { p: string } };
    expect(value.data.p).toBe('AAA*');
  });
});

describe('limits', () => {
  it('KCTL-10 reads no more than 1 MiB', () => {
    const text = `a: ${'x'.repeat(LIMITS.bytesMax)}\n`;
    expect(parseManifest('a.yaml', text).error?.message).toContain('larger than 1 MiB');
    expect(parseManifest('a.yaml', `a: ${'é'.repeat(LIMITS.bytesMax / 2)}\n`).error?.message).toContain(
      'larger than 1 MiB',
    );
  });

  it('KCTL-10 stops at too many documents and at too deep a nesting', () => {
    const many = 'a: 1\n---\n'.repeat(LIMITS.documentsMax + 1);
    const read = parseManifest('a.yaml', many);
    expect(read.documents).toHaveLength(LIMITS.documentsMax);
    expect(read.error?.message).toContain('1000 documents');
    expect(wordsOf('['.repeat(100_000))).toContain('exceeded max depth');
    expect(wordsOf('- '.repeat(100_000))).toContain('exceeded max depth');
    expect(wordsOf('? '.repeat(100_000))).toContain('exceeded max depth');
  });

  it('KCTL-10 writes no alias bomb out', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n');
    const before = performance.now();
    expect(wordsOf(bomb)).toContain('excessive aliasing');
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('KCTL-10 reads a text of hostile shape in time that grows with its length', () => {
    for (const text of [
      '"'.repeat(900_000),
      ': '.repeat(450_000),
      '{'.repeat(900_000),
      'a'.repeat(900_000),
      '\n'.repeat(900_000),
      '&a '.repeat(300_000),
      '!'.repeat(900_000),
      `"${'\\'.repeat(900_000)}`,
    ]) {
      const before = performance.now();
      parseManifest('a.yaml', text);
      expect(performance.now() - before, text.slice(0, 4)).toBeLessThan(2000);
    }
  });

  it('KCTL-4 refuses more replicas than can be simulated, and names the limit', () => {
    expect(limitError({ kind: 'StatefulSet', spec: { replicas: 10_000 } })).toBeUndefined();
    expect(limitError({ kind: 'StatefulSet', spec: { replicas: 10_001 } })).toEqual({
      path: 'spec.replicas',
      message: 'spec.replicas: 10001 is more than Ordinal simulates: a set may have at most 10000 replicas',
    });
    expect(limitError({ kind: 'DaemonSet', spec: { replicas: 10_001 } })).toBeUndefined();
  });
});
