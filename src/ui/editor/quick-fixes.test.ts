// Which ways out are taken together.
import { describe, expect, it } from 'vitest';
import type { Problem } from '#bridge';
import { applyFix, type Fix } from '#manifest';
import { allFixed, safeFixes } from './quick-fixes.ts';

const at = (line: number, column: number, to: number, text: string): Fix['edits'][number] => ({
  from: { line, column },
  to: { line, column: to },
  text,
});

const problem = (...fixes: Fix[]): Problem => ({
  file: 'a.yaml',
  from: { line: 1, column: 1 },
  to: { line: 1, column: 2 },
  severity: 'warning',
  message: 'wrong',
  fixes,
});

const TEXT = 'a: 1\nb: 2\n';

describe('all ways out at once', () => {
  it('are those without a choice and without a command', () => {
    const one = problem({ label: 'x', edits: [at(1, 4, 5, '7')] });
    const choice = problem({ label: 'x', edits: [at(2, 4, 5, '7')] }, { label: 'y', edits: [at(2, 4, 5, '8')] });
    const command = problem({ label: 'x', edits: [], commands: ['delete pod a'] });
    expect(safeFixes([one, choice, command])).toHaveLength(1);
    const edits = allFixed(TEXT, [one, choice, command]);
    expect(edits && applyFix(TEXT, { edits })).toBe('a: 7\nb: 2\n');
  });

  it('change no word twice', () => {
    const one = problem({ label: 'x', edits: [at(1, 4, 5, '7')] });
    const other = problem({ label: 'x', edits: [at(1, 1, 5, 'c: 8')] });
    expect(safeFixes([one, other])).toHaveLength(1);
    const here = problem({ label: 'x', edits: [at(2, 1, 1, 'c: 1\n')] });
    expect(safeFixes([here, here])).toHaveLength(1);
  });

  it('leave a text that can be read as one that can be read', () => {
    expect(allFixed(TEXT, [problem({ label: 'x', edits: [at(1, 4, 5, '{')] })])).toBeUndefined();
    expect(allFixed(TEXT, [])).toBeUndefined();
  });
});
