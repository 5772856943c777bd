// The API server's refusals, in its own words. k8s: apimachinery/pkg/api/errors
import { groupKind, type KindInfo, resourceName } from '#kube';
import type { ApiError, ApiResult } from '../kernel/actor.ts';

/** What is wrong with one field, as field.Error says it. */
export interface Cause {
  /** `spec.replicas`; '' for the object itself. */
  readonly field: string;
  /** `Invalid value: -1: must be greater than or equal to 0` */
  readonly message: string;
  readonly reason?: string;
}

/** The refused form of a result. */
export type Refusal = Extract<ApiResult<never>, { ok: false }>;

/** Any error of the API server. */
export const refuse = (code: number, reason: string, message: string, details?: ApiError['details']): Refusal => ({
  ok: false,
  error: { code, reason, message, ...(details && { details }) },
});

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

/** 403: `pods "web-0" is forbidden: …`. k8s: NewForbidden */
export const forbidden = (info: KindInfo, name: string, why: string): Refusal =>
  refuse(403, 'Forbidden', `${resourceName(info)}${name === '' ? '' : ` "${name}"`} is forbidden: ${why}`, {
    kind: info.plural,
    name,
  });

/** 400. k8s: NewBadRequest */
export const badRequest = (why: string): Refusal => refuse(400, 'BadRequest', why);

/** 429 with its cause, as a refused eviction gets it. k8s: NewTooManyRequests */
export const tooManyRequests = (why: string, cause: Cause): Refusal =>
  refuse(429, 'TooManyRequests', why, { causes: [cause] });

/**
 * 422 for the faults of an object: one as it is, several in brackets, each text once.
 * k8s: NewInvalid, field.ErrorList.ToAggregate
 */
export function invalid(info: KindInfo, name: string, causes: readonly Cause[]): Refusal {
  const texts = [
    ...new Set(causes.map((cause) => (cause.field === '' ? cause.message : `${cause.field}: ${cause.message}`))),
  ];
  const listed = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return refuse(422, 'Invalid', `${groupKind(info)} "${name}" is invalid: ${listed}`, {
    kind: info.kind,
    name,
    causes,
  });
}
