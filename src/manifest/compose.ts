// From a YAML tree to the JSON that kubectl would make of it, within limits: aliases written out, merge keys merged, of
// two equal keys the last. Nothing here trusts the text.
import { base64Error, compareBytes, goQuote } from '#kube';
import { LIMITS } from './limits.ts';
import { keyText, plainScalar } from './scalars.ts';
import type { MappingNode, ScalarNode, YamlNode } from './yaml/node.ts';
import { YamlError } from './yaml/yaml-error.ts';

/** Counts the values of a whole file, over all its documents. */
export interface Budget {
  nodes: number;
}

/** How many of so many values may come out of aliases. k8s: goyaml.v2 allowedAliasRatio */
function aliasShareMax(values: number): number {
  const [few, many] = [400_000, 4_000_000];
  if (values <= few) return 0.99;
  return values >= many ? 0.1 : 0.99 - 0.89 * ((values - few) / (many - few));
}

const NIL = 'interface {}(nil)';
const MERGE_KEY = '<<';
const STANDARD_TAG = 'tag:yaml.org,2002:';

/**
 * The JSON of a document.
 * @param budget what is left of the limit on values; goes down
 * @throws YamlError, or JsonError for what YAML can hold and JSON cannot
 */
export function composeValue(root: YamlNode, budget: Budget): unknown {
  // The document itself counts as a value.
  let values = 1;
  let aliased = 0;
  let aliasDepth = 0;
  const resolve = (node: YamlNode, depth: number): unknown => {
    budget.nodes -= 1;
    if (budget.nodes < 0)
      throw new YamlError(`document contains excessive aliasing or more than ${LIMITS.nodesMax} values`, node.from);
    values += 1;
    if (aliasDepth > 0) aliased += 1;
    if (aliased > 100 && values > 1000 && aliased / values > aliasShareMax(values))
      throw new YamlError('document contains excessive aliasing', node.from);
    if (depth > LIMITS.depthMax) throw new YamlError(`exceeded max depth of ${LIMITS.depthMax}`, node.from);
    switch (node.type) {
      case 'alias': {
        aliasDepth += 1;
        const value = resolve(node.target, depth);
        aliasDepth -= 1;
        return value;
      }
      case 'scalar':
        return scalarOf(node);
      case 'sequence':
        return node.items.map((item) => resolve(item, depth + 1));
      default:
        return mapOf(node, depth);
    }
  };

  const mapOf = (node: MappingNode, depth: number): unknown => {
    const entries = new Map<string, unknown>();
    for (const { key, value } of node.pairs) {
      if (isMergeKey(key)) mergeInto(entries, value, depth);
      else {
        const name = keyOf(key, value, depth);
        entries.set(name, resolve(value, depth + 1));
      }
    }
    // Own properties only: a key such as __proto__ must stay data.
    return Object.fromEntries(entries);
  };

  const keyOf = (key: YamlNode, value: YamlNode, depth: number): string => {
    // Unlike a value a key may be infinite.
    const isPlainKey = key.type === 'scalar' && key.isPlain && key.tag === '';
    const name = isPlainKey ? plainScalar(key.value) : resolve(key, depth + 1);
    const text = keyText(name);
    if (text !== undefined) return text;
    if (typeof name === 'object' && name !== null) throw new YamlError(`invalid map key: ${goSyntax(name)}`, key.from);
    const shown = goSyntax(resolve(value, depth + 1));
    // A bare nil is printed without its type.
    const told = shown === NIL ? '<nil>' : shown;
    throw new JsonError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${told}`, key.from);
  };

  const mergeInto = (entries: Map<string, unknown>, value: YamlNode, depth: number): void => {
    // Of several, the earlier ones win, so they are written last. An alias stands for one map, never for a list.
    const sources = value.type === 'sequence' ? [...value.items].reverse() : [value];
    for (const source of sources) {
      if ((source.type === 'alias' ? source.target : source).type !== 'mapping')
        throw new YamlError('map merge requires map or sequence of maps as the value', value.from);
      for (const [key, member] of Object.entries(resolve(source, depth + 1) as object)) entries.set(key, member);
    }
  };

  return resolve(root, 0);
}

/** A value that YAML can hold and JSON cannot. */
export class JsonError extends YamlError {}

const isMergeKey = (key: YamlNode): boolean =>
  key.type === 'scalar' &&
  key.value === MERGE_KEY &&
  ((key.isPlain && isUntagged(key)) || key.tag === `${STANDARD_TAG}merge`);

/** A lone `!` says nothing. */
const isUntagged = ({ tag }: ScalarNode): boolean => tag === '' || tag === '!';

function scalarOf(node: ScalarNode): unknown {
  if (!isUntagged(node)) return taggedScalar(node);
  return node.isPlain && node.tag === '' ? finite(plainScalar(node.value), node) : node.value;
}

/** Types that a tag may ask for, and what Go calls them. */
const TYPES: Readonly<Record<string, string>> = { int: '!!int', float: '!!float', bool: '!!bool', null: '!!null' };

/** Explicit tags of YAML's core; other tags leave the text as it is. */
function taggedScalar(node: ScalarNode): unknown {
  const name = node.tag.startsWith(STANDARD_TAG) ? node.tag.slice(STANDARD_TAG.length) : '';
  if (name === 'binary') return binaryText(node);
  const wanted = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (wanted === undefined) return node.value;
  const value = finite(plainScalar(node.value), node);
  const found = typeOf(value);
  if (found !== wanted && !(wanted === '!!float' && found === '!!int'))
    throw new YamlError(`cannot decode ${found} \`${node.value}\` as a ${wanted}`, node.from);
  return value;
}

/** The bytes of `!!binary` as text. */
function binaryText(node: ScalarNode): string {
  if (base64Error(node.value) !== undefined)
    throw new YamlError('!!binary value contains invalid base64 data', node.from);
  return new TextDecoder().decode(Uint8Array.from(atob(node.value), (char) => char.charCodeAt(0)));
}

function typeOf(value: string | number | boolean | null): string {
  if (value === null) return '!!null';
  if (typeof value === 'boolean') return '!!bool';
  if (typeof value === 'string') return '!!str';
  return Number.isInteger(value) ? '!!int' : '!!float';
}

function finite(value: string | number | boolean | null, node: ScalarNode): string | number | boolean | null {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  throw new JsonError(`json: unsupported value: ${name}`, node.from);
}

/** A value as Go's %#v prints what its YAML library makes of it: the way `{{ name }}` is told back. */
function goSyntax(value: unknown): string {
  if (value === null) return NIL;
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, member]) => `${goQuote(key)}:${goSyntax(member)}`);
  return `map[interface {}]interface {}{${members.join(', ')}}`;
}
