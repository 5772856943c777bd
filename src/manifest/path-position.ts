// Finds the place of a field in a YAML tree by the path that the API server names.
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';

/** Offsets of a stretch of text. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The stretch of the deepest part of a path that is in the text: a key with its scalar, or the key alone before a
 * collection.
 * @param path `spec.ports[0].port`, `metadata.annotations[example.com/key]`, keys may hold dots
 */
export function rangeOfPath(root: Node | null, path: string): Range | undefined {
  let node: unknown = root;
  let range: Range | undefined;
  let rest = path;
  while (rest !== '') {
    if (isMap(node)) {
      const step = longestKey(node, rest);
      if (!step) return range;
      range = rangeOfPair(step.pair) ?? range;
      node = step.pair.value;
      rest = step.rest;
    } else if (isSeq(node)) {
      const found = /^\[(\d+)\]\.?/.exec(rest);
      const item: unknown = found ? node.items[Number(found[1])] : undefined;
      if (!found || item === undefined) return range;
      range = rangeOfNode(item, true) ?? range;
      node = item;
      rest = rest.slice(found[0].length);
    } else return range;
  }
  return range;
}

/** The pair of a map whose key is the longest beginning of the path: keys themselves may hold dots. */
function longestKey(map: YAMLMap, path: string): { readonly pair: Pair; readonly rest: string } | undefined {
  let best: { readonly pair: Pair; readonly rest: string } | undefined;
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (key === undefined) continue;
    const rest = restAfter(path, key);
    // Of two equal keys the later one counts, as it does in the value.
    if (rest !== undefined && (!best || rest.length <= best.rest.length)) best = { pair, rest };
  }
  return best;
}

function restAfter(path: string, key: string): string | undefined {
  for (const form of [key, `[${key}]`, `"${key}"`])
    if (path.startsWith(form)) {
      const next = path.charAt(form.length);
      if (next === '') return '';
      if (next === '.') return path.slice(form.length + 1);
      if (next === '[') return path.slice(form.length);
    }
  return undefined;
}

const keyOf = (pair: Pair): string | undefined => (isScalar(pair.key) ? String(pair.key.value) : undefined);

function rangeOfPair(pair: Pair): Range | undefined {
  const key = rangeOfNode(pair.key, false);
  if (!key) return undefined;
  const value = isScalar(pair.value) ? rangeOfNode(pair.value, false) : undefined;
  return { from: key.from, to: value && value.to > key.to ? value.to : key.to };
}

/** A collection is long: only its first key or item is marked when `isShort`. */
function rangeOfNode(node: unknown, isShort: boolean): Range | undefined {
  const range = (node as Node | null)?.range;
  if (!range) return undefined;
  if (isShort && isMap(node)) {
    const first = node.items[0];
    const found = first && rangeOfPair(first);
    if (found) return found;
  }
  return { from: range[0], to: range[1] };
}
