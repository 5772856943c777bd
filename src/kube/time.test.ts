import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageOf,
  formatMicroTime,
  formatRfc1123z,
  formatTime,
  humanDuration,
  parseTime,
  parseTimeStrictly,
} from './time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('age', () => {
  it.each([
    [-2 * SECOND, '<invalid>'],
    [-1.5 * SECOND, '0s'],
    [0, '0s'],
    [45_999, '45s'],
    [119 * SECOND, '119s'],
    [120 * SECOND, '2m'],
    [187 * SECOND, '3m7s'],
    [10 * MINUTE, '10m'],
    [12 * MINUTE + 30 * SECOND, '12m'],
    [179 * MINUTE, '179m'],
    [3 * HOUR, '3h'],
    [4 * HOUR + 5 * MINUTE, '4h5m'],
    [8 * HOUR + 59 * MINUTE, '8h'],
    [47 * HOUR, '47h'],
    [48 * HOUR, '2d'],
    [3 * DAY + 4 * HOUR, '3d4h'],
    [8 * DAY + 5 * HOUR, '8d'],
    [729 * DAY, '729d'],
    [730 * DAY, '2y'],
    [(3 * 365 + 40) * DAY, '3y40d'],
    [9 * 365 * DAY + 5 * DAY, '9y'],
  ])('KUBE-22 shows %d ms as %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });
  it('KUBE-22 of an object without a time is unknown', () => {
    expect(ageOf(undefined, 0)).toBe('<unknown>');
    expect(ageOf('2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1, 0, 5))).toBe('5m');
  });
});

describe('texts', () => {
  const instant = fc.integer({ min: Date.UTC(1600, 0, 1), max: Date.UTC(9999, 11, 31) });

  it('KUBE-22 writes the same date as the calendar of the language', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(formatTime(ms)).toBe(`${new Date(ms).toISOString().slice(0, 19)}Z`);
      }),
    );
  });
  it('KUBE-22 reads what it wrote, to the second', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(parseTime(formatTime(ms))).toBe(Math.floor(ms / 1000) * 1000);
      }),
    );
  });
  it('KUBE-22 writes weekdays and months for describe', () => {
    expect(formatRfc1123z(Date.UTC(2026, 10, 20, 1, 35, 18))).toBe('Fri, 20 Nov 2026 01:35:18 +0000');
    expect(formatRfc1123z(0)).toBe('Thu, 01 Jan 1970 00:00:00 +0000');
    expect(formatRfc1123z(-1)).toBe('Wed, 31 Dec 1969 23:59:59 +0000');
  });
  it('KUBE-22 writes six decimals where Kubernetes does', () => {
    expect(formatMicroTime(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02T03:04:05.678000Z');
  });
  it('KUBE-22 understands offsets and fractions', () => {
    expect(parseTime('2026-01-02T03:04:05+02:00')).toBe(Date.UTC(2026, 0, 2, 1, 4, 5));
    expect(parseTime('2026-01-02T03:04:05.25-01:30')).toBe(Date.UTC(2026, 0, 2, 4, 34, 5, 250));
  });
  it.each([
    ['yesterday', 'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"'],
    ['2026-01-02', 'parsing time "2026-01-02" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    ['2026-13-02T00:00:00Z', 'parsing time "2026-13-02T00:00:00Z": month out of range'],
    ['2025-02-29T00:00:00Z', 'parsing time "2025-02-29T00:00:00Z": day out of range'],
    ['2026-01-02T00:00:00Zz', 'parsing time "2026-01-02T00:00:00Zz": extra text: "z"'],
  ])('KUBE-21 says in the words of Go what is wrong with %s', (text, error) => {
    expect(parseTimeStrictly(text)).toEqual({ error });
  });
});
