// Which lines of a text differ from an older one: for the marks beside the editor's lines.

/** A line of the newer text that the older one does not have at that place. */
export interface ChangedLine {
  /** From 1, in the newer text. */
  readonly line: number;
  /** The line it took the place of, where there is one. */
  readonly before?: string;
}

/** Lines of the newer text that stand where other lines of the older one stood. */
export interface Hunk {
  /** The first line of the newer text that is different, from 1; of a hunk that only takes lines away, the one after. */
  readonly line: number;
  /** How many lines of the newer text it holds; 0 where lines are only missing. */
  readonly count: number;
  /** The lines of the older text. */
  readonly before: readonly string[];
}

export interface LineDiff {
  readonly changed: readonly ChangedLine[];
  /** Lines added, changed and removed together. */
  readonly count: number;
  /** The same differences as stretches of lines. */
  readonly hunks: readonly Hunk[];
}

/** Beyond this many cells the middle is told as changed altogether: exact is not worth a stutter while typing. */
const CELLS_MAX = 4_000_000;

/**
 * Compares two texts line by line.
 *
 * @param before - the older text
 * @param after - the newer text
 * @returns what is different in the newer one
 */
export function diffLines(before: string, after: string): LineDiff {
  const a = before.split(/\r?\n/);
  const b = after.split(/\r?\n/);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const kept = keptLines(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return gather(a, b, head, tail, kept);
}

/** Pairs of equal lines, ascending in both, as many as possible. */
function keptLines(a: readonly string[], b: readonly string[]): [number, number][] {
  const pairs: [number, number][] = [];
  if (a.length === 0 || b.length === 0 || a.length * b.length > CELLS_MAX) return pairs;
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, k: number) => lengths[i * width + k] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let k = b.length - 1; k >= 0; k -= 1) {
      lengths[i * width + k] = a[i] === b[k] ? at(i + 1, k + 1) + 1 : Math.max(at(i + 1, k), at(i, k + 1));
    }
  }
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    if (a[i] === b[k]) pairs.push([i++, k++]);
    else if (at(i + 1, k) >= at(i, k + 1)) i += 1;
    else k += 1;
  }
  return pairs;
}

function gather(
  a: readonly string[],
  b: readonly string[],
  head: number,
  tail: number,
  kept: [number, number][],
): LineDiff {
  const changed: ChangedLine[] = [];
  const hunks: Hunk[] = [];
  let count = 0;
  let [i, k] = [head, head];
  for (const [keptA, keptB] of [
    ...kept.map(([x, y]) => [x + head, y + head] as const),
    [a.length - tail, b.length - tail] as const,
  ]) {
    const [gone, come] = [keptA - i, keptB - k];
    for (let n = 0; n < come; n += 1) {
      const old = n < gone ? a[i + n] : undefined;
      changed.push({ line: k + n + 1, ...(old !== undefined && { before: old }) });
    }
    if (gone > 0 || come > 0) hunks.push({ line: k + 1, count: come, before: a.slice(i, i + gone) });
    count += Math.max(gone, come);
    i = keptA + 1;
    k = keptB + 1;
  }
  return { changed, count, hunks };
}

/**
 * Sets a stretch of lines back to what it was.
 *
 * @param text - the newer text
 * @param hunk - as `diffLines` told it of this very text
 * @returns the text with the older lines in that place
 */
export function withoutHunk(text: string, { line, count, before }: Hunk): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  lines.splice(line - 1, count, ...before);
  return lines.join(lineBreak);
}
