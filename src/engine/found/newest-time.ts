// KUBE-29: when a cluster was looked at: its objects do not say so, but the newest of their times is close.
import { isObject, isTerminating, type KubeObject, kindOf, parseTime } from '#kube';

/** Fields that hold a time that has passed. */
const TIMES: ReadonlySet<string> = new Set([
  'acquireTime',
  'completionTime',
  'creationTimestamp',
  'eventTime',
  'finishedAt',
  'firstTimestamp',
  'lastHeartbeatTime',
  'lastObservedTime',
  'lastProbeTime',
  'lastScaleTime',
  'lastScheduleTime',
  'lastTimestamp',
  'lastTransitionTime',
  'lastUpdateTime',
  'renewTime',
  'startTime',
  'startedAt',
  'timeAdded',
]);

const DEPTH_MAX = 12;

/** What the times of a cluster's objects tell. */
export interface FoundMoment {
  /** Unix milliseconds, whole seconds. */
  readonly newestMs: number;
  /**
   * Whether something that happens all the time is among them, such as the heartbeat of a node: then the newest time is
   * that of the look, but for a few minutes at most.
   */
  readonly isNowKnown: boolean;
}

/** The newest time in the objects of a cluster; undefined where there is none. */
export function newestTime(objects: readonly KubeObject[]): FoundMoment | undefined {
  let newestMs = Number.NEGATIVE_INFINITY;
  let isNowKnown = false;
  const visit = (value: unknown, depth: number): void => {
    if (depth > DEPTH_MAX) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1);
      return;
    }
    if (!isObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      if (TIMES.has(key) && typeof member === 'string') newestMs = Math.max(newestMs, parseTime(member) ?? newestMs);
      else visit(member, depth + 1);
    }
  };
  for (const object of objects) {
    // Kinds of others have times of others: certificates run out in the future.
    if (!kindOf(object)) continue;
    const { kind, metadata, spec, status, ...rest } = object as KubeObject & { spec?: unknown; status?: unknown };
    visit({ creationTimestamp: metadata.creationTimestamp }, 0);
    visit(status, 0);
    if (kind === 'Event' || kind === 'Lease') visit({ ...rest, spec }, 0);
    if (kind === 'Node') visit(spec, 0);
    // The time of a deletion is when the grace period will be over.
    const deletedMs = isTerminating(object) ? parseTime(metadata.deletionTimestamp) : undefined;
    if (deletedMs !== undefined)
      newestMs = Math.max(newestMs, deletedMs - 1000 * (metadata.deletionGracePeriodSeconds ?? 0));
    if (
      kind === 'Event' ||
      kind === 'Lease' ||
      (kind === 'Node' && JSON.stringify(status ?? null).includes('lastHeartbeatTime'))
    )
      isNowKnown = true;
  }
  if (!Number.isFinite(newestMs)) return undefined;
  return { newestMs: Math.ceil(newestMs / 1000) * 1000, isNowKnown };
}
