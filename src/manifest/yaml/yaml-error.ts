// What is wrong with a YAML text, in the words of the Go library that kubectl reads with, and with its way of telling
// lines: counted from 0 by the parser and from 1 by the scanner, and not told at all for the first one, unless the part
// that could not be finished began later. k8s: goyaml.v2 parser.fail
import type { Mark } from './cursor.ts';

export class YamlError extends Error {
  /** Where it was found, as an offset. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const atLine = (line: number, problem: string): string => (line === 0 ? problem : `line ${line}: ${problem}`);

/**
 * A fault of the characters.
 * @param context where the scanner began on the part
 * @param problem where it gave up
 */
export function scannerError(text: string, context: Mark, problem: Mark): YamlError {
  const line = problem.line || context.line;
  return new YamlError(atLine(line === 0 ? 0 : line + 1, text), problem.index);
}

/** A fault of the structure. */
export const parserError = (text: string, context: Mark | undefined, problem: Mark): YamlError =>
  new YamlError(atLine(problem.line || (context?.line ?? 0), text), problem.index);
