// From tokens to the tree of the first document of a text. What follows that document is not looked at, as in kubectl.
// k8s: goyaml.v2 parserc.go, the productions of YAML 1.1
import type { Mark } from './cursor.ts';
import type { YamlNode } from './node.ts';
import { readerFaultOf } from './reader-fault.ts';
import { newScanner, type Scanner } from './scanner.ts';
import type { Token, TokenType } from './token.ts';
import { parserError, YamlError } from './yaml-error.ts';

interface Parser {
  readonly scanner: Scanner;
  readonly depthMax: number;
  readonly anchors: Map<string, { node?: YamlNode }>;
  readonly handles: Map<string, string>;
}

const STANDARD_TAGS = 'tag:yaml.org,2002:';

/**
 * The tree of a text's first document.
 * @param depthMax how deep collections may nest
 * @returns undefined for a text without a document
 * @throws YamlError in Go's words
 */
export function parseDocument(text: string, depthMax: number): YamlNode | undefined {
  const fault = readerFaultOf(text);
  const parser: Parser = {
    scanner: newScanner(text),
    depthMax,
    anchors: new Map(),
    handles: new Map([
      ['!', '!'],
      ['!!', STANDARD_TAGS],
    ]),
  };
  try {
    const root = parseFirst(parser);
    if (fault === undefined) return root;
  } catch (error) {
    // The reader looks some way ahead of the scanner, so a bad character is met before what stands on it.
    if (!(error instanceof YamlError) || fault === undefined || fault.offset > error.offset) throw error;
  }
  throw fault;
}

const DOCUMENT_BOUNDS: ReadonlySet<TokenType> = new Set([
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
]);

function parseFirst(parser: Parser): YamlNode | undefined {
  const { scanner } = parser;
  if (scanner.peek().type === 'stream-end') return undefined;
  const isExplicit = DOCUMENT_BOUNDS.has(scanner.peek().type) && scanner.peek().type !== 'document-end';
  if (isExplicit) parseDirectives(parser);
  const first = scanner.peek();
  const root = isExplicit && DOCUMENT_BOUNDS.has(first.type) ? emptyAt(first.start) : parseNode(parser, 0, true, false);
  // The document is at its end only when the next token is known.
  scanner.peek();
  return root;
}

function parseDirectives({ scanner, handles }: Parser): void {
  let version: Token | undefined;
  for (let token = scanner.peek(); token.type.endsWith('-directive'); token = scanner.peek()) {
    if (token.type === 'version-directive') {
      if (version) throw parserError('found duplicate %YAML directive', undefined, token.start);
      if (token.value !== '1.1') throw parserError('found incompatible YAML document', undefined, token.start);
      version = token;
    } else handles.set(token.handle ?? '', token.value ?? '');
    scanner.skip();
  }
  const token = scanner.peek();
  if (token.type !== 'document-start')
    throw parserError('did not find expected <document start>', undefined, token.start);
  scanner.skip();
}

const emptyAt = ({ index }: Mark): YamlNode => ({
  type: 'scalar',
  from: index,
  to: index,
  tag: '',
  value: '',
  isPlain: true,
});

/** Anchor and tag before a node, in either order. */
interface Properties {
  readonly start: Mark;
  readonly end: Mark;
  readonly anchor: string;
  readonly tag: string;
  readonly hasTag: boolean;
}

function parseProperties({ scanner, handles }: Parser): Properties {
  const first = scanner.peek();
  let anchor: Token | undefined;
  let tag: Token | undefined;
  let end = first.start;
  for (let i = 0; i < 2; i += 1) {
    const token = scanner.peek();
    if (token.type === 'anchor' && !anchor) anchor = token;
    else if (token.type === 'tag' && !tag) tag = token;
    else break;
    end = token.end;
    scanner.skip();
  }
  let text = '';
  if (tag) {
    const prefix = tag.handle === '' ? '' : handles.get(tag.handle ?? '');
    if (prefix === undefined) throw parserError('found undefined tag handle', first.start, tag.start);
    text = prefix + (tag.value ?? '');
  }
  return { start: first.start, end, anchor: anchor?.value ?? '', tag: text, hasTag: tag !== undefined };
}

