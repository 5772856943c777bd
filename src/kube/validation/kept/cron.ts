// When a CronJob runs: five fields, or a word such as `@daily`, in the words of the library that the server reads them
// with. k8s: robfig/cron v3 ParseStandard
import { goQuote } from '../../go-quote.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];
const WORDS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = '@every ';

/** What is wrong with a schedule; undefined when nothing is. */
export function scheduleError(schedule: string): string | undefined {
  if (schedule === '') return 'empty spec string';
  if (schedule.startsWith('@')) return wordError(schedule);
  const fields = schedule.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== FIELDS.length)
    return `expected exactly ${FIELDS.length} fields, found ${fields.length}: [${fields.join(' ')}]`;
  for (const [i, bounds] of FIELDS.entries())
    for (const range of (fields[i] ?? '').split(',')) {
      const error = range === '' ? undefined : rangeError(range, bounds);
      if (error !== undefined) return error;
    }
  return undefined;
}

function wordError(schedule: string): string | undefined {
  if (WORDS.includes(schedule)) return undefined;
  if (!schedule.startsWith(EVERY)) return `unrecognized descriptor: ${schedule}`;
  const duration = schedule.slice(EVERY.length);
  return /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$|^[-+]?0$/.test(duration)
    ? undefined
    : `failed to parse duration ${schedule}: time: invalid duration ${goQuote(duration)}`;
}

type Read = { readonly value: number } | { readonly error: string };

function readNumber(text: string, { names }: Bounds, first: number): Read {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return { value: index + first };
  if (!/^[-+]?\d+$/.test(text))
    return { error: `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax` };
  const value = Number(text);
  return value < 0 ? { error: `negative number (${value}) not allowed: ${text}` } : { value };
}

function rangeError(range: string, bounds: Bounds): string | undefined {
  const [whole = '', stepText, ...slashes] = range.split('/');
  const [lowText = '', highText, ...hyphens] = whole.split('-');
  const first = bounds.names === MONTHS ? 1 : 0;
  let { min: start, max: end } = bounds;
  if (lowText !== '*' && lowText !== '?') {
    const low = readNumber(lowText, bounds, first);
    if ('error' in low) return low.error;
    start = low.value;
    if (hyphens.length > 0) return `too many hyphens: ${range}`;
    const high = highText === undefined ? low : readNumber(highText, bounds, first);
    if ('error' in high) return high.error;
    end = high.value;
  }
  let step = 1;
  if (slashes.length > 0) return `too many slashes: ${range}`;
  if (stepText !== undefined) {
    const read = readNumber(stepText, { min: 0, max: 0, names: [] }, 0);
    if ('error' in read) return read.error;
    step = read.value;
    // `5/15` means from five on.
    if (highText === undefined && lowText !== '*' && lowText !== '?') end = bounds.max;
  }
  if (start < bounds.min) return `beginning of range (${start}) below minimum (${bounds.min}): ${range}`;
  if (end > bounds.max) return `end of range (${end}) above maximum (${bounds.max}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return step === 0 ? `step of range should be a positive number: ${range}` : undefined;
}
