// From characters to tokens, with the two things that make YAML's tokens depend on each other: indentation, which opens
// and closes collections, and keys, which are known as keys only when their colon comes. The rules are those of libyaml,
// which kubectl reads with, so that the same texts are accepted and the same place is blamed.
import {
  type Cursor,
  charAt,
  isBlank,
  isBreak,
  isBreakOrEnd,
  isDocumentIndicator,
  isEnd,
  isSpacing,
  type Mark,
  markOf,
  newCursor,
  readBreak,
  skip,
} from './cursor.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-property.ts';
import { scanBlock, scanPlain, scanQuoted } from './scan-scalar.ts';
import type { Token, TokenType } from './token.ts';
import { scannerError } from './yaml-error.ts';

/** A key without `?` ends within this many characters, and on its own line. */
const KEY_LENGTH_MAX = 1024;

/** A token that may turn out to be a key. */
interface Candidate {
  /** Number of the token among all of the text. */
  readonly token: number;
  readonly mark: Mark;
  /** It stands where only a key can stand. */
  readonly isRequired: boolean;
  /** Its colon may still come. */
  isPossible: boolean;
}

interface State {
  readonly cursor: Cursor;
  readonly queue: Token[];
  /** How many tokens have left the queue. */
  taken: number;
  /** -1 outside of every block collection. */
  indent: number;
  readonly indents: number[];
  flowLevel: number;
  isKeyAllowed: boolean;
  /** The candidate of each flow level, the block context first. */
  readonly candidates: Candidate[];
  /**
   * The flow level of the candidate that each token is. An opening bracket is entered for its inner level too, and leaves
   * with it, so that `[]: x`, unlike `[a]: x`, is no key. libyaml in Go does the same, and its words are told.
   */
  readonly levels: Map<number, number>;
}

/** Tokens one after the other. Behind the end comes `stream-end` for ever. */
export interface Scanner {
  peek(): Token;
  skip(): void;
}

/** A scanner at the beginning of a text. It throws YamlError when it reaches what is no YAML. */
export function newScanner(text: string): Scanner {
  const state: State = {
    cursor: newCursor(text),
    queue: [],
    taken: 0,
    indent: -1,
    indents: [],
    flowLevel: 0,
    isKeyAllowed: true,
    candidates: [],
    levels: new Map(),
  };
  enterLevel(state);
  return {
    peek() {
      while (needsMore(state)) fetchToken(state);
      return state.queue[0] as Token;
    },
    skip() {
      if (state.queue[0]?.type === 'stream-end') return;
      state.queue.shift();
      state.taken += 1;
    },
  };
}

/** The first token is final once it can no longer become a key. */
function needsMore(state: State): boolean {
  const [first] = state.queue;
  if (!first) return true;
  if (first.type === 'stream-end') return false;
  const level = state.levels.get(state.taken);
  return level !== undefined && isStillPossible(state, level);
}

/** Drops a candidate whose colon can no longer come. */
function isStillPossible({ candidates, cursor }: State, level: number): boolean {
  const candidate = candidates[level];
  if (!candidate?.isPossible) return false;
  if (candidate.mark.line >= cursor.line && candidate.mark.index + KEY_LENGTH_MAX >= cursor.index) return true;
  if (candidate.isRequired) throw scannerError("could not find expected ':'", candidate.mark, markOf(cursor));
  candidate.isPossible = false;
  return false;
}

/** A flow level begins without a candidate of its own. */
function enterLevel({ candidates, taken, queue, cursor }: State): void {
  candidates.push({ token: taken + queue.length, mark: markOf(cursor), isRequired: false, isPossible: false });
}

function leaveLevel({ candidates, levels }: State): void {
  const last = candidates.pop();
  if (last) levels.delete(last.token);
}

/** Notes that the token to come may be a key. */
function saveCandidate(state: State): void {
  if (!state.isKeyAllowed) return;
  dropCandidate(state);
  const token = state.taken + state.queue.length;
  state.candidates[state.flowLevel] = {
    token,
    mark: markOf(state.cursor),
    isRequired: state.flowLevel === 0 && state.indent === state.cursor.column,
    isPossible: true,
  };
  state.levels.set(token, state.flowLevel);
}

