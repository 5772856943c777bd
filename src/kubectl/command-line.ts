// Reads a command line as a shell and kubectl's flag parser would: words with quotes, then flags and arguments.
import { CommandError } from './errors.ts';

/**
 * What a flag takes. `optional`: a value only after `=`, else the one in `implied`. `strings`: values separated by
 * commas; `array`: one value each time the flag is given.
 */
export interface FlagSpec {
  readonly type: 'bool' | 'string' | 'int' | 'strings' | 'array' | 'optional';
  readonly short?: string;
  readonly default?: string;
  /** The value of an `optional` flag that stands alone. */
  readonly implied?: string;
}
export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

/** Flags as they were given. */
export interface Flags {
  has(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  isOn(name: string): boolean;
  number(name: string): number | undefined;
}

export interface CommandLine {
  readonly flags: Flags;
  readonly args: readonly string[];
  /** Flags with their values as they were given, in order. */
  readonly given: readonly (readonly [name: string, value: string])[];
  /** How many arguments stand before `--`; undefined where there is none. */
  readonly argsBeforeDash: number | undefined;
}

const WORDS_MAX = 10_000;

/**
 * The words of a command as a POSIX shell makes them of quotes and backslashes. Nothing is expanded.
 * @throws CommandError when a quote is not closed
 */
export function splitWords(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let i = 0; i < command.length; i += 1) {
    const char = command.charAt(i);
    if (quote === "'") {
      if (char === "'") quote = undefined;
      else word += char;
    } else if (quote === '"') {
      if (char === '"') quote = undefined;
      else if (char === '\\' && '"\\$`\n'.includes(command.charAt(i + 1))) {
        i += 1;
        word += command.charAt(i) === '\n' ? '' : command.charAt(i);
      } else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '\\' && i + 1 < command.length) {
      i += 1;
      if (command.charAt(i) !== '\n') word = (word ?? '') + command.charAt(i);
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
    if (words.length > WORDS_MAX) throw new CommandError('the command has too many words');
  }
  if (quote) throw new CommandError(`the command ends within a quote: ${quote} is missing`);
  if (word !== undefined) words.push(word);
  return words;
}

/** Flags that every command knows. */
export const COMMON_FLAGS: FlagSpecs = {
  namespace: { type: 'string', short: 'n' },
  context: { type: 'string' },
  kubeconfig: { type: 'string' },
  'request-timeout': { type: 'string' },
  v: { type: 'string', short: 'v' },
};

/**
 * Reads flags and arguments in any order, as pflag does.
 * @param usage the command whose help an error points to, such as `kubectl get`
 * @throws CommandError for unknown flags and values that do not fit
 */
export function parseFlags(words: readonly string[], specs: FlagSpecs, usage: string): CommandLine {
  const all: FlagSpecs = { ...COMMON_FLAGS, ...specs };
  const values = new Map<string, string[]>();
  const args: string[] = [];
  const given: [string, string][] = [];
  let argsBeforeDash: number | undefined;
  const queue = [...words];
  const fail = (message: string): never => {
    throw new CommandError(`${message}\nSee '${usage} --help' for usage.`);
  };
  const take = (shown: string): string => queue.shift() ?? fail(`flag needs an argument: ${shown}`);
  const set = (name: string, shown: string, own: string | undefined, spec: FlagSpec): void => {
    let value = own;
    if (spec.type === 'bool') value ??= 'true';
    else if (spec.type === 'optional') value ??= spec.implied ?? '';
    else value ??= take(shown);
    const error = valueError(value, spec);
    if (error) fail(`invalid argument ${JSON.stringify(value)} for "${shownFlag(name, spec)}" flag: ${error}`);
    given.push([name, value]);
    const list = spec.type === 'strings' ? value.split(',') : [value];
    const isMany = spec.type === 'strings' || spec.type === 'array';
    values.set(name, isMany ? [...(values.get(name) ?? []), ...list] : list);
  };
  while (queue.length > 0) {
    const word = queue.shift() as string;
    if (word === '--') {
      argsBeforeDash = args.length;
      args.push(...queue.splice(0));
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      const name = word.slice(2, equals < 0 ? undefined : equals);
      const spec = Object.hasOwn(all, name) ? all[name] : undefined;
      if (!spec) fail(`unknown flag: --${name}`);
      else set(name, `--${name}`, equals < 0 ? undefined : word.slice(equals + 1), spec);
    } else if (word.startsWith('-') && word.length > 1) readShort(word, all, set, fail);
    else args.push(word);
  }
  return { args, given, argsBeforeDash, flags: flagsOf(values, all) };
}

/** `-owide`, `-o=wide`, `-o wide`, and flags without values run together. */
function readShort(
  word: string,
  all: FlagSpecs,
  set: (name: string, shown: string, given: string | undefined, spec: FlagSpec) => void,
  fail: (message: string) => never,
): void {
  for (let i = 1; i < word.length; i += 1) {
    const letter = word.charAt(i);
    const found = Object.entries(all).find(([, spec]) => spec.short === letter);
    if (!found) fail(`unknown shorthand flag: '${letter}' in ${word}`);
    const [name, spec] = found as [string, FlagSpec];
    const rest = word.slice(i + 1);
    if (rest.startsWith('=') || (spec.type !== 'bool' && rest !== '')) {
      set(name, `-${letter}`, rest.replace(/^=/, ''), spec);
      return;
    }
    set(name, `'${letter}' in ${word}`, undefined, spec);
    if (spec.type !== 'bool') return;
  }
}

const shownFlag = (name: string, spec: FlagSpec): string => (spec.short ? `-${spec.short}, --${name}` : `--${name}`);

function valueError(value: string, spec: FlagSpec): string | undefined {
  if (spec.type === 'bool' && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value))
    return `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
  if (spec.type !== 'int') return undefined;
  if (!/^[-+]?\d+$/.test(value)) return `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
  const number = Number(value);
  if (number > 2147483647 || number < -2147483648)
    return `strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`;
  return undefined;
}

function flagsOf(values: ReadonlyMap<string, readonly string[]>, specs: FlagSpecs): Flags {
  const text = (name: string): string | undefined => values.get(name)?.at(-1) ?? specs[name]?.default;
  return {
    has: (name) => values.has(name),
    text,
    list: (name) => values.get(name) ?? [],
    isOn: (name) => /^(?:1|t|true)$/i.test(text(name) ?? ''),
    number: (name) => {
      const value = text(name);
      return value === undefined ? undefined : Number(value);
    },
  };
}
