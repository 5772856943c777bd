// Finds the place of a field in a YAML tree by the path that the API server names.
import type { MappingNode, YamlNode } from './yaml/node.ts';

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
export function rangeOfPath(root: YamlNode, path: string): Range | undefined {
  let node: YamlNode | undefined = root;
  let range: Range | undefined;
  let rest = path;
  while (rest !== '' && node) {
    const inner: YamlNode = node.type === 'alias' ? node.target : node;
    if (inner.type === 'mapping') {
      const step = longestKey(inner, rest);
      if (!step) return range;
      range = rangeOfPair(step.pair);
      node = step.pair.value;
      rest = step.rest;
    } else if (inner.type === 'sequence') {
      const found = /^\[(\d+)\]\.?/.exec(rest);
      const item: YamlNode | undefined = found ? inner.items[Number(found[1])] : undefined;
      if (!found || !item) return range;
      range = rangeOfItem(item);
      node = item;
      rest = rest.slice(found[0].length);
    } else return range;
  }
  return range;
}

type Pair = MappingNode['pairs'][number];

/** The pair of a map whose key is the longest beginning of the path: keys themselves may hold dots. */
function longestKey(map: MappingNode, path: string): { readonly pair: Pair; readonly rest: string } | undefined {
  let best: { readonly pair: Pair; readonly rest: string } | undefined;
  for (const pair of map.pairs) {
    if (pair.key.type !== 'scalar') continue;
    const rest = restAfter(path, pair.key.value);
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

const rangeOfPair = ({ key, value }: Pair): Range => ({
  from: key.from,
  to: value.type === 'scalar' && value.to > key.to ? value.to : key.to,
});

/** A collection is long: of an item only its first key is marked. */
function rangeOfItem(item: YamlNode): Range {
  const first = item.type === 'mapping' ? item.pairs[0] : undefined;
  return first ? rangeOfPair(first) : { from: item.from, to: item.to };
}
