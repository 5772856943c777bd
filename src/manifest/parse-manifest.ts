// Rule KCTL-8: reads a manifest as kubectl does: documents between `---` lines, each YAML 1.1 or JSON, up to the first
// that is broken.
import { type Budget, composeValue, JsonError } from './compose.ts';
import { nextJson } from './json/read-json.ts';
import { LIMITS } from './limits.ts';
import { type Range, rangeOfPath } from './path-position.ts';
import { type Places, placesOf } from './places.ts';
import { withoutSecretValues } from './secrets.ts';
import { type Chunk, nextChunk } from './split.ts';
import type { Manifest, ManifestDocument, ManifestError, Problem, Span } from './types.ts';
import type { YamlNode } from './yaml/node.ts';
import { parseDocument } from './yaml/parse-document.ts';
import { YamlError } from './yaml/yaml-error.ts';
import { sentenceFor } from './yaml-sentences.ts';

/**
 * Reads a manifest.
 * @param file its name, for messages
 * @param text untrusted: any size, any content
 * @param bytesMax the largest text that is read
 * @returns the documents that could be read, and why reading stopped where it did; never throws for bad input
 */
export function parseManifest(file: string, text: string, bytesMax: number = LIMITS.bytesMax): Manifest {
  const places = placesOf(text);
  const tooLarge = sizeError(text, places, bytesMax);
  const state = { file, text, places };
  if (tooLarge) return manifestOf(state, [], tooLarge);
  const stream = newStream(text);
  const documents: ManifestDocument[] = [];
  for (let part = nextPart(stream); part; part = nextPart(stream)) {
    if ('message' in part) {
      const span = places.spanOf({ from: part.offset, to: places.lineEnd(part.offset) });
      return manifestOf(state, documents, { ...span, message: part.message, sentence: part.sentence });
    }
    // A document that holds only comments is none.
    if (part.value === null) continue;
    if (documents.length >= LIMITS.documentsMax) {
      const span = places.spanOf({ from: part.chunk.offset, to: part.chunk.offset });
      return manifestOf(state, documents, limitOf(span, `more than ${LIMITS.documentsMax} documents in one file`));
    }
    documents.push(documentOf(documents.length, part.chunk, part, places));
  }
  return manifestOf(state, documents, undefined);
}

/** Where reading stands. A file that begins with a brace is read as JSON as long as that goes. */
interface Stream {
  readonly text: string;
  readonly budget: Budget;
  at: number;
  isJson: boolean;
  jsonCount: number;
}

