// Whatever text comes in, reading it ends, and ends with documents or a sentence.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseManifest } from './index.ts';

const PIECES = [
  'a',
  'b: ',
  '- ',
  '? ',
  ': ',
  '\n',
  '\n  ',
  '\n    ',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ', ',
  '#',
  '&x ',
  '*x',
  '!t ',
  '!!int ',
  '|',
  '>',
  '|2-',
  '\n---\n',
  '\n...\n',
  '%YAML 1.1',
  '%TAG ! x',
  '\t',
  '\\',
  '\u2028',
  '\ud83d\ude00',
  '\ud800',
  '\ufeff',
  '<<: ',
  '1_0',
  '~',
  '@',
  '`',
  '\r\n',
  '\u0000',
];

it('KCTL-10 never throws, whatever the text', () => {
  const text = fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string() }), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (input) => {
      const { documents, error, problems } = parseManifest('a.yaml', input);
      const total = input.split('\n').length;
      for (const { from, to } of [...documents, ...(error ? [error] : [])]) {
        expect(from.line).toBeGreaterThan(0);
        expect(to.line).toBeLessThanOrEqual(total);
        expect(from.column).toBeGreaterThan(0);
      }
      expect(problems.length > 0).toBe(error !== undefined);
      expect(() => JSON.stringify(documents.map(({ value }) => value))).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

it('KCTL-8 reads back whatever JSON says', () => {
  fc.assert(
    // Plain characters: YAML refuses control characters, and does not know every escape of JSON.
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme-ascii' }), (value) => {
      const text = JSON.stringify({ value }, null, 2);
      expect(parseManifest('a.json', text).documents[0]?.value).toEqual(JSON.parse(text));
    }),
  );
});

it('KCTL-8 agrees with another reader on what that one writes', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme-ascii' }),
      fc.integer({ min: 20, max: 80 }),
      (value, lineWidth) => {
        const text = stringify({ value }, { version: '1.1', lineWidth, schema: 'yaml-1.1' });
        expect(parseManifest('a.yaml', text).documents[0]?.value, text).toEqual(JSON.parse(JSON.stringify({ value })));
      },
    ),
    { numRuns: 500 },
  );
});
