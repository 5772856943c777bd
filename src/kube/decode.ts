// KUBE-21, strict decoding: does a manifest fit the Go types of its kind? Answers in the API server's words.
import { readStrictly } from './go-fields.ts';
import { goStruct, structOfKind } from './go-types.ts';
import { splitApiVersion } from './kinds.ts';
import { isObject, type Loose } from './loose.ts';

/** A manifest after decoding. */
export interface Decoded {
  /** The object in Go's JSON form; what did not fit is left out. */
  readonly object: Loose;
  /** Why the object cannot be decoded at all. */
  readonly error?: string;
  /** Fields that the kind does not have, e.g. `unknown field "spec.replica"`. Only an error under strict validation. */
  readonly strictErrors: readonly string[];
}

/**
 * Decodes an object into the Go types of its kind. Kinds whose fields are not known here come back as they are.
 * @param apiVersion group and version
 * @param kind the kind
 * @param raw plain JSON data
 */
export function decodeObject(apiVersion: string, kind: string, raw: unknown): Decoded {
  const struct = structOfKind(apiVersion, kind);
  if (struct === undefined) return { object: isObject(raw) ? raw : {}, strictErrors: [] };
  const { object, findings } = readStrictly(struct, raw);
  const error = findings.fatal ?? findings.mismatch;
  const strictErrors = [...findings.strict];
  return error === undefined ? { object, strictErrors } : { object, error, strictErrors };
}

/**
 * The message of the API server's BadRequest for an object that does not decode; undefined when it does.
 * A wrong type hides unknown fields, as it does in Go.
 * @param decoded what {@link decodeObject} found
 * @param extraStrictErrors further strict errors, such as duplicate fields found by the YAML reader; they come first
 */
export function decodeErrorMessage(
  apiVersion: string,
  kind: string,
  decoded: Decoded,
  extraStrictErrors: readonly string[] = [],
): string | undefined {
  const strict = [...extraStrictErrors, ...decoded.strictErrors];
  if (decoded.error === undefined && strict.length === 0) return undefined;
  const { version } = splitApiVersion(apiVersion);
  const reason = decoded.error ?? `strict decoding error: ${strict.join(', ')}`;
  return `${kind} in version "${version}" cannot be handled as a ${kind}: ${reason}`;
}

/**
 * Why the metadata of an object does not decode; undefined when it does. kubectl asks this of every object of any kind.
 * k8s: cli-runtime metadataValidatingDecoder
 * @param raw the whole object
 */
export function metadataFault(raw: Loose): string | undefined {
  const struct = goStruct('metadataOnlyObject');
  if (struct === undefined) return undefined;
  const { findings } = readStrictly(struct, 'metadata' in raw ? { metadata: raw.metadata } : {});
  return findings.fatal ?? findings.mismatch;
}