function dropCandidate({ candidates, levels, flowLevel, cursor }: State): void {
  const candidate = candidates[flowLevel];
  if (!candidate?.isPossible) return;
  if (candidate.isRequired) throw scannerError("could not find expected ':'", candidate.mark, markOf(cursor));
  candidate.isPossible = false;
  levels.delete(candidate.token);
}

/** Opens a block collection when the column is deeper than the indentation. `number` tells before which token. */
function rollIndent(state: State, column: number, type: TokenType, mark: Mark, number?: number): void {
  if (state.flowLevel > 0 || state.indent >= column) return;
  state.indents.push(state.indent);
  state.indent = column;
  const token: Token = { type, start: mark, end: mark };
  insert(state, number, token);
}

/** Puts a token before the one of that number; behind all where there is none, or where that one has left the queue. */
function insert({ queue, taken }: State, number: number | undefined, token: Token): void {
  const place = number === undefined ? -1 : number - taken;
  queue.splice(place < 0 ? queue.length : place, 0, token);
}

/** Closes the block collections that are deeper than the column. */
function unrollIndent(state: State, column: number): void {
  if (state.flowLevel > 0) return;
  const mark = markOf(state.cursor);
  while (state.indent > column) {
    state.queue.push({ type: 'block-end', start: mark, end: mark });
    state.indent = state.indents.pop() ?? -1;
  }
}

/** A token of so many characters at the cursor. */
function pushIndicator(state: State, type: TokenType, length = 1): void {
  const start = markOf(state.cursor);
  for (let i = 0; i < length; i += 1) skip(state.cursor);
  state.queue.push({ type, start, end: markOf(state.cursor) });
}

/** Blanks, comments and line breaks. A tab may not stand where the indentation of a key would be read from it. */
function passSpacing(state: State): void {
  const { cursor } = state;
  for (;;) {
    const mayBeTab = state.flowLevel > 0 || !state.isKeyAllowed;
    while (charAt(cursor) === ' ' || (mayBeTab && charAt(cursor) === '\t')) skip(cursor);
    if (charAt(cursor) === '#') while (!isBreakOrEnd(charAt(cursor))) skip(cursor);
    if (!isBreak(charAt(cursor))) return;
    readBreak(cursor);
    if (state.flowLevel === 0) state.isKeyAllowed = true;
  }
}

function fetchToken(state: State): void {
  passSpacing(state);
  const { cursor } = state;
  unrollIndent(state, cursor.column);
  if (isEnd(cursor)) {
    fetchEnd(state);
    return;
  }
  const char = charAt(cursor);
  const isInFlow = state.flowLevel > 0;
  const isBeforeSpacing = isSpacing(charAt(cursor, 1));
  if (cursor.column === 0 && char === '%') fetchDirective(state);
  else if (isDocumentIndicator(cursor)) fetchDocumentIndicator(state, char === '-' ? 'document-start' : 'document-end');
  else if (char === '[' || char === '{') openFlow(state, char === '[' ? 'flow-sequence-start' : 'flow-mapping-start');
  else if (char === ']' || char === '}') closeFlow(state, char === ']' ? 'flow-sequence-end' : 'flow-mapping-end');
  else if (char === ',') fetchFlowEntry(state);
  else if (char === '-' && isBeforeSpacing) fetchBlockEntry(state);
  else if (char === '?' && (isInFlow || isBeforeSpacing)) fetchKey(state);
  else if (char === ':' && (isInFlow || isBeforeSpacing)) fetchValue(state);
  else if (char === '*' || char === '&') fetchKeyPart(state, scanAnchor);
  else if (char === '!') fetchKeyPart(state, scanTag);
  else if ((char === '|' || char === '>') && !isInFlow) fetchBlockScalar(state);
  else if (char === "'" || char === '"') fetchKeyPart(state, scanQuoted);
  else if (canBePlain(char, charAt(cursor, 1), isInFlow)) fetchPlain(state);
  else throw scannerError('found character that cannot start any token', markOf(cursor), markOf(cursor));
}

const NEVER_PLAIN = new Set('-?:,[]{}#&*!|>\'"%@`');

