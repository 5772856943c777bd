// What an answer is made of: a moment, what led to it, and what was done by people on the way.
import { type ReasonRecord, type Tick, taskId } from '#engine';
import { controllerOf, isTerminating, type KubeObject, keyOf, type Pod, parseTime, type StatefulSet } from '#kube';
import type { TimedAct } from '#timeline';
import type { SceneInput } from '../pod-facts.ts';

export interface WhyInput extends SceneInput {
  /** Ticks of the branch that happened from one moment up to another, both included; none where they are not known. */
  readonly ticksBetween: (fromMs: number, toMs: number) => readonly Tick[];
  /** What people did up to this moment, in order of time. */
  readonly acts: readonly TimedAct[];
}

/** The present in virtual milliseconds. */
export const nowMs = (input: SceneInput): number => input.moment.counters.nowMs;

/** The fact id of an object. */
export const idOf = (object: KubeObject): string => keyOf(object.kind, object.metadata.namespace, object.metadata.name);

/**
 * The reason that an actor gave for an object that is there, and not for an earlier one of its name. A pod's end is
 * noted to the millisecond; of other objects only the second of their creation is known.
 */
export function reasonFor(input: SceneInput, actor: string, object: KubeObject): ReasonRecord | undefined {
  const id = idOf(object);
  const reason = input.moment.reasons.get(taskId(actor, id));
  if (!reason) return undefined;
  const gone = input.moment.memory.get(`gone/${id}`);
  if (typeof gone === 'number') return reason.sinceMs > gone ? reason : undefined;
  const createdMs = (parseTime(object.metadata.creationTimestamp) ?? 0) - input.epochMs;
  return reason.sinceMs >= createdMs ? reason : undefined;
}

/** When the actor's queue comes to an object next; undefined where nothing is planned. */
export function taskMs(input: SceneInput, actor: string, id: string): number | undefined {
  const dueMs = input.moment.tasks.get(taskId(actor, id))?.dueMs;
  // A turn that changed nothing leaves no tick behind, and so its task stands here still.
  return dueMs !== undefined && dueMs > nowMs(input) ? dueMs : undefined;
}

/**
 * The tick in which the deletion of an object was accepted. Its time is known to the second from the object, so only
 * the ticks of that second are looked at.
 */
export function deletionOf(input: WhyInput, object: KubeObject): Tick | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = object.metadata;
  const endMs = parseTime(deletionTimestamp);
  if (endMs === undefined) return undefined;
  const atMs = endMs - 1000 * deletionGracePeriodSeconds - input.epochMs;
  const id = idOf(object);
  return input
    .ticksBetween(atMs - 1000, atMs + 1999)
    .find(({ objects }) =>
      objects.some(({ key, before, after }) => key === id && after && isTerminating(after) && !isEnding(before)),
    );
}

const isEnding = (object: KubeObject | undefined): boolean => object !== undefined && isTerminating(object);

/** Whether the node of a pod counts as silent: nothing on it is confirmed. */
export function isNodeSilent(input: SceneInput, nodeName: string | undefined): boolean {
  if (nodeName === undefined) return false;
  if (input.moment.memory.has(`fault/node-down/Node//${nodeName}`)) return true;
  const node = input.view.get('Node', '', nodeName);
  return node?.status.conditions.find(({ type }) => type === 'Ready')?.status === 'Unknown';
}

/** Since when a fault lasts, in virtual milliseconds; undefined where it does not. */
export function faultSinceMs(input: SceneInput, fault: string, target: string): number | undefined {
  const value = input.moment.memory.get(`fault/${fault}/${target}`);
  return typeof value === 'object' && value !== null && 'sinceMs' in value ? Number(value.sinceMs) : undefined;
}

/** When the taint eviction controller will delete a pod; undefined where it does not plan to. */
export function evictionMs(input: SceneInput, pod: Pod): number | undefined {
  const plan = input.moment.memory.get(`evict/${idOf(pod)}`);
  return typeof plan === 'object' && plan !== null && 'atMs' in plan ? Number(plan.atMs) : undefined;
}

/** Whether a set has a revision older than its update revision, to which a roll-out can be undone. */
export function hasOlderRevision(input: SceneInput, set: StatefulSet): boolean {
  const own = input.view
    .list('ControllerRevision', set.metadata.namespace)
    .filter((one) => controllerOf(one)?.uid === set.metadata.uid);
  return own.length > 1;
}

/** The set that controls a pod. */
export function setOf(input: SceneInput, pod: Pod): StatefulSet | undefined {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'StatefulSet') return undefined;
  const set = input.view.get('StatefulSet', pod.metadata.namespace ?? '', owner.name);
  return set?.metadata.uid === owner.uid ? set : undefined;
}
