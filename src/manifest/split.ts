// Cuts a file into documents the way kubectl does, before any YAML is read: at lines that begin with `---` and hold
// nothing else but a comment. k8s: apimachinery util/yaml YAMLReader

/** A document's own text and where it begins in the file. */
export interface Chunk {
  readonly text: string;
  /** Offset of its first character in the file. */
  readonly offset: number;
}

const SEPARATOR = /^---[\s]*(?:#.*)?$/;

/** The documents of a file in order. A separator before the first text belongs to that text. */
export function splitDocuments(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let begin = 0;
  let lineStart = 0;
  const close = (end: number): void => {
    if (end > begin) chunks.push({ text: text.slice(begin, end), offset: begin });
  };
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? text.length : newline + 1;
    if (
      lineStart > begin &&
      text.startsWith('---', lineStart) &&
      SEPARATOR.test(text.slice(lineStart, lineEnd).trimEnd())
    ) {
      close(lineStart);
      begin = lineEnd;
    }
    lineStart = lineEnd;
  }
  close(text.length);
  return chunks;
}
