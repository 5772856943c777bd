// Virtual time to the texts Kubernetes shows, and back. Arithmetic only: the simulator never asks what time it is.

const DAY_MS = 86_400_000;
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The date of a number of days since 1970-01-01 in the proleptic Gregorian calendar. */
function civilFromDays(days: number): Civil {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

function clock(ms: number): { days: number; hour: number; minute: number; second: number; rest: number } {
  const days = Math.floor(ms / DAY_MS);
  const inDay = ms - days * DAY_MS;
  return {
    days,
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / 60_000) % 60,
    second: Math.floor(inDay / 1000) % 60,
    rest: inDay % 1000,
  };
}

/** Milliseconds since 1970 as `2026-11-20T01:35:18Z`, whole seconds, as metav1.Time is written. */
export function formatTime(ms: number): string {
  const t = clock(ms);
  const { year, month, day } = civilFromDays(t.days);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(t.hour)}:${two(t.minute)}:${two(t.second)}Z`;
}

/** Milliseconds since 1970 with six decimals, as metav1.MicroTime is written (Event.eventTime, Lease.renewTime). */
export function formatMicroTime(ms: number): string {
  const micros = String(Math.floor(clock(ms).rest * 1000)).padStart(6, '0');
  return `${formatTime(ms).slice(0, -1)}.${micros}Z`;
}

/** `Fri, 20 Nov 2026 01:35:18 +0000`, as describe prints times. k8s: time.RFC1123Z */
export function formatRfc1123z(ms: number): string {
  const t = clock(ms);
  const { year, month, day } = civilFromDays(t.days);
  const weekday = WEEKDAYS[((t.days % 7) + 7) % 7];
  return `${weekday}, ${two(day)} ${MONTHS[month - 1]} ${year} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} +0000`;
}

const LAYOUT = '2006-01-02T15:04:05Z07:00';
/** What each part of the layout must look like, and Go's name for it in an error. */
const PARTS: readonly (readonly [name: string, shape: RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d{2}/],
  ['-', /^-/],
  ['02', /^\d{2}/],
  ['T', /^T/],
  ['15', /^\d{2}/],
  [':', /^:/],
  ['04', /^\d{2}/],
  [':', /^:/],
  ['05', /^\d{2}(?:[.,]\d{1,9}(?!\d))?/],
  ['Z07:00', /^(?:Z|[+-]\d{2}:\d{2})/],
];

/**
 * Parses an RFC 3339 time.
 * @param text e.g. `2026-11-20T01:35:18Z`; fractions and offsets are understood
 * @returns milliseconds since 1970, or Go's error text
 */
export function parseTimeStrictly(text: string): { ms: number; error?: undefined } | { ms?: undefined; error: string } {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const wrong = (detail: string) => ({ error: `parsing time ${JSON.stringify(shown)}${detail}` });
  const found: string[] = [];
  let rest = text;
  for (const [name, shape] of PARTS) {
    const match = shape.exec(rest);
    if (match === null)
      return wrong(` as ${JSON.stringify(LAYOUT)}: cannot parse ${JSON.stringify(rest.slice(0, 200))} as "${name}"`);
    found.push(match[0]);
    rest = rest.slice(match[0].length);
  }
  if (rest !== '') return wrong(`: extra text: ${JSON.stringify(rest.slice(0, 200))}`);
  const at = (index: number): number => Number.parseInt(found[index] ?? '', 10);
  const [year, month, day, hour, minute, second] = [at(0), at(2), at(4), at(6), at(8), at(10)];
  if (month < 1 || month > 12) return wrong(': month out of range');
  if (hour > 23) return wrong(': hour out of range');
  if (minute > 59) return wrong(': minute out of range');
  if (second > 59) return wrong(': second out of range');
  if (day < 1 || day > daysIn(year, month)) return wrong(': day out of range');
  const fraction = (found[10] ?? '').slice(3);
  const zone = found[11] ?? 'Z';
  const offsetMinutes = zone === 'Z' ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  const ms =
    daysFromCivil(year, month, day) * DAY_MS +
    hour * 3_600_000 +
    minute * 60_000 +
    second * 1000 +
    (fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000));
  return { ms: ms - (zone.startsWith('-') ? -offsetMinutes : offsetMinutes) * 60_000 };
}

/** Milliseconds since 1970 of an RFC 3339 text; undefined when it is none. */
export const parseTime = (text: string | null | undefined): number | undefined =>
  text === null || text === undefined ? undefined : parseTimeStrictly(text).ms;

/**
 * KUBE-22: a duration with two or three significant figures, as the AGE column shows it. k8s: duration.HumanDuration
 * @param ms the duration; a little below zero counts as now
 */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (days < 8) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`;
  if (days < 730) return `${days}d`;
  const years = Math.trunc(days / 365);
  if (days < 365 * 8) return days % 365 === 0 ? `${years}y` : `${years}y${days % 365}d`;
  return `${years}y`;
}

/** The AGE cell of an object: how long ago a time was, or `<unknown>` when there is none. */
export function ageOf(time: string | null | undefined, nowMs: number): string {
  const ms = parseTime(time);
  return ms === undefined ? '<unknown>' : humanDuration(nowMs - ms);
}
