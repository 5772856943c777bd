// head, tail, wc, uniq, cut, nl, rev, tac and column: small things done to lines.
import { ShellError } from '../shell.ts';
import { type Filter, lineFilter, numberOf, openSources, readOptions, type Tool, wholeFilter } from './filter.ts';

/** `head -5` and `tail -5` are older than `-n 5`. */
const withOldCount = (args: readonly string[]): string[] =>
  args.flatMap((arg, i) => (/^-\d+$/.test(arg) && !/^-[nc]$/.test(args[i - 1] ?? '') ? ['-n', arg.slice(1)] : [arg]));

const heading = (names: number): Pick<Filter, 'begin'> => {
  let isFirst = true;
  return names < 2
    ? {}
    : {
        begin: (name) => {
          const text = `${isFirst ? '' : '\n'}==> ${name} <==\n`;
          isFirst = false;
          return text;
        },
      };
};

export const head: Tool = (args, files) => {
  const options = readOptions('head', withOldCount(args), ['q'], ['n', 'c', 'lines', 'bytes']);
  const count = options.value('n', 'lines') ?? '10';
  const bytes = options.value('c', 'bytes');
  const { failures, ...opened } = openSources('head', options.rest, files);
  const code = (): number => (failures > 0 ? 1 : 0);
  const { begin } = heading(options.rest.length);
  if (bytes !== undefined) {
    const max = numberOf('head', bytes);
    return wholeFilter((text) => text.slice(0, max), { ...opened, code });
  }
  if (count.startsWith('-')) {
    const without = numberOf('head', count.slice(1));
    return wholeFilter((text) => joinLines(without === 0 ? linesOf(text) : linesOf(text).slice(0, -without)), {
      ...opened,
      code,
    });
  }
  const max = numberOf('head', count);
  let shown = 0;
  return lineFilter(
    (line) => {
      shown += 1;
      return shown <= max ? `${line}\n` : '';
    },
    {
      ...opened,
      code,
      begin: (name) => {
        shown = 0;
        return begin?.(name) ?? '';
      },
      isClosed: () => opened.sources === undefined && shown >= max,
    },
  );
};

export const tail: Tool = (args, files) => {
  const options = readOptions('tail', withOldCount(args), ['q', 'f', 'F', 'follow'], ['n', 'c', 'lines']);
  if (options.has('f', 'F', 'follow')) throw new ShellError('tail: files do not grow by themselves here; leave out -f');
  const count = options.value('n', 'lines') ?? '10';
  const { failures, ...opened } = openSources('tail', options.rest, files);
  const fromStart = count.startsWith('+');
  const number = numberOf('tail', count.replace(/^[+-]/, ''));
  const code = (): number => (failures > 0 ? 1 : 0);
  if (fromStart) {
    let at = 0;
    return lineFilter(
      (line) => {
        at += 1;
        return at >= number ? `${line}\n` : '';
      },
      { ...opened, code },
    );
  }
  const bytes = options.value('c');
  return wholeFilter(
    (text) =>
      bytes !== undefined
        ? text.slice(-numberOf('tail', bytes))
        : number === 0
          ? ''
          : joinLines(linesOf(text).slice(-number)),
    { ...opened, code },
  );
};

/** Lines without their ends; the end of the last one does not begin another. */
export const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

export const joinLines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** The length of a text in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

export const wc: Tool = (args, files) => {
  const options = readOptions('wc', args, [...'lwcmL', 'lines', 'words', 'bytes']);
  const { failures, ...opened } = openSources('wc', options.rest, files);
  const chosen = ['l', 'w', 'c', 'm'].filter((letter) => options.has(letter));
  const wanted =
    chosen.length > 0 ? chosen : options.has('lines') ? ['l'] : options.has('words') ? ['w'] : ['l', 'w', 'c'];
  const total = { l: 0, w: 0, c: 0, m: 0 };
  let text = '';
  let name = '';
  const row = (counts: Readonly<Record<string, number>>, what: string): string => {
    const numbers = wanted.map((letter) => String(counts[letter] ?? 0));
    const isBare = numbers.length === 1 && opened.sources === undefined;
    const cells = isBare ? numbers : numbers.map((number) => number.padStart(opened.sources === undefined ? 7 : 3));
    return `${cells.join(' ')}${what === '' ? '' : ` ${what}`}\n`;
  };
  return {
    ...opened,
    begin: (next) => {
      name = next;
      return '';
    },
    push: (piece) => {
      text += piece;
      return '';
    },
    endSource: () => {
      const counts = {
        l: text.split('\n').length - 1,
        w: text.split(/\s+/).filter(Boolean).length,
        c: bytesOf(text),
        m: [...text].length,
      };
      text = '';
      for (const letter of ['l', 'w', 'c', 'm'] as const) total[letter] += counts[letter];
      return row(counts, name);
    },
    end: () => ((opened.sources?.length ?? 0) > 1 ? row(total, 'total') : ''),
    code: () => (failures > 0 ? 1 : 0),
  };
};

