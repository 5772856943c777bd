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

/** A duration as Go prints it: `1m30s`, `500ms`, `1.5s`. k8s: time.Duration.String */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  if (size < 1_000) return `${sign}${size}ms`;
  const hours = Math.floor(size / 3_600_000);
  const minutes = Math.floor(size / 60_000) % 60;
  const seconds = (size % 60_000) / 1_000;
  return `${sign}${hours > 0 ? `${hours}h` : ''}${size >= 60_000 ? `${minutes}m` : ''}${seconds}s`;
}
