// Sending an object: decoding as strict as the server's, the simulator's own limits, then the API server.
import type { ApiError, ApiResult } from '#engine';
import {
  compareBytes,
  controllerOf,
  type Deployment,
  type Draft,
  decodeErrorMessage,
  decodeObject,
  goQuote,
  goStruct,
  type KindInfo,
  type KubeObject,
  qualifiedName,
  type ReplicaSet,
  type StatefulSet,
  splitApiVersion,
} from '#kube';
import { limitError, SCALED_KINDS, withoutSecretValues } from '#manifest';
import type { Call } from './call.ts';
import { localFault, type Place } from './errors.ts';
import { isMap, type JsonMap } from './patch/json.ts';
import { joinPath } from './read-files.ts';

/** A refusal of a body that does not decode. k8s: apierrors.NewBadRequest */
const badRequest = (message: string): ApiError => ({ code: 400, reason: 'BadRequest', message });

/** A kind in small letters: kubectl finds it, and the server has none of that name. k8s: runtime.notRegisteredErr */
const unregistered = (kind: string, apiVersion: string, meant: string): string =>
  `${kind} in version "${splitApiVersion(apiVersion).version}" cannot be handled as a ${meant}: no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;

/** The object in the form the server decodes it to, or its refusal. */
function decodeStrictly(
  info: KindInfo,
  value: JsonMap,
): { readonly object: KubeObject } | { readonly error: ApiError } {
  const apiVersion = String(value.apiVersion);
  if (typeof value.kind === 'string' && value.kind !== info.kind)
    return { error: badRequest(unregistered(value.kind, apiVersion, info.kind)) };
  // A patch may bring values of Secrets too. Rule KCTL-9.
  const decoded = decodeObject(apiVersion, info.kind, withoutSecretValues(value));
  const message = decodeErrorMessage(apiVersion, info.kind, decoded);
  if (message !== undefined) return { error: badRequest(message) };
  const metadata = isMap(decoded.object.metadata) ? decoded.object.metadata : {};
  // Objects are stored in the version that the server prefers.
  return {
    object: { ...decoded.object, apiVersion: info.apiVersion, kind: info.kind, metadata } as unknown as KubeObject,
  };
}

/** POST of an object from a file. */
export function createFrom(call: Call, info: KindInfo, value: JsonMap, namespace: string): ApiResult<KubeObject> {
  const decoded = decodeStrictly(info, value);
  if ('error' in decoded) return { ok: false, error: decoded.error };
  const { object } = decoded;
  // A version in the file is that of some other moment: kubectl leaves it out.
  const { resourceVersion: _version, namespace: _namespace, ...metadata } = object.metadata;
  const draft = {
    ...object,
    metadata: { ...metadata, name: metadata.name ?? '', ...(info.namespaced && { namespace }) },
  } as Draft<KubeObject>;
  return call.turn.create(draft);
}

/** PATCH or PUT: the whole object after the change. */
export function updateTo(call: Call, info: KindInfo, value: JsonMap): ApiResult<KubeObject> {
  const decoded = decodeStrictly(info, value);
  if ('error' in decoded) return { ok: false, error: decoded.error };
  return call.turn.update(decoded.object);
}

/**
 * Refuses what is larger than Ordinal simulates. Rule KCTL-4.
 * @returns true when the object was refused, and that is noted
 */
export function refuseTooLarge(call: Call, value: unknown, source: string, place?: Place): boolean {
  const error = limitError(value, replicasBeside(call, value));
  if (!error) return false;
  call.fail(localFault(`${source}: ${error.message}`), place && { ...place, path: joinPath(place.path, error.path) });
  return true;
}

/** Replicas of every set but the one that the value means. Sets that a Deployment owns count with it. */
function replicasBeside({ turn, namespace }: Call, value: unknown): number {
  const { kind, metadata } = (value ?? {}) as { kind?: unknown; metadata?: { name?: unknown; namespace?: unknown } };
  return SCALED_KINDS.flatMap((scaled): readonly (StatefulSet | Deployment | ReplicaSet)[] => turn.view.list(scaled))
    .filter((set) => !controllerOf(set))
    .filter(
      (set) =>
        set.kind !== kind ||
        set.metadata.name !== metadata?.name ||
        set.metadata.namespace !== (metadata?.namespace ?? namespace),
    )
    .reduce((sum, set) => sum + set.spec.replicas, 0);
}

/** Notes an object that is kept but not simulated. Rule KCTL-3. */
export function noteKept(call: Call, info: KindInfo, name: string, place: Place | undefined): void {
  if (info.simulated) return;
  const shown = qualifiedName(info, name);
  call.keep(shown);
  if (place) call.note('info', `${shown} is kept, not simulated`, { ...place, path: joinPath(place.path, 'kind') });
}

/**
 * The refusal of a patch whose result does not decode. k8s: apiserver handlers/patch.go applyPatchToObject
 * @param patch what was sent; the server tells it back
 * @param isStrict whether the client asked for unknown fields to be errors, as apply does and patch does not
 */
export function patchRefusal(info: KindInfo, next: JsonMap, patch: unknown, isStrict = true): ApiError | undefined {
  const decoded = decodeObject(String(next.apiVersion), info.kind, next);
  const isUnknown = isStrict && decoded.strictErrors.length > 0;
  const why =
    decoded.error === undefined
      ? isUnknown && `strict decoding error: ${decoded.strictErrors.join(', ')}`
      : converterWords(info, decoded.error);
  if (!why) return undefined;
  const message = `Invalid value: ${goQuote(goMap(patch))}: ${why}`;
  return {
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: { causes: [{ field: 'patch', message }] },
  };
}

/**
 * The result of a patch without the fields that its kind does not have, and the server's warnings of them.
 * k8s: addStrictDecodingWarnings
 */
export function withoutUnknownFields(
  info: KindInfo,
  next: JsonMap,
): { readonly object: JsonMap; readonly warnings: readonly string[] } {
  const { object, strictErrors } = decodeObject(String(next.apiVersion), info.kind, next);
  return strictErrors.length === 0 ? { object: next, warnings: [] } : { object, warnings: strictErrors };
}

const GO_KINDS: Readonly<Record<string, string>> = { array: 'slice', object: 'map', number: 'int64' };

/**
 * A patch is merged as maps and then converted, not decoded: what does not fit is told in the converter's words.
 * k8s: runtime.DefaultUnstructuredConverter fromUnstructured
 * @param error what decoding said: `json: cannot unmarshal string into Go struct field … of type int32`
 */
function converterWords(info: KindInfo, error: string): string {
  const [, what, , type = ''] = /^json: cannot unmarshal (\w+)( \S+)? into Go .* of type (.+)$/.exec(error) ?? [];
  if (what === undefined) return error;
  const given = GO_KINDS[what] ?? what;
  if (type.startsWith('[]')) return `cannot restore slice from ${given}`;
  if (type.startsWith('map[')) return `cannot restore map from ${given}`;
  if (goStruct(type) ?? goStruct(`${info.apiVersion}${type.slice(type.indexOf('.'))}`))
    return `cannot restore struct from: ${given}`;
  const kind = /^(int\d*|bool)$/.test(type) ? type : 'string';
  if (given === 'int64' && kind !== 'bool')
    return kind === 'string' ? `cannot convert int64 to ${type}` : `cannot convert float64 to ${type}`;
  return `unrecognized type: ${kind}`;
}

/** A value as Go prints maps with %+v: `map[spec:map[replicas:3]]`. */
function goMap(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (isMap(value))
    return `map[${Object.keys(value)
      .sort(compareBytes)
      .map((key) => `${key}:${goMap(value[key])}`)
      .join(' ')}]`;
  return value === null ? '<nil>' : String(value);
}