export const uniq: Tool = (args, files) => {
  const options = readOptions('uniq', args, [...'cdui', 'count']);
  const { failures, ...opened } = openSources('uniq', options.rest.slice(0, 1), files);
  let last: string | undefined;
  let count = 0;
  const flush = (): string => {
    if (last === undefined) return '';
    if (options.has('d') && count < 2) return '';
    if (options.has('u') && count > 1) return '';
    return options.has('c', 'count') ? `${String(count).padStart(7)} ${last}\n` : `${last}\n`;
  };
  const keyOf = (line: string): string => (options.has('i') ? line.toLowerCase() : line);
  return lineFilter(
    (line) => {
      if (last !== undefined && keyOf(line) === keyOf(last)) {
        count += 1;
        return '';
      }
      const text = flush();
      last = line;
      count = 1;
      return text;
    },
    { ...opened, last: flush, code: () => (failures > 0 ? 1 : 0) },
  );
};

/** `1,3-5,7-` as a test of a place. */
function placesOf(text: string): (place: number) => boolean {
  const ranges = text.split(',').map((part) => {
    const [, from = '', dash, to = ''] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
    if (from === '' && to === '') throw new ShellError('cut: invalid field value', 1);
    return dash === ''
      ? [Number(from), Number(from)]
      : [from === '' ? 1 : Number(from), to === '' ? Infinity : Number(to)];
  });
  return (place) => ranges.some(([from = 0, to = 0]) => place >= from && place <= to);
}

export const cut: Tool = (args, files) => {
  const options = readOptions(
    'cut',
    args,
    ['s', 'complement'],
    ['d', 'f', 'c', 'b', 'delimiter', 'fields', 'output-delimiter'],
  );
  const { failures, ...opened } = openSources('cut', options.rest, files);
  const fields = options.value('f', 'fields');
  const characters = options.value('c', 'b');
  const separator = options.value('d', 'delimiter') ?? '\t';
  if (fields === undefined && characters === undefined)
    throw new ShellError('cut: you must specify a list of bytes, characters, or fields');
  const isChosen = placesOf(fields ?? characters ?? '');
  const isWanted = (_: string, i: number): boolean => isChosen(i + 1) !== options.has('complement');
  return lineFilter(
    (line) => {
      if (fields === undefined) return `${[...line].filter(isWanted).join('')}\n`;
      if (!line.includes(separator)) return options.has('s') ? '' : `${line}\n`;
      const between = options.value('output-delimiter') ?? separator;
      return `${line.split(separator).filter(isWanted).join(between)}\n`;
    },
    { ...opened, code: () => (failures > 0 ? 1 : 0) },
  );
};

export const nl: Tool = (args, files) => {
  const options = readOptions('nl', args, [], ['b']);
  const { failures, ...opened } = openSources('nl', options.rest, files);
  let number = 0;
  return lineFilter(
    (line) => {
      if (line === '' && options.value('b') !== 'a') return '       \n';
      number += 1;
      return `${String(number).padStart(6)}\t${line}\n`;
    },
    { ...opened, code: () => (failures > 0 ? 1 : 0) },
  );
};

export const tac: Tool = (args, files) => {
  const { failures, ...opened } = openSources('tac', readOptions('tac', args, []).rest, files);
  return wholeFilter((text) => joinLines(linesOf(text).reverse()), { ...opened, code: () => (failures > 0 ? 1 : 0) });
};

export const rev: Tool = (args, files) => {
  const { failures, ...opened } = openSources('rev', readOptions('rev', args, []).rest, files);
  return lineFilter((line) => `${[...line].reverse().join('')}\n`, { ...opened, code: () => (failures > 0 ? 1 : 0) });
};

export const column: Tool = (args, files) => {
  const options = readOptions('column', args, ['t', 'table'], ['s', 'separator']);
  const { failures, ...opened } = openSources('column', options.rest, files);
  const separator = options.value('s', 'separator');
  return wholeFilter(
    (text) => {
      if (!options.has('t', 'table')) return text;
      const rows = linesOf(text)
        .filter((line) => line.trim() !== '')
        .map((line) => (separator === undefined ? line.trim().split(/\s+/) : line.split(separator)));
      const widths: number[] = [];
      for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
      return joinLines(
        rows.map((row) => row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell)).join('  ')),
      );
    },
    { ...opened, code: () => (failures > 0 ? 1 : 0) },
  );
};
