import { describe, expect, it } from 'vitest';
import { isPercent, plainValue, resolveIntOrPercent } from './int-or-string.ts';

describe('numbers and percentages', () => {
  it.each([
    [3, 0, 'down', 3],
    ['10%', 25, 'down', 2],
    ['10%', 25, 'up', 3],
    ['25%', 4, 'up', 1],
    ['50%', 5, 'down', 2],
    ['100%', 5, 'down', 5],
    ['0%', 5, 'up', 0],
    ['1%', 0, 'up', 0],
  ] as const)('KUBE-23 %s of %d, rounded %s, is %d', (value, total, rounding, answer) => {
    expect(resolveIntOrPercent(value, total, rounding)).toBe(answer);
  });
  it('KUBE-23 takes no other text', () => {
    expect([resolveIntOrPercent('some', 5, 'up'), resolveIntOrPercent('5', 5, 'up')]).toEqual([undefined, undefined]);
    expect([isPercent('5%'), isPercent('5'), isPercent(5)]).toEqual([true, false, false]);
    expect([plainValue('30%'), plainValue('7'), plainValue('some'), plainValue(4)]).toEqual([30, 7, 0, 4]);
  });
});
