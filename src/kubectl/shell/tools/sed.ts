// sed, as far as manifests are changed with it: `s/a/b/g`, `p`, `d`, `q`, with line numbers, patterns and ranges.
import { ShellError, type ShellFiles } from '../shell.ts';
import { lineFilter, openSources, readOptions, type Tool } from './filter.ts';
import { regularOf } from './regular.ts';

type Address = { readonly line: number } | { readonly pattern: RegExp } | 'last';

interface Edit {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly isNegated: boolean;
  readonly command: 's' | 'p' | 'd' | 'q';
  readonly pattern?: RegExp;
  readonly replacement?: readonly (string | number)[];
  readonly nth?: number;
  readonly isGlobal?: boolean;
  readonly isPrinted?: boolean;
  isInRange: boolean;
}

const EDITS_MAX = 100;

/** Reads the edits of a script. */
function parseEdits(script: string, isExtended: boolean): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  const fail = (what: string): never => {
    throw new ShellError(`sed: -e expression #1, char ${at + 1}: ${what}`);
  };
  /** Text up to a sign that is not escaped. */
  const until = (sign: string): string => {
    let text = '';
    for (; at < script.length; at += 1) {
      const char = script.charAt(at);
      if (char === '\\' && at + 1 < script.length) {
        at += 1;
        text += script.charAt(at) === sign ? sign : `\\${script.charAt(at)}`;
      } else if (char === sign) {
        at += 1;
        return text;
      } else text += char;
    }
    return fail(`unterminated \`${sign}'`);
  };
  const address = (): Address | undefined => {
    const digits = /^\d+/.exec(script.slice(at))?.[0];
    if (digits !== undefined) {
      at += digits.length;
      return { line: Number(digits) };
    }
    if (script.charAt(at) === '$') {
      at += 1;
      return 'last';
    }
    if (script.charAt(at) !== '/') return undefined;
    at += 1;
    return { pattern: regularOf('sed', until('/'), { isExtended }) };
  };
  while (at < script.length) {
    if (/[\s;]/.test(script.charAt(at))) {
      at += 1;
      continue;
    }
    if (edits.length >= EDITS_MAX) fail('too many commands');
    const from = address();
    let to: Address | undefined;
    if (from !== undefined && script.charAt(at) === ',') {
      at += 1;
      to = address() ?? fail("unexpected `,'");
    }
    const isNegated = script.charAt(at) === '!';
    if (isNegated) at += 1;
    const command = script.charAt(at);
    at += 1;
    const common = { from, to, isNegated, isInRange: false };
    if (command === 'p' || command === 'd' || command === 'q') edits.push({ ...common, command });
    else if (command === 's') {
      const sign = script.charAt(at);
      if (sign === '' || /[\s\\]/.test(sign)) fail("unterminated `s' command");
      at += 1;
      const pattern = until(sign);
      const replacement = until(sign);
      const flags = /^[gIip\d]*/.exec(script.slice(at))?.[0] ?? '';
      at += flags.length;
      edits.push({
        ...common,
        command,
        pattern: regularOf('sed', pattern, { isExtended, isGlobal: true, ignoresCase: /i/i.test(flags) }),
        replacement: replacementOf(replacement),
        isGlobal: flags.includes('g'),
        isPrinted: flags.includes('p'),
        nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
      });
    } else fail(`unknown command: \`${command}' (here are s, p, d and q)`);
  }
  return edits;
}

/** Texts and, as numbers, groups of the match; 0 is all of it. */
function replacementOf(text: string): (string | number)[] {
  const parts: (string | number)[] = [];
  let plain = '';
  const group = (number: number): void => {
    parts.push(plain, number);
    plain = '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '&') group(0);
    else if (char === '\\') {
      i += 1;
      const next = text.charAt(i);
      if (/\d/.test(next)) group(Number(next));
      else plain += next === 'n' ? '\n' : next === 't' ? '\t' : next;
    } else plain += char;
  }
  return [...parts, plain];
}