/**
 * One node with everything in it.
 * @param isBlock whether block collections may begin here
 * @param isIndentless whether a list may stand at the indentation of its key
 */
function parseNode(parser: Parser, depth: number, isBlock: boolean, isIndentless: boolean): YamlNode {
  const { scanner, anchors } = parser;
  const token = scanner.peek();
  if (depth > parser.depthMax) throw new YamlError(`exceeded max depth of ${parser.depthMax}`, token.start.index);
  if (token.type === 'alias') return parseAlias(parser, token);
  const properties = parseProperties(parser);
  const slot: { node?: YamlNode } = {};
  if (properties.anchor !== '') anchors.set(properties.anchor, slot);
  const node = parseContent(parser, depth, isBlock, isIndentless, properties);
  slot.node = node;
  return node;
}

function parseAlias({ scanner, anchors }: Parser, token: Token): YamlNode {
  const name = token.value ?? '';
  const slot = anchors.get(name);
  if (!slot) throw new YamlError(`unknown anchor '${name}' referenced`, token.start.index);
  if (!slot.node) throw new YamlError(`anchor '${name}' value contains itself`, token.start.index);
  scanner.skip();
  return { type: 'alias', from: token.start.index, to: token.end.index, tag: '', name, target: slot.node };
}

function parseContent(
  parser: Parser,
  depth: number,
  isBlock: boolean,
  isIndentless: boolean,
  { start, end, anchor, tag, hasTag }: Properties,
): YamlNode {
  const { scanner } = parser;
  const token = scanner.peek();
  const from = start.index;
  if (isIndentless && token.type === 'block-entry') {
    const items = parseIndentlessItems(parser, depth);
    return { type: 'sequence', from, to: endOf(items, token), tag, items };
  }
  if (token.type === 'scalar') {
    scanner.skip();
    return {
      type: 'scalar',
      from,
      to: token.end.index,
      tag,
      value: token.value ?? '',
      isPlain: token.isPlain === true,
    };
  }
  if (token.type === 'flow-sequence-start') return { type: 'sequence', from, tag, ...parseFlowSequence(parser, depth) };
  if (token.type === 'flow-mapping-start') return { type: 'mapping', from, tag, ...parseFlowMapping(parser, depth) };
  if (isBlock && token.type === 'block-sequence-start') {
    const items = parseBlockItems(parser, depth);
    return { type: 'sequence', from, to: endOf(items, token), tag, items };
  }
  if (isBlock && token.type === 'block-mapping-start') {
    const pairs = parseBlockPairs(parser, depth);
    const last = pairs.at(-1);
    return { type: 'mapping', from, to: last ? Math.max(last.key.to, last.value.to) : token.end.index, tag, pairs };
  }
  if (anchor !== '' || hasTag) return { ...emptyAt(end), from, tag } as YamlNode;
  throw parserError('did not find expected node content', start, token.start);
}

const endOf = (items: readonly YamlNode[], token: Token): number => items.at(-1)?.to ?? token.end.index;

function parseBlockItems(parser: Parser, depth: number): readonly YamlNode[] {
  const { scanner } = parser;
  const { start } = scanner.peek();
  scanner.skip();
  const items: YamlNode[] = [];
  for (;;) {
    const token = scanner.peek();
    scanner.skip();
    if (token.type === 'block-end') return items;
    if (token.type !== 'block-entry') throw parserError("did not find expected '-' indicator", start, token.start);
    const isEmpty = ['block-entry', 'block-end'].includes(scanner.peek().type);
    items.push(isEmpty ? emptyAt(token.end) : parseNode(parser, depth + 1, true, false));
  }
}

/** A list at the indentation of its key ends where the mapping goes on. */
function parseIndentlessItems(parser: Parser, depth: number): readonly YamlNode[] {
  const { scanner } = parser;
  const items: YamlNode[] = [];
  for (let token = scanner.peek(); token.type === 'block-entry'; token = scanner.peek()) {
    scanner.skip();
    const isEmpty = ['block-entry', 'key', 'value', 'block-end'].includes(scanner.peek().type);
    items.push(isEmpty ? emptyAt(token.end) : parseNode(parser, depth + 1, true, false));
  }
  return items;
}

