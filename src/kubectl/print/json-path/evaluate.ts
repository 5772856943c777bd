// Finds what a parsed template picks out of a value. k8s: client-go util/jsonpath jsonpath.go
import { isMap } from '../../patch/json.ts';
import { goText, goTypeOf } from '../go-value.ts';
import { type Bound, PathError, type PathList, type PathNode } from './parse.ts';

const STEPS_MAX = 500_000;

/** A value that was found. */
type Values = readonly unknown[];

const fail = (message: string): never => {
  throw new PathError(message);
};

/**
 * The values of each part of a template, in order; a range gives those of its body for each value.
 * @throws PathError where a part cannot be
 */
export function findValues(nodes: PathList, value: unknown): readonly Values[] {
  const state: State = { beginning: 0, inRange: 0, ending: 0, steps: 0 };
  return find(nodes, 0, value, state).results;
}

interface State {
  /** Ranges that begin and end with the node at hand. */
  beginning: number;
  inRange: number;
  ending: number;
  steps: number;
}

/** @returns the results, and the place of the node that ended the block */
function find(nodes: PathList, start: number, value: unknown, state: State): { results: Values[]; end: number } {
  const results: Values[] = [];
  for (let i = start; i < nodes.length; i += 1) {
    const found = walk([value], nodes[i] as PathNode, state);
    if (state.ending > 0 && state.ending <= state.inRange) {
      state.ending -= 1;
      return { results, end: i };
    }
    if (state.beginning === 0) {
      results.push(found);
      continue;
    }
    state.beginning -= 1;
    state.inRange += 1;
    let end = nodes.length;
    // Without a value the body is gone through all the same, to find its end.
    for (const one of found.length > 0 ? found : [undefined]) {
      const inner = find(nodes, i + 1, one, state);
      if (found.length > 0) results.push(...inner.results);
      end = inner.end;
    }
    state.inRange -= 1;
    i = end;
  }
  return { results, end: nodes.length };
}

function evalList(values: Values, nodes: PathList, state: State): Values {
  let current = values;
  for (const node of nodes) current = walk(current, node, state);
  return current;
}

function walk(values: Values, node: PathNode, state: State): Values {
  state.steps += values.length + 1;
  if (state.steps > STEPS_MAX) fail('the template takes too many steps');
  switch (node.type) {
    case 'list':
      return evalList(values, node.nodes, state);
    case 'text':
      return [node.text];
    case 'number':
    case 'bool':
      return values.map(() => node.value);
    case 'field':
      return values.flatMap((value) => (isMap(value) && Object.hasOwn(value, node.name) ? [value[node.name]] : []));
    case 'array':
      return values.flatMap((value) => elementsOf(value, node.bounds));
    case 'wildcard':
      return values.flatMap(childrenOf);
    case 'recursive':
      return descend(values, state);
    case 'union':
      return node.parts.flatMap((part) => evalList(values, part, state));
    case 'filter':
      return values.flatMap((value) => filtered(value, node, state));
    case 'identifier':
      return identified(values, node.name, state);
  }
}

function identified(values: Values, name: string, state: State): Values {
  if (name === 'range') state.beginning += 1;
  else if (name === 'end') {
    if (state.ending >= state.inRange) fail('not in range, nothing to end');
    state.ending += 1;
  } else fail(`unrecognized identifier ${name}`);
  return values;
}

const childrenOf = (value: unknown): Values =>
  Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];

/** Everything that has children, from the top down. */
function descend(values: Values, state: State): Values {
  return values.flatMap((value): Values => {
    const children = childrenOf(value);
    state.steps += children.length;
    if (state.steps > STEPS_MAX) fail('the template takes too many steps');
    return children.length === 0 ? [] : [value, ...descend(children, state)];
  });
}

function elementsOf(value: unknown, [from, to, by]: readonly [Bound, Bound, Bound]): Values {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return fail(`${goTypeOf(value)} is not array or slice`);
  const { length } = value;
  const first = from.isKnown ? from.value + (from.value < 0 ? length : 0) : 0;
  const isFromEnd = to.value < 0 || (to.value === 0 && to.isDerived === true);
  const end = to.isKnown ? to.value + (isFromEnd ? length : 0) : length;
  if (first !== end) {
    if (first >= length || first < 0) fail(`array index out of bounds: index ${first}, length ${length}`);
    if (end > length || end < 0) fail(`array index out of bounds: index ${end - 1}, length ${length}`);
  }
  if (first > end) fail(`starting index ${first} is greater than ending index ${end}`);
  const step = by.isKnown ? by.value : 1;
  if (step <= 0) fail('step must be > 0');
  return value.slice(first, end).filter((_one, i) => i % step === 0);
}

function filtered(value: unknown, node: Extract<PathNode, { type: 'filter' }>, state: State): Values {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return fail(`${goText(value)} is not array or slice and cannot be filtered`);
  return value.filter((item: unknown) => {
    const lefts = evalList([item], node.left, state);
    if (node.operator === 'exists') return lefts.length > 0;
    if (lefts.length === 0) return false;
    const rights = evalList([item], node.right, state);
    if (lefts.length > 1 || rights.length > 1) fail('can only compare one element at a time');
    return rights.length > 0 && holds(node.operator, lefts[0], rights[0]);
  });
}

/** Compares values of one basic kind. k8s: third_party/forked/golang/template Equal, Less */
function holds(operator: string, left: unknown, right: unknown): boolean {
  const kinds = [left, right].map((one) =>
    typeof one === 'number' ? (Number.isInteger(one) ? 'int' : 'float') : typeof one === 'object' ? '' : typeof one,
  );
  const isOrdered = operator !== '==' && operator !== '!=';
  if (kinds.includes('')) fail('invalid type for comparison');
  if (kinds[0] !== kinds[1]) fail('incompatible types for comparison');
  if (isOrdered && kinds[0] === 'boolean') fail('invalid type for comparison');
  const [a, b] = [left as string, right as string];
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return fail(`unrecognized filter operator ${operator}`);
  }
}
