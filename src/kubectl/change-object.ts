// Reading an object, changing a part of it and sending it back: what scale, set, label and their like have in common.
import type { ApiResult } from '#engine';
import type { KubeObject } from '#kube';
import { accept, type Call } from './call.ts';
import { isClientDryRun } from './dry-run.ts';
import { localFault } from './errors.ts';
import type { Found } from './objects.ts';
import { isEqualJson, isMap, type JsonMap } from './patch/json.ts';
import { patchRefusal, refuseTooLarge, updateTo } from './write-object.ts';

/** What became of an object. */
export interface Sent {
  readonly change: 'changed' | 'same' | 'refused';
  /** The object as it is now; as it should have been where it was refused. */
  readonly object: JsonMap;
}

/**
 * Sends an object after a change; with `--dry-run=client` it is only said to be so.
 * @param next the whole object as it should be
 * @param failing what kubectl puts before a refusal that it tells as its own, as `set image` does
 * @returns whether the server took it; refusals are noted
 */
export function sendChange(call: Call, { info, object }: Found, next: JsonMap, failing?: string): Sent {
  if (isEqualJson(object, next)) return { change: 'same', object: next };
  if (isClientDryRun(call)) return { change: 'changed', object: next };
  const refused: Sent = { change: 'refused', object: next };
  if (refuseTooLarge(call, next, `${info.singular} ${JSON.stringify(object.metadata.name)}`)) return refused;
  const refusal = patchRefusal(info, next, next);
  const result: ApiResult<KubeObject> = refusal ? { ok: false, error: refusal } : updateTo(call, info, next);
  if (!result.ok && failing !== undefined) {
    call.fail(localFault(`${failing}${result.error.message}`));
    return refused;
  }
  const accepted = accept(call, result);
  if (!accepted) return refused;
  // The server may drop all that was new.
  return { change: result.ok && result.changed ? 'changed' : 'same', object: accepted as unknown as JsonMap };
}

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** With `--record` the command itself is kept with the object. k8s: ChangeCauseRecorder */
export function recorded(call: Call, object: JsonMap): JsonMap {
  if (!call.flags.isOn('record')) return object;
  const flags = call.given.map(([name, value]) => ` --${name}=${value}`).join('');
  const cause = `${[call.command, ...call.args].join(' ')}${flags}`;
  return withValueAt(object, ['metadata', 'annotations', CHANGE_CAUSE], cause);
}

/** A copy of an object with the value at a path replaced; `undefined` takes the member away. */
export function withValueAt(object: JsonMap, path: readonly string[], value: unknown): JsonMap {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const inner = object[key];
  const next = rest.length === 0 ? value : withValueAt(isMap(inner) ? inner : {}, rest, value);
  const { [key]: _old, ...others } = object;
  return next === undefined ? others : { ...object, [key]: next };
}

/** The value at a path; undefined where there is none. */
export function valueAt(object: unknown, path: readonly string[]): unknown {
  let value = object;
  for (const key of path) value = isMap(value) ? value[key] : undefined;
  return value;
}

/** Where the pod spec of a kind stands; undefined for kinds that have none. */
export function podSpecPath(kind: string): readonly string[] | undefined {
  switch (kind) {
    case 'Pod':
      return ['spec'];
    case 'StatefulSet':
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'ReplicationController':
    case 'Job':
      return ['spec', 'template', 'spec'];
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
    default:
      return undefined;
  }
}