type Pairs = { key: YamlNode; value: YamlNode }[];

function parseBlockPairs(parser: Parser, depth: number): Pairs {
  const { scanner } = parser;
  const { start } = scanner.peek();
  scanner.skip();
  const pairs: Pairs = [];
  const part = (mark: Mark): YamlNode =>
    ['key', 'value', 'block-end'].includes(scanner.peek().type)
      ? emptyAt(mark)
      : parseNode(parser, depth + 1, true, true);
  for (;;) {
    const token = scanner.peek();
    if (token.type === 'block-end') {
      scanner.skip();
      return pairs;
    }
    if (token.type !== 'key') throw parserError('did not find expected key', start, token.start);
    scanner.skip();
    const key = part(token.end);
    const colon = scanner.peek();
    if (colon.type === 'value') {
      scanner.skip();
      pairs.push({ key, value: part(colon.end) });
    } else pairs.push({ key, value: emptyAt(colon.start) });
  }
}

function parseFlowSequence(parser: Parser, depth: number): { to: number; items: readonly YamlNode[] } {
  const { scanner } = parser;
  const { start } = scanner.peek();
  scanner.skip();
  const items: YamlNode[] = [];
  for (;;) {
    if (items.length > 0 && scanner.peek().type !== 'flow-sequence-end')
      expectComma(scanner, start, "did not find expected ',' or ']'");
    const token = scanner.peek();
    if (token.type === 'flow-sequence-end') {
      scanner.skip();
      return { to: token.end.index, items };
    }
    items.push(token.type === 'key' ? parsePairItem(parser, depth) : parseNode(parser, depth + 1, false, false));
  }
}

function expectComma(scanner: Scanner, start: Mark, otherwise: string): void {
  const token = scanner.peek();
  if (token.type !== 'flow-entry') throw parserError(otherwise, start, token.start);
  scanner.skip();
}

/** `[a: b]`: a mapping of one pair without braces. */
function parsePairItem(parser: Parser, depth: number): YamlNode {
  const { scanner } = parser;
  const { start } = scanner.peek();
  scanner.skip();
  const ends: readonly TokenType[] = ['flow-entry', 'flow-sequence-end'];
  const key = [...ends, 'value'].includes(scanner.peek().type)
    ? emptyAt(scanner.peek().start)
    : parseNode(parser, depth + 2, false, false);
  let value = emptyAt(scanner.peek().start);
  if (scanner.peek().type === 'value') {
    scanner.skip();
    if (!ends.includes(scanner.peek().type)) value = parseNode(parser, depth + 2, false, false);
  }
  return { type: 'mapping', from: start.index, to: Math.max(key.to, value.to), tag: '', pairs: [{ key, value }] };
}

function parseFlowMapping(parser: Parser, depth: number): { to: number; pairs: Pairs } {
  const { scanner } = parser;
  const { start } = scanner.peek();
  scanner.skip();
  const pairs: Pairs = [];
  const ends: readonly TokenType[] = ['flow-entry', 'flow-mapping-end'];
  for (;;) {
    if (pairs.length > 0 && scanner.peek().type !== 'flow-mapping-end')
      expectComma(scanner, start, "did not find expected ',' or '}'");
    const token = scanner.peek();
    if (token.type === 'flow-mapping-end') {
      scanner.skip();
      return { to: token.end.index, pairs };
    }
    if (token.type !== 'key') {
      // A key without a colon has no value.
      const key = parseNode(parser, depth + 1, false, false);
      pairs.push({ key, value: emptyAt(token.end) });
      continue;
    }
    scanner.skip();
    const key = [...ends, 'value'].includes(scanner.peek().type)
      ? emptyAt(token.end)
      : parseNode(parser, depth + 1, false, false);
    let value = emptyAt(scanner.peek().start);
    if (scanner.peek().type === 'value') {
      scanner.skip();
      if (!ends.includes(scanner.peek().type)) value = parseNode(parser, depth + 1, false, false);
    }
    pairs.push({ key, value });
  }
}
