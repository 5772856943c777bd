import { describe, expect, it } from 'vitest';
import {
  formatLabels,
  formatSelector,
  isEmptySelector,
  labelKeyErrors,
  labelValueErrors,
  matchesLabels,
  matchesRequirements,
  matchesSelector,
  requirementsOf,
} from './labels.ts';
import { matchesFields, parseFieldSelector, parseLabelSelector } from './selector-text.ts';

describe('keys and values', () => {
  it.each(['app', 'a/b', 'example.com/My_name.1', 'x'.repeat(63)])('KUBE-3 takes %s as a key', (key) => {
    expect(labelKeyErrors(key)).toEqual([]);
  });
  it('KUBE-3 explains bad keys', () => {
    expect(labelKeyErrors('/x')).toEqual(['prefix part must be non-empty']);
    expect(labelKeyErrors('')).toEqual([
      'name part must be non-empty',
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ]);
    expect(labelKeyErrors('x'.repeat(64))).toEqual(['name part must be no more than 63 bytes']);
    expect(labelKeyErrors('a/b/c')[0]).toMatch(
      /^a valid label key must consist of .* with an optional DNS subdomain prefix/,
    );
  });
  it('KUBE-3 counts the bytes of a value', () => {
    expect(labelValueErrors('x'.repeat(63))).toEqual([]);
    expect(labelValueErrors('x'.repeat(64))).toEqual(['must be no more than 63 bytes']);
    expect(labelValueErrors('<name>')[0]).toContain(
      "regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'",
    );
  });
});

describe('matching', () => {
  const labels = { app: 'web', tier: 'db' };

  it('KUBE-3 an absent selector matches nothing, an empty one everything', () => {
    expect(matchesSelector(undefined, labels)).toBe(false);
    expect(matchesSelector({}, undefined)).toBe(true);
    expect([isEmptySelector({ matchLabels: {} }), isEmptySelector({ matchLabels: labels })]).toEqual([true, false]);
  });
  it.each([
    [{ key: 'app', operator: 'In', values: ['web', 'x'] }, true],
    [{ key: 'app', operator: 'In', values: ['x'] }, false],
    [{ key: 'none', operator: 'In', values: ['x'] }, false],
    [{ key: 'app', operator: 'NotIn', values: ['web'] }, false],
    [{ key: 'none', operator: 'NotIn', values: ['x'] }, true],
    [{ key: 'app', operator: 'Exists' }, true],
    [{ key: 'none', operator: 'DoesNotExist' }, true],
    [{ key: 'app', operator: 'DoesNotExist' }, false],
    [{ key: 'app', operator: 'Foo' }, false],
    [{ key: 'constructor', operator: 'Exists' }, false],
  ])('KUBE-3 %j is %s', (expression, answer) => {
    expect(matchesSelector({ matchExpressions: [expression] }, labels)).toBe(answer);
  });
  it('KUBE-3 needs every pair and every expression', () => {
    expect(matchesLabels({ app: 'web' }, labels)).toBe(true);
    expect(matchesLabels({ app: 'web', x: 'y' }, labels)).toBe(false);
    expect(matchesLabels({ app: 'web' }, undefined)).toBe(false);
    const selector = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] };
    expect(matchesSelector(selector, labels)).toBe(false);
  });
  it('KUBE-3 prints selectors and labels as kubectl does', () => {
    const selector = {
      matchLabels: { tier: 'db' },
      matchExpressions: [
        { key: 'app', operator: 'In', values: ['b', 'a'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    };
    expect(formatSelector(selector)).toBe('app in (a,b),!old,tier=db');
    expect([formatSelector({}), formatSelector(undefined)]).toEqual(['<none>', '<none>']);
    expect([formatLabels({ b: '2', a: '1' }), formatLabels({})]).toEqual(['a=1,b=2', '<none>']);
    expect(matchesRequirements(requirementsOf(selector), { app: 'a', tier: 'db' })).toBe(true);
  });
});

describe('selectors as text', () => {
  const matches = (text: string, labels: Record<string, string>): boolean =>
    matchesRequirements(parseLabelSelector(text).value ?? [], labels);

  it.each([
    ['app=web', { app: 'web' }, true],
    ['app==web', { app: 'x' }, false],
    ['app!=web', {}, true],
    ['app in (web, db),!old', { app: 'db' }, true],
    ['app notin (web)', { app: 'web' }, false],
    ['in in (in)', { in: 'in' }, true],
    ['app', { app: '' }, true],
    ['app=', { app: '' }, true],
    ['size>3', { size: '4' }, true],
    ['size<3', { size: 'x' }, false],
    ['', {}, true],
    ['x in (,a)', { x: '' }, true],
  ])('KUBE-24 %j over %j is %s', (text, labels, answer) => {
    expect(parseLabelSelector(text).error).toBeUndefined();
    expect(matches(text, labels as Record<string, string>)).toBe(answer);
  });
  it.each([
    ['app=web,', "found '', expected: identifier after ','"],
    ['=web', "found '=', expected: !, identifier, or 'end of string'"],
    ['app web', "unable to parse requirement: found 'web', expected: in, notin, =, ==, !=, gt, lt"],
    ['app in web', "unable to parse requirement: found 'web' expected: '('"],
    ['app in (a b)', "unable to parse requirement: found 'b', expected: ',' or ')'"],
    ['app=a b', "found 'b', expected: ',' or 'end of string'"],
    [
      'size>x',
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
  ])('KUBE-24 %j is refused', (text, error) => {
    expect(parseLabelSelector(text)).toEqual({ error });
  });
  it('KUBE-24 refuses keys and values no label can have', () => {
    expect(parseLabelSelector('a_=x').error).toMatch(
      /^unable to parse requirement: <nil>: Invalid value: "a_": name part must/,
    );
    expect(parseLabelSelector('app=-x').error).toMatch(
      /^unable to parse requirement: values\[0\]\[app\]: Invalid value: "-x": a valid label must/,
    );
  });
  it('KUBE-24 reads field selectors, with escapes', () => {
    const read = (field: string) => ({ 'metadata.name': 'web-0', 'status.phase': 'a,b' })[field] ?? '';
    expect(matchesFields(parseFieldSelector('metadata.name=web-0,status.phase!=Running').value ?? [], read)).toBe(true);
    expect(matchesFields(parseFieldSelector('status.phase=a\\,b').value ?? [], read)).toBe(true);
    expect(parseFieldSelector('nonsense')).toEqual({
      error: "invalid selector: 'nonsense'; can't understand 'nonsense'",
    });
    expect(parseFieldSelector('a=b\\x').error).toBe('invalid field selector: invalid escape sequence: \\x');
  });
  it('KUBE-24 refuses texts of any length without getting lost', () => {
    expect(parseLabelSelector('a,'.repeat(1e6)).error).toBe('selector is too long');
    expect(parseLabelSelector('('.repeat(60_000)).error).toBeDefined();
  });
});
