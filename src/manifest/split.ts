// Cuts a file into documents the way kubectl does, before any YAML is read: at lines that begin with `---` and hold
// nothing else but a comment. k8s: apimachinery util/yaml YAMLReader

/** A document's own text and where it begins in the file. */
export interface Chunk {
  readonly text: string;
  /** Offset of its first character in the file. */
  readonly offset: number;
}

/** A line that begins with `---` and goes on with what is no comment: reading ends there. */
export interface SeparatorFault {
  /** What stands behind the three dashes. */
  readonly rest: string;
  readonly offset: number;
}

/** What comes next in a file: a document and where to go on, a fault, or undefined at the end. */
export type NextChunk =
  | { readonly chunk: Chunk; readonly next: number }
  | { readonly fault: SeparatorFault }
  | undefined;

const MARK = '---';

/**
 * The next document of a file. A separator before the first text belongs to that text, so that its lines count.
 * @param from where to go on: 0, or `next` of the document before
 */
export function nextChunk(text: string, from: number): NextChunk {
  for (let lineStart = from; lineStart < text.length; ) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? text.length : newline + 1;
    if (text.startsWith(MARK, lineStart)) {
      const rest = text.slice(lineStart + MARK.length, lineEnd).trim();
      if (rest !== '' && !rest.startsWith('#')) return { fault: { rest, offset: lineStart } };
      if (lineStart > from) return { chunk: chunkOf(text, from, lineStart), next: lineEnd };
    }
    lineStart = lineEnd;
  }
  return from < text.length ? { chunk: chunkOf(text, from, text.length), next: text.length } : undefined;
}

/** Every line ends with a line feed, also the last one that has none in the file: block texts and errors count it. */
function chunkOf(text: string, from: number, to: number): Chunk {
  const own = text.slice(from, to);
  return { text: own.endsWith('\n') ? own : `${own}\n`, offset: from };
}
