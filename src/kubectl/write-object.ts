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
  type KindInfo,
  type KubeObject,
  qualifiedName,
  type ReplicaSet,
  type StatefulSet,
} from '#kube';
import { limitError, SCALED_KINDS, withoutSecretValues } from '#manifest';
import type { Call } from './call.ts';
import { localFault, type Place } from './errors.ts';
import { isMap, type JsonMap } from './patch/json.ts';
import { joinPath } from './read-files.ts';

/** A refusal of a body that does not decode. k8s: apierrors.NewBadRequest */
const badRequest = (message: string): ApiError => ({ code: 400, reason: 'BadRequest', message });

/** The object in the form the server decodes it to, or its refusal. */
function decodeStrictly(
  info: KindInfo,
  value: JsonMap,
): { readonly object: KubeObject } | { readonly error: ApiError } {
  const apiVersion = String(value.apiVersion);
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
 * The refusal of a patch whose result does not decode. k8s: apiserver handlers/patch.go
 * @param patch what was sent; the server tells it back
 */
export function patchRefusal(info: KindInfo, next: JsonMap, patch: unknown): ApiError | undefined {
  const apiVersion = String(next.apiVersion);
  const decoded = decodeObject(apiVersion, info.kind, next);
  const why =
    decoded.error ??
    (decoded.strictErrors.length > 0 ? `strict decoding error: ${decoded.strictErrors.join(', ')}` : undefined);
  if (why === undefined) return undefined;
  const message = `Invalid value: ${goQuote(goMap(patch))}: ${why}`;
  return {
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: { causes: [{ field: 'patch', message }] },
  };
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
