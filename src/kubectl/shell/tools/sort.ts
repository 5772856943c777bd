// sort: lines in order, by text, number, size or version, whole or by fields.
import { ShellError } from '../shell.ts';
import { openSources, readOptions, type Tool, wholeFilter } from './filter.ts';
import { joinLines, linesOf } from './lines.ts';

const SIZES = 'KMGTPE';

/** A number at the beginning of a text, with a size behind it where `-h` was given. */
function numberAt(text: string, isHuman: boolean): number {
  const [, digits = '', size = ''] = /^\s*(-?\d*\.?\d*)([A-Z]?)/i.exec(text) ?? [];
  const power = isHuman && size !== '' ? SIZES.indexOf(size.toUpperCase()) + 1 : 0;
  return (Number(digits) || 0) * 1024 ** power;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Versions and names with numbers in them: `web-2` before `web-10`. */
function byVersion(a: string, b: string): number {
  const [x, y] = [a.split(/(\d+)/), b.split(/(\d+)/)];
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const [left = '', right = ''] = [x[i], y[i]];
    const order = i % 2 === 1 ? Number(left) - Number(right) : byText(left, right);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

export const sort: Tool = (args, files) => {
  const options = readOptions('sort', args, [...'nruhVfbs', 'reverse', 'unique', 'numeric-sort'], ['k', 't', 'key']);
  const { failures, ...opened } = openSources('sort', options.rest, files);
  const separator = options.value('t');
  const keys = options.values('k', 'key').map((text) => {
    const [, from = '', letters = '', to, more = ''] =
      /^(\d+)(?:\.\d+)?([bdfhnrV]*)(?:,(\d+)(?:\.\d+)?([bdfhnrV]*))?$/.exec(text) ?? [];
    if (from === '')
      throw new ShellError(`sort: invalid number at field start: invalid count at start of '${text}'`, 2);
    return { from: Number(from), to: to === undefined ? undefined : Number(to), letters: letters + more };
  });
  const fieldsOf = (line: string): string[] =>
    separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  const compare = (a: string, b: string, letters: string): number => {
    const has = (letter: string): boolean => letters.includes(letter) || (letters === '' && options.has(letter));
    const [x, y] = has('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b];
    if (has('n') || has('h') || options.has('numeric-sort')) return numberAt(x, has('h')) - numberAt(y, has('h'));
    return has('V') ? byVersion(x.trim(), y.trim()) : byText(x, y);
  };
  const isReverse = options.has('r', 'reverse');
  const order = (a: string, b: string): number => {
    for (const { from, to, letters } of keys) {
      const part = (line: string): string =>
        fieldsOf(line)
          .slice(from - 1, to)
          .join(separator ?? '');
      const [x, y] = separator === undefined ? [part(a).trimStart(), part(b).trimStart()] : [part(a), part(b)];
      const result = compare(x, y, letters.replace('r', ''));
      const isOwnReverse = letters.includes('r') || (letters === '' && isReverse);
      if (result !== 0) return isOwnReverse ? -result : result;
    }
    const result = keys.length === 0 ? compare(a, b, '') || byText(a, b) : byText(a, b);
    return isReverse ? -result : result;
  };
  return wholeFilter(
    (text) => {
      const lines = linesOf(text).sort(order);
      const isSame = (a: string, b: string): boolean => (keys.length > 0 ? order(a, b) === 0 : a === b);
      return joinLines(
        options.has('u', 'unique') ? lines.filter((line, i) => i === 0 || !isSame(lines[i - 1] ?? '', line)) : lines,
      );
    },
    { ...opened, code: () => (failures > 0 ? 2 : 0) },
  );
};
