// `--template` and `-o go-template=…`: Go's text/template, as far as objects are picked apart with it: fields,
// variables, range, if, with, pipes and the common functions.
import { canonicalJson } from '#kube';
import { CommandError } from '../errors.ts';
import { isMap } from '../patch/json.ts';

const TEMPLATE_MAX = 20_000;
const STEPS_MAX = 200_000;
const OUT_MAX = 2_000_000;

/** A value in a pipeline: a literal, a path from the dot or a variable, or a call in brackets. */
type Operand =
  | { readonly type: 'literal'; readonly value: unknown }
  | { readonly type: 'path'; readonly variable: string | undefined; readonly names: readonly string[] }
  | { readonly type: 'pipe'; readonly pipe: Pipe; readonly names: readonly string[] };

interface Call {
  readonly name: string | undefined;
  readonly operands: readonly Operand[];
}
type Pipe = readonly Call[];

type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly pipe: Pipe }
  | { readonly type: 'set'; readonly variable: string; readonly pipe: Pipe }
  | {
      readonly type: 'range' | 'if' | 'with';
      readonly variables: readonly string[];
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    };

class TemplateError extends Error {}

const fail = (what: string): never => {
  throw new TemplateError(what);
};

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`)|(-?\d+(?:\.\d+)?)|(\$\w*(?:\.\w+)*)|((?:\.[A-Za-z_]\w*)+|\.)|(:=|=|\||,|\(|\))|([A-Za-z_]\w*))/y;

function tokensOf(action: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = action.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) return fail(`unexpected ${JSON.stringify(text.slice(at, at + 10))} in command`);
    tokens.push(found[0].trim());
  }
  return tokens;
}

/** Texts and actions, with the blanks gone that `{{-` and `-}}` take away. */
function piecesOf(template: string): { readonly isAction: boolean; readonly text: string }[] {
  const pieces: { isAction: boolean; text: string }[] = [];
  let at = 0;
  let trims = false;
  while (at < template.length) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    if (trims) text = text.trimStart();
    if (open < 0) {
      pieces.push({ isAction: false, text });
      break;
    }
    const close = template.indexOf('}}', open);
    if (close < 0) fail('unclosed action');
    let action = template.slice(open + 2, close);
    if (/^-\s/.test(action)) {
      text = text.trimEnd();
      action = action.slice(1);
    }
    trims = /\s-$/.test(action);
    if (trims) action = action.slice(0, -1);
    pieces.push({ isAction: false, text });
    if (!action.trim().startsWith('/*')) pieces.push({ isAction: true, text: action.trim() });
    at = close + 2;
  }
  return pieces.filter((piece) => piece.isAction || piece.text !== '');
}

/** Reads a template. */
function parse(template: string): readonly Node[] {
  const pieces = piecesOf(template);
  let at = 0;
  let depth = 0;
  const list = (ends: readonly string[]): { nodes: Node[]; end: string } => {
    const nodes: Node[] = [];
    while (at < pieces.length) {
      const piece = pieces[at];
      if (!piece) break;
      at += 1;
      if (!piece.isAction) {
        nodes.push({ type: 'text', text: piece.text });
        continue;
      }
      const word = /^\w+/.exec(piece.text)?.[0] ?? '';
      if (ends.includes(word)) return { nodes, end: piece.text };
      if (word === 'end' || word === 'else') return fail(`unexpected {{${word}}}`);
      nodes.push(
        ['range', 'if', 'with'].includes(word)
          ? block(word as 'if', piece.text.slice(word.length))
          : action(piece.text),
      );
    }
    if (ends.length > 0) return fail('unexpected EOF');
    return { nodes, end: '' };
  };
  const block = (type: 'range' | 'if' | 'with', head: string): Node => {
    depth += 1;
    if (depth > 50) fail('nested too deep');
    const { variables, pipe } = declaration(tokensOf(head));
    const { nodes: body, end } = list(['end', 'else']);
    let otherwise: readonly Node[] = [];
    if (end.startsWith('else')) {
      const rest = end.slice(4).trim();
      otherwise = rest.startsWith('if') ? [block('if', rest.slice(2))] : list(['end']).nodes;
    }
    depth -= 1;
    return { type, variables, pipe, body, otherwise };
  };
  const action = (text: string): Node => {
    const tokens = tokensOf(text);
    const { variables, pipe } = declaration(tokens);
    const [variable] = variables;
    return variable === undefined ? { type: 'print', pipe } : { type: 'set', variable, pipe };
  };
  return list([]).nodes;
}

/** `$i, $c := pipe`, `$x = pipe`, or a pipe alone. */
function declaration(tokens: readonly string[]): { variables: readonly string[]; pipe: Pipe } {
  const sign = tokens.findIndex((token) => token === ':=' || token === '=');
  if (sign < 0) return { variables: [], pipe: pipeOf(tokens) };
  const variables = tokens.slice(0, sign).filter((token) => token !== ',');
  if (variables.length === 0 || variables.length > 2 || !variables.every((name) => /^\$\w+$/.test(name)))
    fail('unexpected := in operand');
  return { variables, pipe: pipeOf(tokens.slice(sign + 1)) };
}

function pipeOf(tokens: readonly string[]): Pipe {
  const calls: Call[] = [];
  let at = 0;
  const read = (isInner: boolean): Pipe => {
    const own: Call[] = [];
    let name: string | undefined;
    let operands: Operand[] = [];
    let hasAny = false;
    const flush = (): void => {
      if (!hasAny) fail('missing value for command');
      own.push({ name, operands });
      name = undefined;
      operands = [];
      hasAny = false;
    };
    while (at < tokens.length) {
      const token = tokens[at] ?? '';
      at += 1;
      if (token === ')') {
        if (!isInner) fail('unexpected right paren');
        flush();
        return own;
      }
      if (token === '|') flush();
      else if (token === '(') {
        const pipe = read(true);
        const next = tokens[at];
        const names = next?.startsWith('.') && next !== '.' ? next.slice(1).split('.') : [];
        if (names.length > 0) at += 1;
        operands.push({ type: 'pipe', pipe, names });
        hasAny = true;
      } else {
        const operand = operandOf(token);
        if (operand) operands.push(operand);
        else if (hasAny) fail(`unexpected ${token} in operand`);
        else name = token;
        hasAny = true;
      }
    }
    if (isInner) fail('unclosed left paren');
    flush();
    return own;
  };
  calls.push(...read(false));
  return calls;
}

/** A value; undefined for the name of a function. */
function operandOf(token: string): Operand | undefined {
  if (token.startsWith('"')) return { type: 'literal', value: JSON.parse(token.replace(/\t/g, '\\t')) as unknown };
  if (token.startsWith('`')) return { type: 'literal', value: token.slice(1, -1) };
  if (/^-?\d/.test(token)) return { type: 'literal', value: Number(token) };
  if (token === 'true' || token === 'false') return { type: 'literal', value: token === 'true' };
  if (token === 'nil') return { type: 'literal', value: undefined };
  if (token === '.') return { type: 'path', variable: undefined, names: [] };
  if (token.startsWith('.')) return { type: 'path', variable: undefined, names: token.slice(1).split('.') };
  if (!token.startsWith('$')) return undefined;
  const [variable = '$', ...names] = token.split('.');
  return { type: 'path', variable, names };
}

