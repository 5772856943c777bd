// Making findings: the place of a field, and words that several rules use.
import { pathText } from './find-node.ts';
import type { Finding, Path, SourceFile, Written } from './types.ts';

/** Something found at a field of an object, or at its nearest parent that is in the text. */
export function findingAt(
  written: Written,
  path: Path,
  severity: Finding['severity'],
  message: string,
  fixes: Finding['fixes'] = [],
): Finding {
  const span = written.document.positionOf(pathText([...written.at, ...path]));
  return { file: written.file, span, severity, message, ...(fixes.length > 0 && { fixes }) };
}

/** Something found in a stretch of a file, by offsets. */
export function findingIn(
  file: SourceFile,
  range: { readonly from: number; readonly to: number },
  severity: Finding['severity'],
  message: string,
  fixes: Finding['fixes'] = [],
): Finding {
  return { file, span: file.places.spanOf(range), severity, message, ...(fixes.length > 0 && { fixes }) };
}

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** `1 replica`, `3 replicas`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** ` in namespace x`, said only where it is not the one that is meant without a word. */
export const inNamespace = (namespace: string): string => (namespace === 'default' ? '' : ` in namespace ${namespace}`);
