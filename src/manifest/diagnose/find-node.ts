// Looking up the node of a field in the tree of a document, for edits that keep everything else as it stands.
import type { ScalarNode, YamlNode } from '../yaml/node.ts';
import type { Path, Written } from './types.ts';

/** A pair of a mapping, and the mapping. */
export interface FoundPair {
  readonly key: ScalarNode;
  readonly value: YamlNode;
  readonly index: number;
  readonly mapping: Extract<YamlNode, { type: 'mapping' }>;
}

/** A node with where its document begins in the file: offsets of nodes count from there. */
export interface Rooted<T> {
  readonly node: T;
  readonly offset: number;
}

/** A path in the API server's form: `spec.template.spec.containers[0].image`. */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (/[.[\]/]/.test(part)) return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');

/** The pair of a mapping with that key; of two equal keys the later one, which counts. */
export function pairOf(node: YamlNode, key: string): FoundPair | undefined {
  if (node.type !== 'mapping') return undefined;
  const index = node.pairs.findLastIndex((pair) => pair.key.type === 'scalar' && pair.key.value === key);
  const pair = node.pairs[index];
  return pair?.key.type === 'scalar' ? { key: pair.key, value: pair.value, index, mapping: node } : undefined;
}

/** The node at the end of a path; undefined where the way leads through an alias, which stands for other places too. */
function nodeAt(root: YamlNode, path: Path): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const part of path) {
    if (node === undefined) return undefined;
    if (typeof part === 'number') node = node.type === 'sequence' ? node.items[part] : undefined;
    else node = pairOf(node, part)?.value;
  }
  return node?.type === 'alias' ? undefined : node;
}

/** The node of a field of an object in a file. */
export function nodeOf({ document, at }: Written, path: Path): Rooted<YamlNode> | undefined {
  const tree = document.treeOf();
  const node = tree && nodeAt(tree.root, [...at, ...path]);
  return tree && node && { node, offset: tree.offset };
}

/** The pair of a field of an object in a file: its key and its value. */
export function pairAt(written: Written, path: Path): Rooted<FoundPair> | undefined {
  const last = path.at(-1);
  const parent = nodeOf(written, path.slice(0, -1));
  const pair = parent && typeof last === 'string' ? pairOf(parent.node, last) : undefined;
  return pair && parent && { node: pair, offset: parent.offset };
}

/** True for a value that is written in brackets or braces, or as JSON. */
export const isFlow = (file: { readonly text: string }, { node, offset }: Rooted<YamlNode>): boolean =>
  (node.type === 'mapping' || node.type === 'sequence') && /[[{]/.test(file.text.charAt(offset + node.from));
