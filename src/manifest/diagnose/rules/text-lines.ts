// The lines of a file that is not read as it stands, told apart by what they look like: what was pasted along with the
// manifest from a terminal, a page or a tool.
import { isObject } from '#kube';
import { parseManifest } from '../../parse-manifest.ts';
import type { Fix } from '../../types.ts';
import { applyEdits, type Edit, fixOf } from '../edits.ts';
import type { SourceFile } from '../types.ts';

/** A line with its place. */
export interface Line {
  readonly text: string;
  readonly from: number;
  /** Without the line break. */
  readonly to: number;
}

/** Files larger than this are not read again for a fix. */
const TEXT_MAX = 200_000;

/** Most lines of a file that are looked at one by one. */
const LINES_MAX = 20_000;

const known = new WeakMap<SourceFile, readonly Line[]>();

/** The lines of a file, as far as they are looked at. */
export function linesOf(file: SourceFile): readonly Line[] {
  const made = known.get(file);
  if (made) return made;
  const lines: Line[] = [];
  let from = 0;
  for (const text of file.text.split('\n', LINES_MAX)) {
    const bare = text.endsWith('\r') ? text.slice(0, -1) : text;
    lines.push({ text: bare, from, to: from + bare.length });
    from += text.length + 1;
  }
  known.set(file, lines);
  return lines;
}

/** Whether a file could not be read, or holds a document that is no object: only then is its text looked at by itself. */
export const isBroken = ({ manifest }: SourceFile): boolean =>
  manifest.error !== undefined || manifest.documents.some(({ value }) => !isManifest(value));

const isManifest = (value: unknown): boolean =>
  isObject(value) && typeof value.kind === 'string' && typeof value.apiVersion === 'string';

/** How far a text can be read: documents that are objects, and the line of the first error. */
function reach(file: SourceFile['manifest']): readonly [documents: number, hasError: boolean] {
  return [file.documents.filter(({ value }) => isManifest(value)).length, file.error !== undefined];
}

/**
 * A fix of a file's text that makes it easier to read: more documents, or no error.
 * @returns undefined where the text would be no better
 */
export function betterText(file: SourceFile, label: string, edits: readonly Edit[]): Fix | undefined {
  if (edits.length === 0 || file.text.length > TEXT_MAX) return undefined;
  const [before, hadError] = reach(file.manifest);
  const [after, hasError] = reach(parseManifest(file.name, applyEdits(file.text, edits)));
  const isBetter = after > before || (hadError && !hasError && after >= before && after > 0);
  return isBetter ? fixOf(file, label, edits) : undefined;
}

/**
 * A fix of a file's text after which it can be read as far as before.
 * @returns undefined where the text would be worse
 */
export function soundText(file: SourceFile, label: string, edits: readonly Edit[]): Fix | undefined {
  if (edits.length === 0 || file.text.length > TEXT_MAX) return undefined;
  const [before, hadError] = reach(file.manifest);
  const [after, hasError] = reach(parseManifest(file.name, applyEdits(file.text, edits)));
  return after >= before && (hadError || !hasError) ? fixOf(file, label, edits) : undefined;
}

/** Removes lines, their line breaks included. */
export const withoutLines = (file: SourceFile, lines: readonly Line[]): readonly Edit[] =>
  lines.map(({ from, to }) => ({
    from,
    to: Math.min(file.text.length, to + (file.text.charAt(to) === '\r' ? 2 : 1)),
    text: '',
  }));

/** Lines that belong to the shell and not to the manifest. */
export interface ShellLines {
  readonly prompts: readonly Line[];
  /** `cat <<EOF | kubectl apply -f -`, and the line that ends it. */
  readonly heredocs: readonly Line[];
  /** Lines that stand between those of a heredoc. */
  readonly inside: readonly Line[];
}

const HEREDOC = /<<[-~]?\s*(["']?)([A-Za-z_]\w*)\1/;
const COMMANDS =
  '(?:sudo\\s+)?(?:kubectl|helm|oc|k|cat|tee|curl|docker|kind|minikube|export|echo|mkdir|cd|vi|vim|nano)';
const PROMPT = new RegExp(
  `^\\s*(?:\\$\\s+\\S|PS [A-Za-z]:\\\\[^>]*>|[\\w.-]+@[\\w.-]+[:\\s][^\\s]*\\s?[$#%>]|\\[[\\w.-]+@[^\\]]+\\][$#%]|[❯➜%]\\s+${COMMANDS}\\b|${COMMANDS}\\s+(?:-|\\w))`,
  'u',
);

/** Whether a line is a command that was typed, or what a terminal puts before one. */
const isPrompt = (text: string): boolean => PROMPT.test(text) && !/^\s*[\w.-]+:(?:\s|$)/.test(text);

/** Lines that are indented no more than the file as a whole: no part of a text within a manifest. */
export function outerLinesOf(file: SourceFile): readonly Line[] {
  const lines = linesOf(file);
  const indent = commonIndent(lines);
  return lines.filter(({ text }) => text.length - text.trimStart().length <= indent);
}

/** Finds the shell's lines in a file. */
export function shellLinesOf(file: SourceFile): ShellLines {
  const outer = new Set(outerLinesOf(file));
  const prompts: Line[] = [];
  const heredocs: Line[] = [];
  const inside: Line[] = [];
  let end: string | undefined;
  for (const line of linesOf(file)) {
    const isOuter = outer.has(line);
    const begin = isOuter ? HEREDOC.exec(line.text) : null;
    if (end !== undefined && line.text.trim() === end) {
      heredocs.push(line);
      end = undefined;
    } else if (end === undefined && begin) {
      heredocs.push(line);
      end = begin[2];
    } else if (end !== undefined) inside.push(line);
    else if (isOuter && isPrompt(line.text)) prompts.push(line);
  }
  return { prompts, heredocs, inside };
}

/** The blanks that all lines with a text begin with. */
const commonIndent = (lines: readonly Line[]): number =>
  lines
    .filter(({ text }) => text.trim() !== '')
    .reduce((least, { text }) => Math.min(least, text.length - text.trimStart().length), Number.POSITIVE_INFINITY);

/** Takes blanks away that all lines begin with. */
export function outdented(lines: readonly Line[]): readonly Edit[] {
  const indent = commonIndent(lines);
  if (!Number.isFinite(indent) || indent === 0) return [];
  return lines.filter(({ text }) => text.trim() !== '').map(({ from }) => ({ from, to: from + indent, text: '' }));
}