/** kubectl looks only so far for the brace. */
const GUESS_BYTES = 4096;
const BRACE = /^[\t-\r \u0085\u00a0\u2000-\u200a\u2028\u2029\u3000]*\{/;

const newStream = (text: string): Stream => ({
  text,
  budget: { nodes: LIMITS.nodesMax },
  at: 0,
  isJson: BRACE.test(text.slice(0, GUESS_BYTES)),
  jsonCount: 0,
});

/**
 * The next document of a file or why there is none; undefined at the end. k8s: YAMLOrJSONDecoder.Decode
 * Where JSON fails, YAML is tried from the same place, and only if that fails too JSON's error is told.
 */
function nextPart(stream: Stream): ReadPart | ReadError | undefined {
  if (!stream.isJson) return nextYaml(stream);
  const { text, at, budget } = stream;
  const next = nextJson(text, at, LIMITS.depthMax);
  if (!next) return undefined;
  if ('root' in next) {
    stream.at = next.end;
    stream.jsonCount += 1;
    // The text from the beginning of the file, so that the places in the tree fit it.
    return partOf({ text: text.slice(0, next.end), offset: 0 }, budget, () => next.root);
  }
  const { words, at: where, isEnd } = next.fault;
  const bytes = isEnd ? 0 : new TextEncoder().encode(text.slice(0, where)).length + 1;
  // Two values one behind the other are JSON beyond doubt.
  const isSure = stream.jsonCount > 1;
  const error = {
    message: isSure || isEnd ? words : `json: offset ${bytes}: ${words}`,
    sentence: sentenceFor(words),
    offset: Math.min(where, Math.max(0, text.length - 1)),
  };
  if (isSure || !skipToYaml(stream)) return error;
  stream.isJson = false;
  const yaml = nextYaml(stream);
  return yaml === undefined || 'message' in yaml ? error : yaml;
}

/** Kubernetes looks at four bytes at once here, and gives up where fewer are left. */
const LOOK_AHEAD_BYTES = 4;

/** Passes the space behind a JSON value up to the end of its line. @returns false near the end of the text */
function skipToYaml(stream: Stream): boolean {
  const { text } = stream;
  while (stream.at < text.length) {
    const ahead = text.slice(stream.at, stream.at + LOOK_AHEAD_BYTES);
    if (new TextEncoder().encode(ahead).length < LOOK_AHEAD_BYTES) return false;
    if (ahead.startsWith('\n')) {
      stream.at += 1;
      return true;
    }
    if (!/^\s/.test(ahead)) return true;
    stream.at += 1;
  }
  return false;
}

function nextYaml(stream: Stream): ReadPart | ReadError | undefined {
  const next = nextChunk(stream.text, stream.at);
  if (next === undefined) return undefined;
  if ('fault' in next) {
    const { rest, offset } = next.fault;
    return {
      message: `invalid Yaml document separator: ${rest}`,
      sentence: 'a line that begins with “---” parts two documents: nothing but a comment may stand behind the dashes',
      offset,
    };
  }
  stream.at = next.next;
  const { chunk } = next;
  return partOf(chunk, stream.budget, () => parseDocument(chunk.text, LIMITS.depthMax));
}

/** A document as it was read. */
interface ReadPart extends Read {
  readonly chunk: Chunk;
}

/** Reads one document; its broken YAML becomes an error at its place. */
function partOf(chunk: Chunk, budget: Budget, parse: () => YamlNode | undefined): ReadPart | ReadError {
  try {
    const root = parse();
    return { chunk, root, value: root ? withoutSecretValues(composeValue(root, budget)) : null };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const words = error instanceof JsonError ? error.message : `yaml: ${error.message}`;
    return {
      message: `error converting YAML to JSON: ${words}`,
      sentence: sentenceFor(error.message),
      offset: chunk.offset + error.offset,
    };
  }
}

interface Read {
  readonly value: unknown;
  readonly root: YamlNode | undefined;
}

interface ReadError {
  readonly message: string;
  readonly sentence: string;
  readonly offset: number;
}

function manifestOf(
  { file }: { readonly file: string },
  documents: readonly ManifestDocument[],
  error: ManifestError | undefined,
): Manifest {
  const problems: Problem[] = error
    ? [
        {
          file,
          from: error.from,
          to: error.to,
          severity: 'error',
          message: `${sentenceCase(error.sentence)} (${error.message})`,
        },
      ]
    : [];
  return { file, documents, problems, ...(error && { error }) };
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function sizeError(text: string, places: Places, bytesMax: number): ManifestError | undefined {
  // UTF-8 never takes fewer bytes than UTF-16 takes units, so the cheap test comes first.
  const isTooLarge = text.length > bytesMax || new TextEncoder().encode(text).length > bytesMax;
  if (!isTooLarge) return undefined;
  return limitOf(places.spanOf({ from: 0, to: 0 }), `the file is larger than ${bytesMax / 1024 / 1024} MiB`);
}

const limitOf = (span: Span, what: string): ManifestError => ({
  ...span,
  message: `${what}: Ordinal does not read it`,
  sentence: `${what}, which is more than Ordinal reads`,
});

function documentOf(index: number, chunk: Chunk, read: Read, places: Places): ManifestDocument {
  const shift = (range: Range): Span => places.spanOf({ from: chunk.offset + range.from, to: chunk.offset + range.to });
  const { root } = read;
  const whole: Range = { from: root?.from ?? 0, to: root?.to ?? chunk.text.length };
  return {
    index,
    value: read.value,
    ...shift(whole),
    treeOf: () => root && { root, offset: chunk.offset },
    positionOf: (path) => shift((root && rangeOfPath(root, path)) ?? firstLine(chunk.text, whole)),
  };
}

/** The first line of a document stands for the whole of it. */
function firstLine(text: string, whole: Range): Range {
  const end = text.indexOf('\n', whole.from);
  return { from: whole.from, to: end < 0 ? Math.min(text.length, whole.to) : Math.min(end, whole.to) };
}