const isTrue = (value: unknown): boolean =>
  !(
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0)
  );

/** As Go's fmt prints a value that came out of JSON. */
function plain(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  if (Array.isArray(value)) return `[${value.map(plain).join(' ')}]`;
  if (isMap(value))
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${key}:${plain(value[key])}`)
      .join(' ')}]`;
  return String(value);
}

function member(value: unknown, names: readonly string[]): unknown {
  let found = value;
  for (const name of names) {
    if (found === undefined || found === null) return undefined;
    if (!isMap(found))
      throw new CommandError(`error executing template: can't evaluate field ${name} in type ${typeof found}`);
    found = Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

function indexed(value: unknown, keys: readonly unknown[]): unknown {
  return keys.reduce<unknown>((found, key) => {
    if (Array.isArray(found)) {
      const at = Number(key);
      if (!Number.isInteger(at) || at < 0 || at >= found.length)
        throw new CommandError(`error executing template: error calling index: index out of range: ${String(key)}`);
      return found[at] as unknown;
    }
    return isMap(found) && Object.hasOwn(found, String(key)) ? found[String(key)] : undefined;
  }, value);
}

const compare = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;

const FUNCTIONS: Readonly<Record<string, (values: readonly unknown[]) => unknown>> = {
  and: (values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
  or: (values) => values.find(isTrue) ?? values.at(-1),
  not: ([value]) => !isTrue(value),
  len: ([value]) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : isMap(value) ? Object.keys(value).length : 0,
  index: ([value, ...keys]) => indexed(value, keys),
  eq: ([first, ...others]) => others.some((other) => compare(first, other) === 0),
  ne: ([a, b]) => compare(a, b) !== 0,
  lt: ([a, b]) => compare(a, b) < 0,
  le: ([a, b]) => compare(a, b) <= 0,
  gt: ([a, b]) => compare(a, b) > 0,
  ge: ([a, b]) => compare(a, b) >= 0,
  print: (values) => values.map(plain).join(''),
  println: (values) => `${values.map(plain).join(' ')}\n`,
  printf: ([format, ...values]) => {
    const queue = [...values];
    return String(format).replace(/%%|%-?\d*[svdqtf]/g, (sign) => {
      if (sign === '%%') return '%';
      const text = plain(queue.shift());
      const width = Number(/\d+/.exec(sign)?.[0] ?? 0);
      const shown = sign.endsWith('q') ? JSON.stringify(text) : text;
      return sign.includes('-') ? shown.padEnd(Math.min(width, 500)) : shown.padStart(Math.min(width, 500));
    });
  },
  toJson: ([value]) => canonicalJson(value),
};

/**
 * What a template makes of a value.
 * @throws CommandError for templates that are none, and for what they cannot do
 */
export function goTemplateText(template: string, value: unknown): string {
  if (template.length > TEMPLATE_MAX) throw new CommandError('the template is too long');
  try {
    return execute(template, value);
  } catch (error) {
    if (error instanceof TemplateError)
      throw new CommandError(`error parsing template ${template}, template: output:1: ${error.message}`);
    throw error;
  }
}

function execute(template: string, value: unknown): string {
  const nodes = parse(template);
  let out = '';
  let steps = 0;
  const call = (
    { name, operands }: Call,
    dot: unknown,
    variables: Map<string, unknown>,
    last: readonly unknown[],
  ): unknown => {
    const values = [...operands.map((operand) => operandValue(operand, dot, variables)), ...last];
    if (name === undefined) {
      if (values.length > 1) throw new CommandError("error executing template: can't give argument to non-function");
      return values[0];
    }
    const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    return run ? run(values) : fail(`function ${JSON.stringify(name)} not defined`);
  };
  const evaluate = (pipe: Pipe, dot: unknown, variables: Map<string, unknown>): unknown => {
    steps += 1;
    if (steps > STEPS_MAX || out.length > OUT_MAX) throw new CommandError('the template makes too much');
    return pipe.reduce<readonly unknown[]>((last, one) => [call(one, dot, variables, last)], [])[0];
  };
  const operandValue = (operand: Operand, dot: unknown, variables: Map<string, unknown>): unknown => {
    if (operand.type === 'literal') return operand.value;
    if (operand.type === 'pipe') return member(evaluate(operand.pipe, dot, variables), operand.names);
    const { variable, names } = operand;
    if (variable === undefined) return member(dot, names);
    if (!variables.has(variable)) return fail(`undefined variable ${JSON.stringify(variable)}`);
    return member(variables.get(variable), names);
  };
  const run = (list: readonly Node[], dot: unknown, outer: ReadonlyMap<string, unknown>): void => {
    const variables = new Map(outer);
    for (const node of list) {
      if (node.type === 'text') out += node.text;
      else if (node.type === 'print') out += plain(evaluate(node.pipe, dot, variables));
      else if (node.type === 'set') variables.set(node.variable, evaluate(node.pipe, dot, variables));
      else {
        const found = evaluate(node.pipe, dot, variables);
        if (node.type === 'range') range(node, found, dot, variables);
        else if (isTrue(found)) {
          const [name] = node.variables;
          run(
            node.body,
            node.type === 'with' ? found : dot,
            name === undefined ? variables : new Map([...variables, [name, found]]),
          );
        } else run(node.otherwise, dot, variables);
      }
    }
  };
  const range = (
    node: Node & { readonly type: 'range' | 'if' | 'with' },
    found: unknown,
    dot: unknown,
    variables: ReadonlyMap<string, unknown>,
  ): void => {
    const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(found)
      ? found.map((item: unknown, i) => [i, item] as const)
      : isMap(found)
        ? Object.keys(found)
            .sort()
            .map((key) => [key, found[key]] as const)
        : [];
    if (entries.length === 0) run(node.otherwise, dot, variables);
    for (const [key, item] of entries) {
      steps += 1;
      const own = new Map(variables);
      const [first, second] = node.variables;
      if (second !== undefined && first !== undefined) own.set(first, key).set(second, item);
      else if (first !== undefined) own.set(first, item);
      run(node.body, item, own);
    }
  };
  run(nodes, value, new Map([['$', value]]));
  return out;
}
