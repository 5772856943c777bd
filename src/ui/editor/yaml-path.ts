// Where a line stands in a manifest, told by indentation alone: that also holds while the text is no YAML yet. Pure.

interface Line {
  /** Columns before the dash of a list item; -1 where it is none. */
  readonly dash: number;
  /** Columns before the key. */
  readonly indent: number;
  readonly key: string;
}

const LINE = /^(\s*)((?:-\s+)*)(?:"([^"]+)"|'([^']+)'|([^\s#"'[{:-][^:#]*?)):(?:\s|$)/;

/** A field on the way to a line. */
export interface PathStep {
  readonly key: string;
  /** Where it stands, from 1. */
  readonly line: number;
}

/**
 * The fields that lead to a line.
 *
 * @param lines - of the whole file
 * @param line - from 1
 * @returns outermost first; the field of the line itself is the last, where it has one
 */
export function pathOfLine(lines: readonly string[], line: number): readonly PathStep[] {
  const text = lines[line - 1] ?? '';
  if (isBoundary(text)) return [];
  const own = readLine(text);
  const path: PathStep[] = own ? [{ key: own.key, line }] : [];
  const bare = /^(\s*)(- |-$)?/.exec(text);
  let limit = own ? (own.dash >= 0 ? own.dash : own.indent) : (bare?.[1]?.length ?? 0);
  let isItem = own ? own.dash >= 0 : bare?.[2] !== undefined;
  for (let at = line - 1; at >= 1 && (limit > 0 || isItem); at -= 1) {
    const before = lines[at - 1] ?? '';
    if (isBoundary(before)) break;
    const one = readLine(before);
    if (!one) continue;
    if (one.indent < limit || (isItem && one.dash < 0 && one.indent === limit)) {
      path.unshift({ key: one.key, line: at });
      limit = one.dash >= 0 ? one.dash : one.indent;
      isItem = one.dash >= 0;
    } else if (one.indent === limit && one.dash >= 0 && !isItem) {
      limit = one.dash;
      isItem = true;
    }
  }
  return path;
}

const isBoundary = (text: string): boolean => /^(---|\.\.\.)(\s|$)/.test(text);

function readLine(text: string): Line | undefined {
  const [, blank = '', dashes = '', double, single, plain] = LINE.exec(text) ?? [];
  const key = double ?? single ?? plain;
  if (key === undefined) return undefined;
  return { dash: dashes === '' ? -1 : blank.length, indent: blank.length + dashes.length, key };
}

/**
 * The first and the last line of the document that a line is in, without the lines that part documents.
 *
 * @param lines - of the whole file
 * @param line - from 1
 */
export function documentAround(lines: readonly string[], line: number): { readonly from: number; readonly to: number } {
  let from = line;
  while (from > 1 && !isBoundary(lines[from - 2] ?? '')) from -= 1;
  let to = line;
  while (to < lines.length && !isBoundary(lines[to] ?? '')) to += 1;
  return { from, to };
}
