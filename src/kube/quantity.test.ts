import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantity,
  canonicalQuantity,
  canonicalQuantityText,
  compareQuantity,
  compareQuantityTexts,
  milliOfText,
  parseQuantity,
  QUANTITY_FORMAT_ERROR,
  type Quantity,
  roundUpToMilli,
  subtractQuantity,
  unitsOfText,
} from './quantity.ts';

const read = (text: string): Quantity => {
  const { quantity } = parseQuantity(text);
  if (quantity === undefined) throw new Error(`${text} should be an amount`);
  return quantity;
};

describe('canonical form', () => {
  it.each([
    ['0.5', '500m'],
    ['1024Mi', '1Gi'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0', '0'],
    ['0Gi', '0'],
    ['00.50', '500m'],
    ['1Gi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.1Gi', '107374182400m'],
    ['512', '512'],
    ['1023Ki', '1023Ki'],
    ['0.5Ki', '512'],
    ['1000Ki', '1000Ki'],
    ['1e3', '1e3'],
    ['1E3', '1e3'],
    ['12e2', '1200'],
    ['1E', '1E'],
    ['1000000', '1M'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['-1500m', '-1500m'],
    ['+2', '2'],
    ['.5', '500m'],
    ['1.', '1'],
    ['0.1n', '1n'],
    ['16Ei', '9223372036854775807'],
    ['  1Gi ', '1Gi'],
  ])('KUBE-4 prints %s as %s', (text, canonical) => {
    expect(canonicalQuantity(read(text))).toBe(canonical);
  });

  it('KUBE-4 takes numbers as YAML gives them', () => {
    expect(canonicalQuantityText(0.5)).toBe('500m');
    expect(canonicalQuantityText(2)).toBe('2');
  });
  it('KUBE-4 printing what was printed changes nothing', () => {
    const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti');
    const text = fc
      .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.nat(999), suffix)
      .map(([a, b, s]) => `${a}.${b}${s}`);
    fc.assert(
      fc.property(text, (amount) => {
        const once = canonicalQuantity(read(amount));
        expect(canonicalQuantity(read(once))).toBe(once);
        expect(compareQuantity(read(once), read(amount))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
  it('KUBE-4 loses nothing that a double would lose', () => {
    expect(canonicalQuantity(addQuantity(read('9007199254740993'), read('1')))).toBe('9007199254740994');
  });
});

describe('rounding', () => {
  it('KUBE-4 rounds away from zero to thousandths', () => {
    expect(canonicalQuantity(roundUpToMilli(read('1u')))).toBe('1m');
    expect(canonicalQuantity(roundUpToMilli(read('1.0001')))).toBe('1001m');
    expect(canonicalQuantity(roundUpToMilli(read('-1u')))).toBe('-1m');
  });
  it('KUBE-4 counts whole units and thousandths upwards', () => {
    expect([
      milliOfText('250m'),
      milliOfText('0.1'),
      milliOfText('1u'),
      unitsOfText('1.5'),
      unitsOfText('1Ki'),
    ]).toEqual([250, 100, 1, 2, 1024]);
    expect([milliOfText('nonsense'), milliOfText(undefined)]).toEqual([0, 0]);
  });
});

describe('what is no amount', () => {
  it.each(['', 'abc', '1gb', '10GB', '5Mib', '1.2.3', '1 Gi', '<size>'])('KUBE-4 refuses %j by its shape', (text) => {
    expect(parseQuantity(text).error).toBe(QUANTITY_FORMAT_ERROR);
  });
  it.each(['1K', '1e', '1mm', '1EE', '1m2', '--1', '1e999999999'])('KUBE-4 refuses %j by its suffix', (text) => {
    expect(parseQuantity(text).error).toBe("unable to parse quantity's suffix");
  });
  it('KUBE-4 refuses endless digits without computing with them', () => {
    expect(parseQuantity('9'.repeat(100_000)).error).toBe('unable to parse numeric part of quantity');
  });
});

describe('arithmetic', () => {
  it('KUBE-4 compares across ways of writing', () => {
    expect(compareQuantityTexts('1Gi', '1024Mi')).toBe(0);
    expect(compareQuantityTexts('1G', '1Gi')).toBe(-1);
    expect(compareQuantityTexts('1', '999m')).toBe(1);
  });
  it('KUBE-4 adds in the way the first amount was written, unless that is zero', () => {
    expect(canonicalQuantity(addQuantity(read('1Gi'), read('1Gi')))).toBe('2Gi');
    expect(canonicalQuantity(addQuantity(read('0'), read('1Gi')))).toBe('1Gi');
    expect(canonicalQuantity(subtractQuantity(read('1'), read('250m')))).toBe('750m');
  });
});
