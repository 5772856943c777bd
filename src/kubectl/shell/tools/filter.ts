// What the text tools have in common: they take text in pieces and give text back, so that they also work behind a
// command that goes on printing, such as `kubectl get -w | grep web-0`.
import { ShellError, type ShellFiles } from '../shell.ts';

export interface Filter {
  /** Files that are read in place of the input. */
  readonly sources?: readonly { readonly name: string; readonly text: string }[];
  /** Said before anything is read, on standard error. */
  readonly err?: string;
  /** A new file begins. */
  begin?(name: string): string;
  push(text: string): string;
  /** The file, or the input, ends. */
  endSource?(): string;
  end(): string;
  isClosed?(): boolean;
  code?(): number;
}

/** Makes a filter of arguments. Throws ShellError for wrong ones. */
export type Tool = (args: readonly string[], files: ShellFiles) => Filter;

/**
 * A filter that works line by line.
 * @param each what becomes of a line, without its end
 * @param last what comes after all lines
 */
export function lineFilter(
  each: (line: string) => string,
  more: Omit<Partial<Filter>, 'push' | 'end'> & { last?: () => string } = {},
): Filter {
  let open = '';
  const { last, ...rest } = more;
  const endSource = (): string => {
    const line = open;
    open = '';
    return (line === '' ? '' : each(line)) + (rest.endSource?.() ?? '');
  };
  return {
    ...rest,
    push: (text) => {
      const lines = (open + text).split('\n');
      open = lines.pop() ?? '';
      let out = '';
      for (const line of lines) {
        if (rest.isClosed?.()) break;
        out += each(line);
      }
      return out;
    },
    endSource,
    end: () => last?.() ?? '',
  };
}

/** A filter that needs the whole text before it can say anything. */
export function wholeFilter(whole: (text: string) => string, more: Partial<Filter> = {}): Filter {
  let text = '';
  return {
    ...more,
    push: (piece) => {
      text += piece;
      return '';
    },
    end: () => whole(text),
  };
}

/** Options as they were given, and what is left. */
export interface Options {
  has(...names: string[]): boolean;
  value(...names: string[]): string | undefined;
  values(...names: string[]): readonly string[];
  readonly rest: readonly string[];
}

/**
 * Reads options as getopt does: `-abc`, `-n5`, `-n 5`, `--name`, `--name=value`, in any order.
 * @param flags letters and long names without a value
 * @param valued those with one
 * @throws ShellError for others
 */
export function readOptions(
  tool: string,
  args: readonly string[],
  flags: readonly string[],
  valued: readonly string[] = [],
): Options {
  const found = new Map<string, string[]>();
  const rest: string[] = [];
  const note = (name: string, value: string): void => void found.set(name, [...(found.get(name) ?? []), value]);
  const queue = [...args];
  const take = (name: string): string => {
    const value = queue.shift();
    if (value === undefined) throw new ShellError(`${tool}: option requires an argument -- '${name}'`, 2);
    return value;
  };
  while (queue.length > 0) {
    const word = queue.shift() as string;
    if (word === '--') rest.push(...queue.splice(0));
    else if (word.startsWith('--')) {
      const [name = '', ...value] = word.slice(2).split('=');
      if (valued.includes(name)) note(name, value.length > 0 ? value.join('=') : take(name));
      else if (flags.includes(name)) note(name, value.join('='));
      else throw new ShellError(`${tool}: unrecognized option '${word}'`, 2);
    } else if (word.startsWith('-') && word.length > 1) {
      for (let i = 1; i < word.length; i += 1) {
        const letter = word.charAt(i);
        if (valued.includes(letter)) {
          note(letter, i + 1 < word.length ? word.slice(i + 1) : take(letter));
          break;
        }
        if (!flags.includes(letter)) throw new ShellError(`${tool}: invalid option -- '${letter}'`, 2);
        note(letter, '');
      }
    } else rest.push(word);
  }
  const values = (...names: string[]): readonly string[] => names.flatMap((name) => found.get(name) ?? []);
  return {
    has: (...names) => names.some((name) => found.has(name)),
    value: (...names) => values(...names).at(-1),
    values,
    rest,
  };
}

/** A count such as that of `head -n`. */
export function numberOf(tool: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new ShellError(`${tool}: invalid number: '${text}'`);
  return Number(text);
}

/** The files that arguments name; those that cannot be read are told. `-` is left out: it means the input. */
export function openSources(
  tool: string,
  names: readonly string[],
  files: ShellFiles,
): Pick<Filter, 'sources' | 'err'> & { readonly failures: number } {
  if (names.length === 0 || (names.length === 1 && names[0] === '-')) return { failures: 0 };
  const sources: { name: string; text: string }[] = [];
  let err = '';
  let failures = 0;
  for (const name of names) {
    const text = files.read(name);
    if (typeof text === 'string') sources.push({ name, text });
    else {
      err += `${tool}: ${name}: ${text.error}\n`;
      failures += 1;
    }
  }
  return { sources, failures, ...(err !== '' && { err }) };
}
