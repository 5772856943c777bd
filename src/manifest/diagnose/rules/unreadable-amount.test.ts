import { describe, expect, it } from 'vitest';
import { fixed, lineOf, lint, withService } from '../testing/lint.ts';

const withMemory = (amount: string): string =>
  withService({ container: `          resources:\n            limits:\n              memory: ${amount}\n` });

describe('an amount that cannot be read', () => {
  it('LINT-40 is told with its field, which the server does not name', () => {
    const bad = withMemory('10GB');
    const [problem] = lint(bad, 'LINT-40');
    expect(problem).toMatchObject({ severity: 'error', from: { line: lineOf(bad, 'memory') } });
    expect(problem?.message).toContain('spec.template.spec.containers[0].resources.limits.memory: "10GB" is no amount');
  });

  it.each([
    ['10GB', '10G'],
    ['10 GiB', '10Gi'],
    ['512mb', '512M'],
    ['64KB', '64k'],
    ['1,5Gi', '1.5Gi'],
    ['2gi', '2Gi'],
  ])('LINT-40 has a unit that may be meant: %s', (typed, meant) => {
    expect(fixed(withMemory(typed), 'LINT-40')).toBe(withMemory(meant));
  });

  it('LINT-40 is not guessed at where nothing is near', () => {
    expect(lint(withMemory('plenty'), 'LINT-40')[0]?.fixes ?? []).toEqual([]);
    expect(lint(withMemory('1Gi'), 'LINT-40')).toEqual([]);
  });
});
