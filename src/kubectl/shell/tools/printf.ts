// The formats of printf, for the command of that name and for awk.
import { ShellError } from '../shell.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  '\\': '\\',
  '"': '"',
};

/** `\n`, `\t`, `\033`, `\x1b` as the characters they stand for. */
export const withEscapes = (text: string): string =>
  text.replace(/\\(x[0-9A-Fa-f]{1,2}|0?[0-7]{1,3}|[\s\S])/g, (whole, body: string) => {
    if (/^x[0-9A-Fa-f]/.test(body)) return String.fromCharCode(Number.parseInt(body.slice(1), 16));
    if (/^[0-7]+$/.test(body)) return String.fromCharCode(Number.parseInt(body, 8) & 0xff);
    return ESCAPES[body] ?? whole;
  });

const WIDTH_MAX = 10_000;

/**
 * Fills a format.
 * @param repeats whether it is used again as long as values are left, as the command does
 */
export function formatted(format: string, values: readonly string[], repeats: boolean): string {
  const queue = [...values];
  let out = '';
  let rounds = 0;
  do {
    const before = queue.length;
    out += format.replace(
      /%%|%([-0+ ]*)(\d+|\*)?(?:\.(\d+))?([diouxXcsbqeEfgG])/g,
      (whole, flags: string | undefined, width: string | undefined, digits: string | undefined, type: string) => {
        if (whole === '%%') return '%';
        const wide = width === '*' ? Number(queue.shift() ?? 0) : Number(width ?? 0);
        if (wide > WIDTH_MAX) throw new ShellError('printf: the width is too large');
        const text = oneValue(type, queue.shift() ?? '', digits);
        if (flags?.includes('-')) return text.padEnd(wide);
        return flags?.includes('0') && type !== 's' ? text.padStart(wide, '0') : text.padStart(wide);
      },
    );
    rounds += 1;
    // A format without places for values would go on for ever.
    if (queue.length === before) break;
  } while (repeats && queue.length > 0 && rounds < 10_000);
  return out;
}

function oneValue(type: string, value: string, digits: string | undefined): string {
  switch (type) {
    case 'd':
    case 'i':
    case 'u':
      return String(Math.trunc(Number(value) || 0));
    case 'x':
      return Math.trunc(Number(value) || 0).toString(16);
    case 'X':
      return Math.trunc(Number(value) || 0)
        .toString(16)
        .toUpperCase();
    case 'o':
      return Math.trunc(Number(value) || 0).toString(8);
    case 'c':
      return value.slice(0, 1);
    case 'b':
      return withEscapes(value);
    case 's':
      return digits === undefined ? value : value.slice(0, Number(digits));
    case 'q':
      return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
    case 'f':
      return (Number(value) || 0).toFixed(Math.min(20, Number(digits ?? 6)));
    case 'e':
    case 'E':
      return (Number(value) || 0).toExponential(Math.min(20, Number(digits ?? 6)));
    default:
      return String(Number(Number(value).toPrecision(Math.min(20, Number(digits ?? 6) || 1))));
  }
}
