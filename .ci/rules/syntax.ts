/** Reads a source file as far as the rules need it: what it imports, and which names it uses without declaring them. */
import { parseSync } from 'vite';

/** One import of a file, whichever way it is written. */
export interface Import {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  readonly line: number;
}

/** Something that a file uses and does not declare: a name, or `Math.random`, or `async`. */
export interface Use {
  readonly name: string;
  readonly line: number;
}

/** What the rules look at in one file. */
export interface Syntax {
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  /** The text of every string and template. */
  readonly strings: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Where a name stands for itself, not for what a scope holds under it. */
const NAMED_PLACES: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ['property'],
  Property: ['key'],
  MethodDefinition: ['key'],
  PropertyDefinition: ['key'],
  MetaProperty: ['meta', 'property'],
  LabeledStatement: ['label'],
  BreakStatement: ['label'],
  ContinueStatement: ['label'],
  ImportSpecifier: ['imported'],
  ExportSpecifier: ['local', 'exported'],
  ExportAllDeclaration: ['exported'],
};
/** Where a name, or a pattern of names, is declared. */
const DECLARING_PLACES: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  ClassDeclaration: ['id'],
  ClassExpression: ['id'],
  CatchClause: ['param'],
  ImportSpecifier: ['local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
};
/** The parts of a pattern that declare names; its other parts are keys and default values. */
const PATTERN_PARTS: Readonly<Record<string, readonly string[]>> = {
  ObjectPattern: ['properties'],
  Property: ['value'],
  ArrayPattern: ['elements'],
  RestElement: ['argument'],
  AssignmentPattern: ['left'],
};
/** Nodes of TypeScript that wrap an expression; all others hold types alone. */
const EXPRESSION_WRAPPERS = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'];

/**
 * Parses a TypeScript file. Names in types are not uses.
 *
 * A name that the file declares anywhere counts as declared everywhere in it: a false alarm over a local `document`
 * would cost more than the global that such a file could hide.
 *
 * @param file - its name, whose ending says whether it holds JSX
 * @param source - its text
 * @throws when the text is no TypeScript
 */
export function readSyntax(file: string, source: string): Syntax {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const lineAt = lineFinder(source);
  const imports: Import[] = [];
  const uses: Use[] = [];
  const strings: string[] = [];
  const declared = new Set<string>();

  const visit = (node: Node, parent: Node | undefined, key: string, inType: boolean): void => {
    const line = lineAt(node.start);
    for (const found of importsOf(node)) imports.push({ ...found, line });
    if (!inType) {
      const text = textOf(node);
      if (text !== undefined) strings.push(text);
      for (const place of DECLARING_PLACES[node.type] ?? []) declareNames(node[place], declared);
      const name = usedName(node, parent, key);
      if (name !== undefined) uses.push({ name, line });
    }
    const holdsTypes = inType || (node.type.startsWith('TS') && !EXPRESSION_WRAPPERS.includes(node.type));
    for (const [childKey, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) visit(child, node, childKey, holdsTypes);
      }
    }
  };
  visit(program as unknown as Node, undefined, '', false);
  return { imports, uses: uses.filter(({ name }) => !declared.has(name)), strings };
}

function importsOf(node: Node): Omit<Import, 'line'>[] {
  const specifier = stringOf(node.source);
  switch (node.type) {
    case 'ImportDeclaration':
      return specifier === undefined ? [] : [{ specifier, isTypeOnly: node.importKind === 'type' }];
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return specifier === undefined ? [] : [{ specifier, isTypeOnly: node.exportKind === 'type' }];
    case 'ImportExpression':
      return specifier === undefined ? [] : [{ specifier, isTypeOnly: false }];
    case 'TSImportType':
      return specifier === undefined ? [] : [{ specifier, isTypeOnly: true }];
    case 'NewExpression':
      return urlsOf(node).map((url) => ({ specifier: url, isTypeOnly: false }));
    case 'CallExpression':
      return globsOf(node).map((glob) => ({ specifier: glob, isTypeOnly: false }));
    default:
      return [];
  }
}

/** `new URL('./worker.ts', import.meta.url)` is how a worker is imported. */
function urlsOf(node: Node): string[] {
  const [first, second] = nodesOf(node.arguments);
  const url = stringOf(first);
  const isHere = isNode(second) && isNode(second.object) && second.object.type === 'MetaProperty';
  return isNode(node.callee) && node.callee.name === 'URL' && isHere && url !== undefined ? [url] : [];
}

/** `import.meta.glob('./traces/*.json')` imports a folder. */
function globsOf(node: Node): string[] {
  const callee = node.callee;
  if (!isNode(callee) || !isNode(callee.object) || callee.object.type !== 'MetaProperty') return [];
  if (!isNode(callee.property) || callee.property.name !== 'glob') return [];
  const [first] = nodesOf(node.arguments);
  const patterns = first?.type === 'ArrayExpression' ? nodesOf(first.elements) : first ? [first] : [];
  return patterns.map(stringOf).filter((text) => text !== undefined && !text.startsWith('!')) as string[];
}

function usedName(node: Node, parent: Node | undefined, key: string): string | undefined {
  if (node.type === 'Identifier') {
    const isNamed = parent && NAMED_PLACES[parent.type]?.includes(key) && parent.computed !== true;
    return isNamed ? undefined : String(node.name);
  }
  if (node.async === true || node.type === 'AwaitExpression' || node.await === true) return 'async';
  if (node.type === 'MemberExpression' && isNode(node.object) && node.object.name === 'Math') {
    const property = node.computed ? stringOf(node.property) : isNode(node.property) ? node.property.name : undefined;
    return property === 'random' ? 'Math.random' : undefined;
  }
  return undefined;
}

function declareNames(pattern: unknown, into: Set<string>): void {
  for (const node of Array.isArray(pattern) ? pattern : [pattern]) {
    if (!isNode(node)) continue;
    if (node.type === 'Identifier') into.add(String(node.name));
    for (const part of PATTERN_PARTS[node.type] ?? []) declareNames(node[part], into);
  }
}

function textOf(node: Node): string | undefined {
  if (node.type === 'TemplateLiteral') {
    return nodesOf(node.quasis)
      .map((quasi) => (quasi.value as { cooked: string }).cooked)
      .join('…');
  }
  return stringOf(node);
}

function stringOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function lineFinder(source: string): (offset: number) => number {
  const ends = [...source.matchAll(/\n/g)].map((match) => match.index);
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
