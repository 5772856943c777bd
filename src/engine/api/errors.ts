// The API server's refusals, in its own words. k8s: apimachinery/pkg/api/errors
import { type FieldError, type KindInfo, renderInvalid, resourceName } from '#kube';
import type { ApiError, ApiResult } from '../kernel/actor.ts';

/** The refused form of a result. */
export type Refusal = Extract<ApiResult<never>, { ok: false }>;

/** Any error of the API server. */
export const refuse = (code: number, reason: string, message: string, details?: ApiError['details']): Refusal => ({
  ok: false,
  error: { code, reason, message, ...(details && { details }) },
});

/** 404 for a kind that is not served. */
export const noSuchResource = (): Refusal =>
  refuse(404, 'NotFound', 'the server could not find the requested resource');

/** 404: `statefulsets.apps "web" not found`. k8s: NewNotFound */
export const notFound = (info: KindInfo, name: string): Refusal =>
  refuse(404, 'NotFound', `${resourceName(info)} "${name}" not found`, { kind: info.plural, name });

/** 409: `pods "web-0" already exists`. k8s: NewAlreadyExists */
export const alreadyExists = (info: KindInfo, name: string): Refusal =>
  refuse(409, 'AlreadyExists', `${resourceName(info)} "${name}" already exists`, { kind: info.plural, name });

/** 409: `Operation cannot be fulfilled on pods "web-0": …`. k8s: NewConflict */
export const conflict = (info: KindInfo, name: string, why: string): Refusal =>
  refuse(409, 'Conflict', `Operation cannot be fulfilled on ${resourceName(info)} "${name}": ${why}`, {
    kind: info.plural,
    name,
  });

/** 409 for a uid that the stored object does not have. */
export const uidConflict = (info: KindInfo, name: string, given: string, stored: string): Refusal =>
  conflict(info, name, `Precondition failed: UID in precondition: ${given}, UID in object meta: ${stored}`);

/** 403: `pods "web-0" is forbidden: …`. k8s: NewForbidden */
export const forbidden = (info: KindInfo, name: string, why: string): Refusal =>
  refuse(403, 'Forbidden', `${resourceName(info)}${name === '' ? '' : ` "${name}"`} is forbidden: ${why}`, {
    kind: info.plural,
    name,
  });

/** 429 with its cause, as a refused eviction gets it. k8s: NewTooManyRequests */
export const tooManyRequests = (why: string, cause: string): Refusal =>
  refuse(429, 'TooManyRequests', why, { causes: [{ field: '', message: cause, reason: 'DisruptionBudget' }] });

/** 422 for the faults of an object; undefined when it has none. k8s: NewInvalid */
export const refusalOfFaults = (info: KindInfo, name: string, faults: readonly FieldError[]): Refusal | undefined =>
  faults.length === 0
    ? undefined
    : refuse(422, 'Invalid', renderInvalid(info, name, faults), {
        kind: info.kind,
        name,
        causes: faults.map(({ path, body, type }) => ({ field: path, message: body, reason: type })),
      });