function canBePlain(char: string, next: string, isInFlow: boolean): boolean {
  if (!isSpacing(char) && !NEVER_PLAIN.has(char)) return true;
  if (char === '-') return !isBlank(next);
  return !isInFlow && (char === '?' || char === ':') && !isSpacing(next);
}

function fetchEnd(state: State): void {
  const { cursor } = state;
  if (cursor.column !== 0) {
    cursor.column = 0;
    cursor.line += 1;
  }
  unrollIndent(state, -1);
  dropCandidate(state);
  state.isKeyAllowed = false;
  pushIndicator(state, 'stream-end', 0);
}

function fetchDirective(state: State): void {
  unrollIndent(state, -1);
  dropCandidate(state);
  state.isKeyAllowed = false;
  state.queue.push(scanDirective(state.cursor));
}

function fetchDocumentIndicator(state: State, type: TokenType): void {
  unrollIndent(state, -1);
  dropCandidate(state);
  state.isKeyAllowed = false;
  pushIndicator(state, type, 3);
}

function openFlow(state: State, type: TokenType): void {
  saveCandidate(state);
  state.flowLevel += 1;
  enterLevel(state);
  state.isKeyAllowed = true;
  pushIndicator(state, type);
}

function closeFlow(state: State, type: TokenType): void {
  dropCandidate(state);
  if (state.flowLevel > 0) {
    state.flowLevel -= 1;
    leaveLevel(state);
  }
  state.isKeyAllowed = false;
  pushIndicator(state, type);
}

function fetchFlowEntry(state: State): void {
  dropCandidate(state);
  state.isKeyAllowed = true;
  pushIndicator(state, 'flow-entry');
}

function fetchBlockEntry(state: State): void {
  const { cursor } = state;
  if (state.flowLevel === 0) {
    if (!state.isKeyAllowed)
      throw scannerError('block sequence entries are not allowed in this context', markOf(cursor), markOf(cursor));
    rollIndent(state, cursor.column, 'block-sequence-start', markOf(cursor));
  }
  dropCandidate(state);
  state.isKeyAllowed = true;
  pushIndicator(state, 'block-entry');
}

function fetchKey(state: State): void {
  const { cursor } = state;
  if (state.flowLevel === 0) {
    if (!state.isKeyAllowed)
      throw scannerError('mapping keys are not allowed in this context', markOf(cursor), markOf(cursor));
    rollIndent(state, cursor.column, 'block-mapping-start', markOf(cursor));
  }
  dropCandidate(state);
  state.isKeyAllowed = state.flowLevel === 0;
  pushIndicator(state, 'key');
}

/** A colon: makes a key of the candidate, or follows a key that had its `?`. */
function fetchValue(state: State): void {
  const { cursor, flowLevel } = state;
  const candidate = state.candidates[flowLevel];
  if (candidate && isStillPossible(state, flowLevel)) {
    insert(state, candidate.token, { type: 'key', start: candidate.mark, end: candidate.mark });
    rollIndent(state, candidate.mark.column, 'block-mapping-start', candidate.mark, candidate.token);
    candidate.isPossible = false;
    state.levels.delete(candidate.token);
    state.isKeyAllowed = false;
  } else {
    if (flowLevel === 0) {
      if (!state.isKeyAllowed)
        throw scannerError('mapping values are not allowed in this context', markOf(cursor), markOf(cursor));
      rollIndent(state, cursor.column, 'block-mapping-start', markOf(cursor));
    }
    state.isKeyAllowed = flowLevel === 0;
  }
  pushIndicator(state, 'value');
}

/** Anchors, tags and quoted scalars: each may begin a key. */
function fetchKeyPart(state: State, scan: (cursor: Cursor) => Token): void {
  saveCandidate(state);
  state.isKeyAllowed = false;
  state.queue.push(scan(state.cursor));
}

function fetchPlain(state: State): void {
  saveCandidate(state);
  state.isKeyAllowed = false;
  const { token, isAfterBreak } = scanPlain(state.cursor, state.indent + 1, state.flowLevel > 0);
  if (isAfterBreak) state.isKeyAllowed = true;
  state.queue.push(token);
}

function fetchBlockScalar(state: State): void {
  dropCandidate(state);
  state.isKeyAllowed = true;
  state.queue.push(scanBlock(state.cursor, state.indent));
}
