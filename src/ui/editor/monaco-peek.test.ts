// Which fault is told under its line.
import { expect, it } from 'vitest';
import type { Problem } from '#bridge';
import { peeked } from './monaco-peek.ts';

const problem = (line: number, severity: Problem['severity'], message: string, labels: readonly string[]): Problem => ({
  file: 'a.yaml',
  from: { line, column: 1 },
  to: { line, column: 2 },
  severity,
  message,
  fixes: labels.map((label) => ({ label, edits: [] })),
});

it('the first error is told, in the words that come with a way out, and with all ways out of its line', () => {
  const told = peeked([
    problem(2, 'warning', 'careful', ['other']),
    problem(7, 'error', 'Forbidden', []),
    problem(7, 'error', 'It cannot be changed.', ['Set it back', 'Recreate']),
    problem(9, 'error', 'later', ['no']),
  ]);
  expect(told?.problem.message).toBe('It cannot be changed.');
  expect(told?.fixes.map(({ label }) => label)).toEqual(['Set it back', 'Recreate']);
});

it('nothing is told of warnings', () => {
  expect(peeked([problem(2, 'warning', 'careful', ['fix'])])).toBeUndefined();
});
