// From a YAML tree to the JSON that kubectl would make of it, within limits: aliases written out, merge keys merged, of
// two equal keys the last. Nothing here trusts the text.
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, Scalar } from 'yaml';
import { LIMITS } from './limits.ts';
import { keyText, plainScalar } from './scalars.ts';

/** A fault of a tree that parses: the words of the Go library and the offset of the part. */
export class ComposeError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Counts the values of a whole file, over all its documents. */
export interface Budget {
  nodes: number;
}

const MERGE_KEY = '<<';

/**
 * The JSON of a document.
 * @param budget what is left of the limit on values; goes down
 * @throws ComposeError
 */
export function composeValue(document: Document, budget: Budget): unknown {
  const open = new Set<Node>();

  const resolve = (node: unknown, depth: number): unknown => {
    if (node === null || node === undefined) return null;
    const offset = offsetOf(node);
    budget.nodes -= 1;
    if (budget.nodes < 0)
      throw new ComposeError(`document contains excessive aliasing or more than ${LIMITS.nodesMax} values`, offset);
    if (depth > LIMITS.depthMax) throw new ComposeError(`exceeded max depth of ${LIMITS.depthMax}`, offset);
    if (isAlias(node)) {
      const target = node.resolve(document) as Node | undefined;
      if (!target) throw new ComposeError(`unknown anchor '${node.source}' referenced`, offset);
      if (open.has(target)) throw new ComposeError(`anchor '${node.source}' value contains itself`, offset);
      return resolve(target, depth);
    }
    if (isScalar(node)) return scalarOf(node);
    open.add(node as Node);
    const value = isSeq(node)
      ? node.items.map((item) => resolve(item, depth + 1))
      : isMap(node)
        ? mapOf(node.items, depth)
        : null;
    open.delete(node as Node);
    return value;
  };

  const mapOf = (items: readonly { readonly key: unknown; readonly value: unknown }[], depth: number): unknown => {
    const entries = new Map<string, unknown>();
    for (const { key, value } of items) {
      if (isMergeKey(key)) mergeInto(entries, value, depth);
      else entries.set(keyOf(key, depth), resolve(value, depth + 1));
    }
    // Own properties only: a key such as __proto__ must stay data.
    return Object.fromEntries(entries);
  };

  const keyOf = (key: unknown, depth: number): string => {
    const value = resolve(key, depth + 1);
    const text = keyText(value);
    if (text !== undefined) return text;
    const offset = offsetOf(key);
    throw typeof value === 'object' && value !== null
      ? new ComposeError(`invalid map key: ${goSyntax(value)}`, offset)
      : new ComposeError('unsupported map key of type: nil, key: <nil>', offset);
  };

  const mergeInto = (entries: Map<string, unknown>, value: unknown, depth: number): void => {
    const source = resolve(value, depth + 1);
    // Of several, the earlier ones win, so they are written last.
    const list = Array.isArray(source) ? [...source].reverse() : [source];
    for (const item of list) {
      if (typeof item !== 'object' || item === null || Array.isArray(item))
        throw new ComposeError('map merge requires map or sequence of maps as the value', offsetOf(value));
      for (const [key, member] of Object.entries(item)) entries.set(key, member);
    }
  };

  return resolve(document.contents, 0);
}

const offsetOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;

const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.type === Scalar.PLAIN && key.value === MERGE_KEY && !isTagged(key);

const isTagged = (node: Scalar): boolean => node.tag !== undefined && node.tag !== '' && node.tag !== '!';

function scalarOf(node: Scalar): unknown {
  const text = String(node.source ?? node.value ?? '');
  if (isTagged(node)) return taggedScalar(node, text);
  if (node.type !== Scalar.PLAIN && node.type !== undefined) return String(node.value ?? '');
  return finite(plainScalar(text), node);
}

/** Explicit tags of YAML's core; other tags leave the text as it is. */
function taggedScalar(node: Scalar, text: string): unknown {
  switch (node.tag) {
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null':
      return finite(plainScalar(text), node);
    default:
      return String(node.value ?? '');
  }
}

function finite(value: string | number | boolean | null, node: Scalar): string | number | boolean | null {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  throw new ComposeError(`json: unsupported value: ${name}`, offsetOf(node));
}

/** A value as Go's %#v prints what its YAML library makes of it: the way `{{ name }}` is told back. */
function goSyntax(value: unknown): string {
  if (value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${goSyntax(member)}`);
  return `map[interface {}]interface {}{${members.join(', ')}}`;
}
