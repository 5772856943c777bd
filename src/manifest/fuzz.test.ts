// Large and hostile texts: whatever their shape, everything that reads them ends, and ends soon. The bounds are wide, so
// that they hold on a slow machine too; a reader whose time grew with the square of the text would miss them by far.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, LIMITS, looksLikeCluster, parseManifest } from './index.ts';

const MEGABYTES_2 = 2 * 1024 * 1024;
const cluster = { gates: {}, find: () => undefined, list: () => [] };

const filled = (piece: string, length = MEGABYTES_2): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Texts of two megabytes, each bad for some way of reading. */
const SHAPES: Readonly<Record<string, string>> = {
  'one word': filled('a'),
  'one line of pairs': filled('a: b '),
  'lines of pairs': filled('abc: def\n'),
  'the same key again': filled('a: 1\n'),
  'list items': filled('- a\n'),
  'dashes on a line': filled('- '),
  'question marks': filled('? '),
  'blank lines': filled('\n'),
  'blank lines with blanks': filled(' \n'),
  'carriage returns': filled('\r'),
  tabs: filled('\t'),
  'opening brackets': filled('['),
  'opening braces': filled('{'),
  'brackets in a row': `a: ${filled('[],')}`,
  'a flow list': `[${filled('a,')}]`,
  'an open flow mapping': `{${filled('a: b, ')}`,
  'an open quote': `a: "${filled('b ')}`,
  'a quote over lines': `a: "${filled('b\n ')}"`,
  'quotes in quotes': `a: '${filled("''")}'`,
  escapes: `a: "${filled('\\n')}"`,
  'a folded block': `a: >\n${filled('  b\n')}`,
  'a block of blank lines': `a: |\n${filled('  \n')}b`,
  comments: filled('# c\n'),
  separators: filled('---\n'),
  'separators and ends': filled('---\n...\n'),
  directives: filled('%TAG !a! b:\n'),
  anchors: filled('- &a b\n'),
  'unknown aliases': filled('- *a\n'),
  tags: filled('- !a b\n'),
  indentation: Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'a staircase down and up': filled(Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')),
  'templates that never end': filled('{{ '),
  'placeholders that never end': `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: ${filled('${a')}`,
  'no-break spaces': filled('\u00a0'),
  'plus signs': filled('+ a\n'),
  heredocs: filled('cat <<EOF\n'),
  prompts: filled('$ kubectl get pods\n'),
  'many objects': filled('apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n---\n'),
  'many sets': filled(
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: a\nspec:\n  serviceName: b\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers: [{name: c, image: d}]\n---\n',
  ),
  json: JSON.stringify({
    kind: 'List',
    items: Array.from({ length: 40_000 }, (_, i) => ({ a: i, b: [1, 2, { c: 'd' }] })),
  }),
};

/** Texts that are short and say much. */
function bomb(line: (name: string, before: string) => string): string {
  const names = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));
  return names.map((name, i) => line(name, names[i - 1] ?? 'a')).join('\n');
}

const BOMBS: Readonly<Record<string, string>> = {
  'of lists': bomb((name, before) =>
    name === 'a' ? 'a: &a [x, x, x, x, x, x, x, x]' : `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`,
  ),
  'of mappings': bomb((name, before) =>
    name === 'a'
      ? 'a: &a {x: 1}'
      : `${name}: &${name} {${'pqrstuvw'
          .split('')
          .map((key) => `${key}: *${before}`)
          .join(', ')}}`,
  ),
  'of merges': bomb((name, before) =>
    name === 'a'
      ? 'a: &a {x: 1}'
      : `${name}: &${name}\n  <<: [${Array(9).fill(`*${before}`).join(', ')}]\n  ${name}1: *${before}\n  ${name}2: *${before}`,
  ),
  'of keys': bomb((name, before) =>
    name === 'a' ? '? &a x\n: 1' : `? &${name} [*${before}, *${before}]\n: *${before}`,
  ),
  'of long texts': `a: &a ${'x'.repeat(500_000)}\nb: [${Array(1000).fill('*a').join(', ')}]`,
};

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

describe.each(Object.entries(SHAPES))('two megabytes: %s', (_, text) => {
  it('KCTL-10 are refused at once where a manifest is read', () => {
    expect(text.length).toBeGreaterThan(900_000);
    const spentMs = timed(() => {
      const { error, documents } = parseManifest('a.yaml', filled(text));
      expect(error?.message).toContain('larger than 1 MiB');
      expect(documents).toEqual([]);
      expect(looksLikeCluster(text)).toBe(false);
      diagnose({ files: { 'a.yaml': filled(text) }, cluster });
    });
    expect(spentMs).toBeLessThan(4000);
  });

  it('KCTL-10 are read whole where a cluster is read, and half of them is linted', () => {
    expect(timed(() => parseManifest('a.yaml', text, 8 * 1024 * 1024))).toBeLessThan(15_000);
    const half = text.slice(0, LIMITS.bytesMax - 10);
    expect(timed(() => diagnose({ files: { 'a.yaml': half }, cluster }))).toBeLessThan(15_000);
  }, 60_000);
});

it.each(Object.entries(BOMBS))('KCTL-10 writes no alias bomb out: one %s', (_, text) => {
  let out = 0;
  const spentMs = timed(() => {
    const { documents, error } = parseManifest('a.yaml', text);
    out = documents.length;
    if (out > 0) expect(error).toBeUndefined();
    diagnose({ files: { 'a.yaml': text }, cluster });
  });
  expect(spentMs).toBeLessThan(5000);
  expect(out).toBeLessThanOrEqual(1);
});

it('KCTL-10 ends, and lint with it, whatever is done to a good manifest', () => {
  const good = SHAPES['many sets']?.slice(0, 3000) ?? '';
  const cut = fc.tuple(fc.nat(good.length), fc.nat(40), fc.string({ maxLength: 12 }));
  fc.assert(
    fc.property(fc.array(cut, { maxLength: 6 }), (cuts) => {
      let text = good;
      for (const [at, length, put] of cuts) text = text.slice(0, at) + put + text.slice(at + length);
      const { documents, error, problems } = parseManifest('a.yaml', text);
      expect(problems.length > 0).toBe(error !== undefined);
      expect(() => JSON.stringify(documents)).not.toThrow();
      expect(() => diagnose({ files: { 'a.yaml': text }, cluster })).not.toThrow();
    }),
    { numRuns: 300 },
  );
}, 60_000);
