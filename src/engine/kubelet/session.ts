// One turn of a kubelet with one pod: the record it works on, and the words it says on the way.
import { type Container, keyOf, type Node, type ObjectKey, type Pod } from '#kube';
import type { Turn } from '../kernel/index.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { type KubeletTiming, spread } from './timing.ts';

/** A record in work. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
export type ContainerDraft = Draft<ContainerRecord>;
export type PodDraft = Omit<Draft<PodRecord>, 'containers'> & { containers: ContainerDraft[] };

/** What a turn with one pod works on: what is given, and the record that it changes. */
export interface Session {
  readonly turn: Turn;
  readonly pod: Pod;
  readonly key: ObjectKey;
  readonly node: Node;
  readonly timing: KubeletTiming;
  readonly record: PodDraft;
  /** The faults that strike this pod. */
  readonly struck: Set<string>;
}

/** The container of the spec that a record is about. */
export function specOf(session: Pick<Session, 'pod'>, name: string): Container | undefined {
  const { containers, initContainers } = session.pod.spec;
  return containers.find((c) => c.name === name) ?? initContainers?.find((c) => c.name === name);
}

/** An event of the kubelet about the pod. */
export function tell(session: Session, type: 'Normal' | 'Warning', reason: string, message: string): void {
  session.turn.event(session.pod, { type, reason, message, host: session.record.node, source: 'kubelet' });
}

/** An event of the kubelet about a container of the pod. */
export function tellOf(
  session: Session,
  container: Pick<ContainerRecord, 'name' | 'kind'>,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const list = container.kind === 'app' ? 'containers' : 'initContainers';
  session.turn.event(session.pod, {
    type,
    reason,
    message,
    host: session.record.node,
    source: 'kubelet',
    fieldPath: `spec.${list}{${container.name}}`,
  });
}

/** A delay that varies by 30 % with the pod, the container and what it is for. */
export const delayOf = (session: Session, delayMs: number, container: ContainerRecord, purpose: string): number =>
  spread(session.turn.config, delayMs, `${session.record.uid}/${container.name}/${container.runs}/${purpose}`);

/** Goes on to a step, which ends after a time where one is given. */
export function goTo(container: ContainerDraft, step: ContainerRecord['step'], nowMs: number, afterMs?: number): void {
  container.step = step;
  container.sinceMs = nowMs;
  if (afterMs === undefined) delete container.dueMs;
  else container.dueMs = nowMs + afterMs;
}

/** Goes on to a stage of the pod. */
export function enter(record: PodDraft, stage: PodRecord['stage'], nowMs: number, afterMs?: number): void {
  record.stage = stage;
  record.sinceMs = nowMs;
  if (afterMs === undefined) delete record.dueMs;
  else record.dueMs = nowMs + afterMs;
}

/** A duration as Go prints it, to the millisecond: `850ms`, `4.213s`, `1m20s`. */
export function goDuration(ms: number): string {
  if (ms < 1000) return ms === 0 ? '0s' : `${ms}ms`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = `${(ms % 60_000) / 1000}s`;
  if (minutes === 0) return seconds;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`;
}

/** The key of a node. */
export const nodeKeyOf = (name: string): ObjectKey => keyOf('Node', '', name);
