// The difference that some errors carry: a unified diff of two pretty-printed values. k8s: apimachinery util/diff
// (pmezard/go-difflib, three lines of context, no file names)

interface Change {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

const LINES_MAX = 2000;
const CONTEXT = 3;

/** Common lines by the longest common subsequence; inputs are short, and longer ones are compared as a whole. */
function changesBetween(a: readonly string[], b: readonly string[]): Change[] {
  if (a.length > LINES_MAX || b.length > LINES_MAX)
    return [...a.map((line): Change => ({ sign: '-', line })), ...b.map((line): Change => ({ sign: '+', line }))];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      changes.push({ sign: ' ', line: x });
      i++;
      j++;
    } else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ sign: '-', line: x });
      i++;
    } else if (y !== undefined) {
      changes.push({ sign: '+', line: y });
      j++;
    }
  }
  return changes;
}

const span = (start: number, length: number): string =>
  length === 1 ? String(start + 1) : `${length === 0 ? start : start + 1},${length}`;

/**
 * A unified diff of two texts; '' when they are equal.
 * @param before text before
 * @param after text after
 */
export function unifiedDiff(before: string, after: string): string {
  const changes = changesBetween(before.split('\n'), after.split('\n'));
  const isNear = changes.map(() => false);
  for (const [i, { sign }] of changes.entries())
    if (sign !== ' ')
      for (let k = Math.max(0, i - CONTEXT); k <= Math.min(changes.length - 1, i + CONTEXT); k++) isNear[k] = true;
  let out = '';
  let beforeLine = 0;
  let afterLine = 0;
  let i = 0;
  while (i < changes.length) {
    if (!isNear[i]) {
      beforeLine++;
      afterLine++;
      i++;
      continue;
    }
    let body = '';
    let removed = 0;
    let added = 0;
    for (; i < changes.length && isNear[i]; i++) {
      const change = changes[i];
      if (change === undefined) break;
      body += `${change.sign}${change.line}\n`;
      if (change.sign !== '+') removed++;
      if (change.sign !== '-') added++;
    }
    out += `@@ -${span(beforeLine, removed)} +${span(afterLine, added)} @@\n${body}`;
    beforeLine += removed;
    afterLine += added;
  }
  return out;
}