function substituted(line: string, { pattern, replacement = [], nth = 1, isGlobal }: Edit): string | undefined {
  if (!pattern) return undefined;
  let count = 0;
  let out = '';
  let at = 0;
  let hasChanged = false;
  for (const match of line.matchAll(pattern)) {
    count += 1;
    if (count < nth || (count > nth && !isGlobal)) continue;
    const text = replacement.map((part) => (typeof part === 'number' ? (match[part] ?? '') : part)).join('');
    out += line.slice(at, match.index) + text;
    at = match.index + match[0].length;
    hasChanged = true;
  }
  return hasChanged ? out + line.slice(at) : undefined;
}

const fitsAddress = (address: Address, line: string, number: number, isLast: boolean): boolean =>
  address === 'last' ? isLast : 'line' in address ? address.line === number : address.pattern.test(line);

function isMeant(edit: Edit, line: string, number: number, isLast: boolean): boolean {
  const { from, to } = edit;
  if (from === undefined) return !edit.isNegated;
  if (to === undefined) return fitsAddress(from, line, number, isLast) !== edit.isNegated;
  if (edit.isInRange) {
    if (fitsAddress(to, line, number, isLast) || (typeof to === 'object' && 'line' in to && number >= to.line))
      edit.isInRange = false;
    return !edit.isNegated;
  }
  if (!fitsAddress(from, line, number, isLast)) return edit.isNegated;
  edit.isInRange = !(typeof to === 'object' && 'line' in to && to.line <= number);
  return !edit.isNegated;
}

/** A line through all edits. */
function edited(edits: readonly Edit[], line: string, number: number, isLast: boolean, isQuiet: boolean) {
  let text = line;
  let out = '';
  for (const edit of edits) {
    if (!isMeant(edit, text, number, isLast)) continue;
    if (edit.command === 'd') return { out, isOver: false };
    if (edit.command === 'p') out += `${text}\n`;
    if (edit.command === 'q') return { out: isQuiet ? out : `${out}${text}\n`, isOver: true };
    if (edit.command !== 's') continue;
    const next = substituted(text, edit);
    if (next === undefined) continue;
    text = next;
    if (edit.isPrinted) out += `${text}\n`;
  }
  return { out: isQuiet ? out : `${out}${text}\n`, isOver: false };
}

export const sed: Tool = (args, files) => {
  const options = readOptions(
    'sed',
    args,
    [...'nErsz', 'in-place', 'quiet', 'regexp-extended', 'i'],
    ['e', 'expression'],
  );
  const scripts = options.values('e', 'expression');
  const script = scripts.length > 0 ? scripts.join('\n') : options.rest[0];
  if (script === undefined)
    throw new ShellError('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...');
  const edits = parseEdits(script, options.has('E', 'r', 'regexp-extended'));
  const names = scripts.length > 0 ? options.rest : options.rest.slice(1);
  const isQuiet = options.has('n', 'quiet');
  const { failures, ...opened } = openSources('sed', names, files);
  const code = (): number => (failures > 0 ? 2 : 0);
  let number = 0;
  let isOver = false;
  const run = (line: string, isLast: boolean): string => {
    if (isOver) return '';
    number += 1;
    const result = edited(edits, line, number, isLast, isQuiet);
    isOver = result.isOver;
    return result.out;
  };
  if (options.has('i', 'in-place')) return inPlace(opened.sources ?? [], opened.err, run, files, code);
  // The last line is known only when the next one does not come.
  let held: string | undefined;
  return lineFilter(
    (line) => {
      const out = held === undefined ? '' : run(held, false);
      held = line;
      return out;
    },
    { ...opened, code, last: () => (held === undefined ? '' : run(held, true)), isClosed: () => isOver },
  );
};

/** `-i`: the files themselves are changed. */
function inPlace(
  sources: readonly { readonly name: string; readonly text: string }[],
  err: string | undefined,
  run: (line: string, isLast: boolean) => string,
  files: ShellFiles,
  code: () => number,
) {
  let failed = err ?? '';
  for (const { name, text } of sources) {
    const lines = text.replace(/\n$/, '').split('\n');
    const error = files.write(name, lines.map((line, i) => run(line, i === lines.length - 1)).join(''));
    if (error !== undefined) failed += `sed: ${name}: ${error}\n`;
  }
  return { sources: [], ...(failed !== '' && { err: failed }), push: () => '', end: () => '', code };
}
