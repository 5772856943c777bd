// From a YAML tree to the JSON that kubectl would make of it, within limits: aliases written out, merge keys merged, of
// two equal keys the last. Nothing here trusts the text.
import { LIMITS } from './limits.ts';
import { keyText, plainScalar } from './scalars.ts';
import type { MappingNode, ScalarNode, YamlNode } from './yaml/node.ts';
import { YamlError } from './yaml/yaml-error.ts';

/** Counts the values of a whole file, over all its documents. */
export interface Budget {
  nodes: number;
}

const MERGE_KEY = '<<';
const STANDARD_TAG = 'tag:yaml.org,2002:';

/**
 * The JSON of a document.
 * @param budget what is left of the limit on values; goes down
 * @throws YamlError, or JsonError for what YAML can hold and JSON cannot
 */
export function composeValue(root: YamlNode, budget: Budget): unknown {
  const resolve = (node: YamlNode, depth: number): unknown => {
    budget.nodes -= 1;
    if (budget.nodes < 0)
      throw new YamlError(`document contains excessive aliasing or more than ${LIMITS.nodesMax} values`, node.from);
    if (depth > LIMITS.depthMax) throw new YamlError(`exceeded max depth of ${LIMITS.depthMax}`, node.from);
    switch (node.type) {
      case 'alias':
        return resolve(node.target, depth);
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
      else entries.set(keyOf(key, depth), resolve(value, depth + 1));
    }
    // Own properties only: a key such as __proto__ must stay data.
    return Object.fromEntries(entries);
  };

  const keyOf = (key: YamlNode, depth: number): string => {
    const value = resolve(key, depth + 1);
    const text = keyText(value);
    if (text !== undefined) return text;
    throw typeof value === 'object' && value !== null
      ? new YamlError(`invalid map key: ${goSyntax(value)}`, key.from)
      : new JsonError('unsupported map key of type: %!s(<nil>), key: <nil>', key.from);
  };

  const mergeInto = (entries: Map<string, unknown>, value: YamlNode, depth: number): void => {
    const source = resolve(value, depth + 1);
    // Of several, the earlier ones win, so they are written last.
    const list = Array.isArray(source) ? [...source].reverse() : [source];
    for (const item of list) {
      if (typeof item !== 'object' || item === null || Array.isArray(item))
        throw new YamlError('map merge requires map or sequence of maps as the value', value.from);
      for (const [key, member] of Object.entries(item)) entries.set(key, member);
    }
  };

  return resolve(root, 0);
}

/** A value that YAML can hold and JSON cannot. */
export class JsonError extends YamlError {}

const isMergeKey = (key: YamlNode): boolean =>
  key.type === 'scalar' && key.isPlain && key.value === MERGE_KEY && key.tag === '';

function scalarOf(node: ScalarNode): unknown {
  if (node.tag !== '' && node.tag !== '!') return taggedScalar(node);
  return node.isPlain && node.tag === '' ? finite(plainScalar(node.value), node) : node.value;
}

/** Types that a tag may ask for, and what Go calls them. */
const TYPES: Readonly<Record<string, string>> = { int: '!!int', float: '!!float', bool: '!!bool', null: '!!null' };

/** Explicit tags of YAML's core; other tags leave the text as it is. */
function taggedScalar(node: ScalarNode): unknown {
  const name = node.tag.startsWith(STANDARD_TAG) ? node.tag.slice(STANDARD_TAG.length) : '';
  const wanted = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (wanted === undefined) return node.value;
  const value = finite(plainScalar(node.value), node);
  const found = typeOf(value);
  if (found !== wanted && !(wanted === '!!float' && found === '!!int'))
    throw new YamlError(`cannot decode ${found} \`${node.value}\` as a ${wanted}`, node.from);
  return value;
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
  if (value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${goSyntax(member)}`);
  return `map[interface {}]interface {}{${members.join(', ')}}`;
}
