// Reads what stands in `[[ ]]`: comparisons joined by `&&`, `||`, `!` and brackets.
import { readPattern, readWord } from './read-word.ts';
import { deeper, isAtEnd, peekOperator, type Source, skipBlanks, skipLines, takeOperator } from './source.ts';
import { type Condition, plainText, ShellIncompleteError, ShellSyntaxError, type Word } from './syntax.ts';

const BINARY = new Set(['=', '==', '!=', '=~', '-eq', '-ne', '-lt', '-le', '-gt', '-ge']);
const UNARY = new Set(['-n', '-z', '-f', '-d', '-e', '-s', '-r', '-w']);

/**
 * Reads a condition up to and with its `]]`.
 * @throws ShellIncompleteError where the text ends before it; ShellSyntaxError where it cannot be read
 */
export function parseCondition(source: Source): Condition {
  const condition = parseOr(source);
  skipLines(source);
  if (!takeWord(source, ']]')) throw isAtEnd(source) ? new ShellIncompleteError(']] is missing') : badCondition(source);
  return condition;
}

const badCondition = (source: Source): ShellSyntaxError => {
  const found = /^\S*/.exec(source.text.slice(source.at))?.[0] ?? '';
  return new ShellSyntaxError(`syntax error in conditional expression near \`${found}'`);
};

function parseOr(source: Source): Condition {
  let left = parseAnd(source);
  for (;;) {
    skipLines(source);
    if (!takeOperator(source, '||')) return left;
    skipLines(source);
    left = { type: 'either', conditions: [left, parseAnd(source)] };
  }
}

function parseAnd(source: Source): Condition {
  let left = parseNot(source);
  for (;;) {
    skipLines(source);
    if (!takeOperator(source, '&&')) return left;
    skipLines(source);
    left = { type: 'both', conditions: [left, parseNot(source)] };
  }
}

function parseNot(source: Source): Condition {
  if (takeWord(source, '!')) return { type: 'not', condition: deeper(source, () => parseNot(source)) };
  if (takeOperator(source, '(')) {
    const condition = deeper(source, () => parseOr(source));
    if (!takeOperator(source, ')'))
      throw isAtEnd(source) ? new ShellIncompleteError(') is missing') : badCondition(source);
    return condition;
  }
  return parseTest(source);
}

function parseTest(source: Source): Condition {
  const first = wordAt(source);
  const sign = plainText(first);
  if (sign !== undefined && UNARY.has(sign)) return { type: 'test', words: [first, wordAt(source)] };
  const operator = peekOperator(source);
  if (operator === '<' || operator === '>') {
    takeOperator(source, operator);
    return { type: 'compare', sign: operator, left: first, right: wordAt(source) };
  }
  const start = source.at;
  const second = operator === undefined ? plainText(readWord(source)) : undefined;
  if (second === undefined || !BINARY.has(second)) {
    source.at = start;
    return { type: 'test', words: [first] };
  }
  if (second.startsWith('-'))
    return { type: 'test', words: [first, [{ type: 'text', text: second, isQuoted: true }], wordAt(source)] };
  skipBlanks(source);
  const right = second === '=~' ? readPattern(source) : readWord(source);
  if (!right) throw isAtEnd(source) ? new ShellIncompleteError(']] is missing') : badCondition(source);
  return { type: 'compare', sign: second === '=' ? '==' : (second as '==' | '!=' | '=~'), left: first, right };
}

function wordAt(source: Source): Word {
  const start = source.at;
  const word = peekOperator(source) === undefined ? readWord(source) : undefined;
  if (!word) throw isAtEnd(source) ? new ShellIncompleteError(']] is missing') : badCondition(source);
  if (plainText(word) === ']]') {
    source.at = start;
    throw badCondition(source);
  }
  return word;
}

function takeWord(source: Source, wanted: string): boolean {
  if (peekOperator(source) !== undefined) return false;
  const start = source.at;
  if (plainText(readWord(source)) === wanted) return true;
  source.at = start;
  return false;
}
