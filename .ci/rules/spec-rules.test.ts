/** The rules of the engine against its code and tests, and proof that the comparison finds what it looks for. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkSpec } from './spec-rules.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FIXTURE = path.join(import.meta.dirname, 'fixture/spec');

test('the comparison finds each kind of planted disagreement, and no more', () => {
  expect(checkSpec(path.join(FIXTURE, 'SPEC.md'), path.join(FIXTURE, 'src'))).toEqual({
    rules: ['STS-1', 'STS-2', 'STS-3', 'PVC-1a'],
    definedTwice: ['STS-3'],
    citedByNoCode: ['STS-2'],
    namedByNoTest: ['STS-3'],
    unknown: ['engine/index.ts: STS-9', 'engine/rules.ts: STS-8'],
  });
});

test('every rule of SPEC.md is cited by code and named by a test title, and every citation is of a rule', () => {
  const { rules, ...faults } = checkSpec(path.join(ROOT, 'src/engine/SPEC.md'), path.join(ROOT, 'src'));
  expect(faults).toEqual({ definedTwice: [], citedByNoCode: [], namedByNoTest: [], unknown: [] });
  expect(rules.length).toBeGreaterThan(20);
});
