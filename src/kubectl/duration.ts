// Durations as Go writes them: `30s`, `1m30s`, `500ms`.
import { CommandError } from './errors.ts';

const UNITS_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds of a duration.
 * @param flag the flag that it was given for
 * @throws CommandError in Go's words
 */
export function durationMs(text: string, flag: string): number {
  const fail = (why: string): never => {
    throw new CommandError(
      `invalid argument ${JSON.stringify(text)} for "${flag}" flag: time: ${why} ${JSON.stringify(text)}`,
    );
  };
  if (/^[+-]?0$/.test(text)) return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '') fail('invalid duration');
  let sum = 0;
  while (rest !== '') {
    const found = /^(\d+(?:\.\d*)?|\.\d+)([a-zµ]*)/.exec(rest);
    const [whole = '', number = '', unit = ''] = found ?? [];
    const unitMs = Object.hasOwn(UNITS_MS, unit) ? UNITS_MS[unit] : undefined;
    if (whole === '') fail('invalid duration');
    if (unitMs === undefined)
      fail(unit === '' ? 'missing unit in duration' : `unknown unit ${JSON.stringify(unit)} in duration`);
    sum += Number(number) * (unitMs ?? 0);
    rest = rest.slice(whole.length);
  }
  return sign * sum;
}
