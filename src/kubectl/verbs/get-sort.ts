// `--sort-by`: objects by the value at a path. k8s: kubectl cmd/get/sorter.go
import { compareQuantity, parseQuantity } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import type { Found } from '../objects.ts';
import { pathValues, readRelaxedPath } from '../print/json-path/index.ts';

/** As long as Go's sort moves elements one by one, so that also what cannot be told apart comes out as there. */
const INSERTION_MAX = 12;

interface Row {
  readonly found: Found;
  readonly value: unknown;
}

/**
 * Objects of one list in the order that `--sort-by` asks for.
 * @throws CommandError where no object has the field, or values cannot be compared
 */
export function sorted(call: Call, list: readonly Found[]): readonly Found[] {
  const text = call.flags.text('sort-by');
  if (!text || list.length === 0) return list;
  const path = readRelaxedPath(text);
  const rows = list.map((found): Row => ({ found, value: pathValues(path, found.object)[0]?.[0] }));
  if (rows.every(({ value }) => value === undefined))
    throw new CommandError(`couldn't find any field with path ${JSON.stringify(path.template)} in the list of objects`);
  const out = rows.length > INSERTION_MAX ? rows.toSorted(compareRows) : insertionSorted(rows);
  return out.map(({ found }) => found);
}

function insertionSorted(rows: readonly Row[]): readonly Row[] {
  const out = [...rows];
  for (let i = 1; i < out.length; i += 1)
    for (let j = i; j > 0 && isLess(out[j] as Row, out[j - 1] as Row); j -= 1)
      [out[j], out[j - 1]] = [out[j - 1] as Row, out[j] as Row];
  return out;
}

const compareRows = (a: Row, b: Row): number => {
  if (a.value === undefined && b.value === undefined) return 0;
  return isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0;
};

/** What has no value comes first. */
function isLess({ value: a }: Row, { value: b }: Row): boolean {
  if (a === undefined) return true;
  return b === undefined ? false : isLessValue(a, b);
}

function isLessValue(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return a === null && b !== null;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (!isLessValue(a[i], b[i])) return false;
    return true;
  }
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [parseQuantity(a).quantity, parseQuantity(b).quantity];
    return x && y ? compareQuantity(x, y) < 0 : a < b;
  }
  throw new CommandError(`Field is an unsortable type: ${typeof a === 'object' ? 'map' : typeof a}`);
}
