// Rule KCTL-8: reads a manifest as kubectl does: documents between `---` lines, each YAML 1.1 or JSON, up to the first
// that is broken.
import { type Budget, composeValue, JsonError } from './compose.ts';
import { LIMITS } from './limits.ts';
import { type Range, rangeOfPath } from './path-position.ts';
import { type Places, placesOf } from './places.ts';
import { withoutSecretValues } from './secrets.ts';
import { type Chunk, splitDocuments } from './split.ts';
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
  const chunks = splitDocuments(text);
  const documents: ManifestDocument[] = [];
  const budget: Budget = { nodes: LIMITS.nodesMax };
  for (const chunk of chunks) {
    if (documents.length >= LIMITS.documentsMax) {
      const span = places.spanOf({ from: chunk.offset, to: chunk.offset });
      return manifestOf(state, documents, limitOf(span, `more than ${LIMITS.documentsMax} documents in one file`));
    }
    const read = readChunk(chunk, budget);
    if ('message' in read) {
      const at = chunk.offset + read.offset;
      const span = places.spanOf({ from: at, to: places.lineEnd(at) });
      return manifestOf(state, documents, { ...span, message: read.message, sentence: read.sentence });
    }
    // A document that holds only comments is none.
    if (read.value === null) continue;
    documents.push(documentOf(documents.length, chunk, read, places));
  }
  return manifestOf(state, documents, undefined);
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

function readChunk(chunk: Chunk, budget: Budget): Read | ReadError {
  try {
    const root = parseDocument(chunk.text, LIMITS.depthMax);
    return { value: root ? withoutSecretValues(composeValue(root, budget)) : null, root };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const words = error instanceof JsonError ? error.message : `yaml: ${error.message}`;
    return {
      message: `error converting YAML to JSON: ${words}`,
      sentence: sentenceFor(error.message),
      offset: error.offset,
    };
  }
}

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
