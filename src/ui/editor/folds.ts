// What can be folded in a manifest: each document, each field with lines under it, and comments. Pure.

/** Lines from 1, both included. */
export interface Fold {
  readonly start: number;
  readonly end: number;
}

/**
 * The folds of a manifest, told by indentation, so that a text that cannot be read folds as well.
 *
 * @param lines - of the file
 * @returns in the order of their first lines; a document begins at the line that parts it from the one before
 */
export function foldsOf(lines: readonly string[]): Fold[] {
  const folds: Fold[] = [];
  const open: { readonly start: number; readonly indent: number }[] = [];
  let lastFilled = 0;
  let documentStart = 1;
  let commentStart = 0;
  const close = (indent: number, isItem: boolean) => {
    while (open.length > 0) {
      const top = open.at(-1);
      // A list may stand as far out as the field that it belongs to.
      if (!top || top.indent < indent || (top.indent === indent && isItem && !isDash(lines[top.start - 1]))) return;
      open.pop();
      if (lastFilled > top.start) folds.push({ start: top.start, end: lastFilled });
    }
  };
  const closeDocument = () => {
    close(-1, false);
    if (lastFilled > documentStart) folds.push({ start: documentStart, end: lastFilled });
  };
  for (const [at, text] of lines.entries()) {
    const line = at + 1;
    const indent = text.search(/\S/);
    const isComment = indent >= 0 && text[indent] === '#';
    if (isComment && commentStart === 0) commentStart = line;
    if (!isComment && commentStart > 0) {
      if (line - 1 > commentStart) folds.push({ start: commentStart, end: line - 1 });
      commentStart = 0;
    }
    if (indent < 0 || isComment) continue;
    if (/^---(\s|$)/.test(text)) {
      closeDocument();
      documentStart = line;
      lastFilled = line;
      continue;
    }
    close(indent, isDash(text));
    open.push({ start: line, indent });
    lastFilled = line;
  }
  closeDocument();
  return folds
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((fold, i, all) => fold.start !== all[i - 1]?.start);
}

const isDash = (text: string | undefined): boolean => /^\s*-(\s|$)/.test(text ?? '');
