// Amounts of bytes that are no whole number.
import { goQuote } from '../go-quote.ts';
import { type Loose, textAt } from '../loose.ts';
import { canonicalQuantityText, milliOf, parseQuantity } from '../quantity.ts';

/** Warnings of the named resources in a list of amounts that come to parts of a byte. */
export function warnOfFractions(path: string, amounts: Loose, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const text = textAt(amounts, name);
    const parsed = text === '' ? undefined : parseQuantity(text);
    if (!parsed?.quantity || milliOf(parsed.quantity) % 1000n === 0n) return [];
    const shown = goQuote(canonicalQuantityText(text) ?? text);
    return [`${path}[${name}]: fractional byte value ${shown} is invalid, must be an integer`];
  });
}
