// What `[[ ]]` asks: comparisons with patterns and regular expressions, and all that `test` knows.
import { type Capture, expandText, patternText } from './expand.ts';
import { matchesPattern } from './glob.ts';
import { type Run, type Shell, ShellError } from './shell.ts';
import type { Condition, Word } from './syntax.ts';
import { testHolds } from './test-command.ts';
import { regularOf } from './tools/regular.ts';

/**
 * Whether a condition holds.
 * @throws ShellError where a number or a pattern cannot be read
 */
export function* conditionHolds(condition: Condition, shell: Shell, capture: Capture): Run<boolean> {
  switch (condition.type) {
    case 'both': {
      const [left, right] = condition.conditions;
      return (yield* conditionHolds(left, shell, capture)) && (yield* conditionHolds(right, shell, capture));
    }
    case 'either': {
      const [left, right] = condition.conditions;
      return (yield* conditionHolds(left, shell, capture)) || (yield* conditionHolds(right, shell, capture));
    }
    case 'not':
      return !(yield* conditionHolds(condition.condition, shell, capture));
    case 'test': {
      const words: string[] = [];
      for (const word of condition.words) words.push(yield* expandText(word, shell, capture));
      return testHolds(words, shell.host.files);
    }
    default:
      return yield* compares(condition, shell, capture);
  }
}

function* compares(
  { sign, left, right }: { readonly sign: string; readonly left: Word; readonly right: Word },
  shell: Shell,
  capture: Capture,
): Run<boolean> {
  const text = yield* expandText(left, shell, capture);
  switch (sign) {
    case '<':
      return text < (yield* expandText(right, shell, capture));
    case '>':
      return text > (yield* expandText(right, shell, capture));
    case '=~': {
      if (text.length > 1_000) throw new ShellError('[[: the value is too long to compare');
      const found = regularOf('[[', yield* expandText(right, shell, capture), { isExtended: true }).exec(text);
      (found ?? []).forEach((part, i) => void shell.variables.set(`BASH_REMATCH[${i}]`, part ?? ''));
      return found !== null;
    }
    default: {
      const pattern = yield* patternText(right, shell, capture);
      if (text.length > 10_000) throw new ShellError('[[: the value is too long to compare');
      return matchesPattern(pattern, text) === (sign === '==');
    }
  }
}
